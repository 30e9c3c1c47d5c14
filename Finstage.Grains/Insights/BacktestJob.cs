using System.Globalization;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Grains.Insights;

/// <summary>
/// The job <c>backtests</c>: counts what the signals of all history were worth and tests it for luck, on the daily series and on the hourly
/// ones, which alone can tell hours. Signals are a pure function of the stored candles, so they are judged again here, which is faster
/// than reading them. Repeating it changes nothing while the candles are the same.
/// </summary>
public sealed class BacktestJob(IMarketStore store, IBacktestStore backtests, TimeProvider clock) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string JobName = "backtests";

    /// <summary>The intervals that are looked at.</summary>
    public static IReadOnlyList<CandleInterval> Intervals { get; } = [CandleInterval.OneDay, CandleInterval.OneHour];

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    /// <remarks>After New York's close has been taken in, in winter too, and well before the report.</remarks>
    public JobSchedule Schedule { get; } = JobSchedule.Daily(new TimeOnly(6, 40), "Asia/Seoul");

    /// <inheritdoc/>
    public JobProgress Progress { get; } = new();

    /// <inheritdoc/>
    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        Progress.Begin(100 * Intervals.Count, "reading");
        try
        {
            var done = new List<string>();
            foreach (var interval in Intervals)
            {
                done.Add(await RunAsync(interval, cancellation));
            }

            return string.Join("; ", done);
        }
        finally
        {
            Progress.End();
        }
    }

    private async Task<string> RunAsync(CandleInterval interval, CancellationToken cancellation)
    {
        SeriesHistory[] series =
        [
            .. (await WatchedHistories.ReadAsync(store, interval, cancellation))
                .Where(h => h.HasReturns && h.History.Candles.Length > 0).Select(h => h.History),
        ];
        if (series.Length == 0)
        {
            return $"{interval.Code()}: no series";
        }

        var progress = new PercentProgress(Progress, $"testing {interval.Code()}");
        var report = await Task.Run(() => BacktestReport.Make(series, progress: progress, cancellation: cancellation), cancellation);
        await backtests.SaveAsync(new BacktestRun(interval, clock.GetUtcNow(), report), cancellation);
        var (strategies, symbols) = (report.Scope.Strategies, report.Scope.Symbols);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{interval.Code()}: {report.Rows.Count} groups of {series.Length} series, {strategies.Survivors} of {strategies.Trials} strategies and {symbols.Survivors} of {symbols.Trials} on single symbols survive");
    }
}
