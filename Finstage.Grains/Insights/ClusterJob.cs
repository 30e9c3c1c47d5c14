using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Clustering;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Grains.Insights;

/// <summary>
/// The job <c>clusters</c>: groups windows of all daily series by what they look like, measures what came after them, and finds where
/// each symbol stands. Repeating it changes nothing while the candles are the same.
/// </summary>
public sealed class ClusterJob(IMarketStore store, IInsightStore insights, TimeProvider clock) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string JobName = "clusters";

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Daily(new TimeOnly(7, 0), "Asia/Seoul");

    /// <inheritdoc/>
    public JobProgress Progress { get; } = new();

    /// <inheritdoc/>
    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        Progress.Begin(100, "reading");
        try
        {
            var histories = await WatchedHistories.ReadAsync(store, CandleInterval.OneDay, cancellation);
            var run = await Task.Run(() => Calculate(histories, clock.GetUtcNow(), new PercentProgress(Progress, "fitting"), cancellation), cancellation);
            if (run is null)
            {
                return string.Create(CultureInfo.InvariantCulture, $"too little history for clusters: {histories.Count} series");
            }

            await insights.SaveClustersAsync(run, cancellation);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Model.Clusters.Count} clusters of {run.Model.Windows} windows, {run.Today.Count} symbols placed");
        }
        finally
        {
            Progress.End();
        }
    }

    /// <summary>All that a run calculates; null where there is too little history.</summary>
    internal static ClusterRun? Calculate(
        IReadOnlyList<WatchedHistory> histories, DateTimeOffset at, IProgress<double>? progress, CancellationToken cancellation)
    {
        SeriesHistory[] priced = [.. histories.Where(h => h.HasReturns).Select(h => h.History)];
        return ClusterFit.UsualDate(priced) is { } until
            && ClusterFit.Fit(priced, until, new ClusterOptions(), progress, cancellation) is { } model
            ? new ClusterRun(
                CandleInterval.OneDay, at, priced.Length, priced.Sum(p => (long)p.Candles.Length), priced.Min(p => p.Candles[0].Time),
                priced.Max(p => p.Candles[^1].Time), model, ClusterReturns.Measure(model, priced),
                ClusterReturns.Today(model, [.. histories.Select(h => h.History)]))
            : null;
    }
}
