using System.Globalization;
using Finstage.Analysis;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Patterns;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Grains.Insights;

/// <summary>
/// The job <c>patterns</c>: looks through all history of the daily series for sequences of signals and candlestick patterns that stand
/// out. Signals are a pure function of the stored candles, so they are judged again here, which is faster than reading them. Repeating it changes
/// nothing while the candles are the same.
/// </summary>
public sealed class PatternJob(IMarketStore store, IInsightStore insights, TimeProvider clock) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string JobName = "patterns";

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
            var report = await Task.Run(
                () => Calculate([.. histories.Where(h => h.HasReturns).Select(h => h.History)], new PercentProgress(Progress, "counting"), cancellation),
                cancellation);
            await insights.SavePatternsAsync(new PatternRun(CandleInterval.OneDay, clock.GetUtcNow(), report), cancellation);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Counts.Sum(c => c.Tested)} tests over {report.Series} series, {report.Counts.Sum(c => c.Surviving)} survive");
        }
        finally
        {
            Progress.End();
        }
    }

    /// <summary>Judges the series and looks for patterns.</summary>
    /// <param name="series">The series, all of one interval.</param>
    /// <param name="progress">Takes the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Gives up.</param>
    public static PatternReport Calculate(IReadOnlyList<SeriesHistory> series, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(series);
        var judged = new (SeriesHistory Series, IReadOnlyList<Signal> Signals)[series.Count];
        Parallel.For(0, judged.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var signals = new List<Signal>();
            new SymbolEngine(series[i].Context, StrategyCatalog.All).Commit(series[i].Candles, signals);
            judged[i] = (series[i], signals);
        });
        return PatternMiner.Find(judged, new PatternOptions(), progress, cancellation);
    }
}
