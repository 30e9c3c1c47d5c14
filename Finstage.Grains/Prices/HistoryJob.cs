using System.Globalization;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Prices;

/// <summary>
/// The job <c>history</c>: holds the series of every watched symbol without a gap. What is missing follows from the store and the
/// calendars, so a run that was cut off is simply taken up again. A symbol that fails holds up no other.
/// </summary>
public sealed partial class HistoryJob(
    SeriesUpdater updater, HighsUpdater highs, IPriceFeed feed, HistoryOptions options, ILogger<HistoryJob> logger,
    IProgress<JobProgressView>? told = null) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string JobName = "history";

    // As many as the gate lets through at once.
    private const int AtOnce = 5;

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.AfterSession(TradingCalendar.Known);

    /// <inheritdoc/>
    public TimeSpan? RetryAfter { get; } = JobSchedule.RetryWhenUnreachable;

    /// <inheritdoc/>
    public JobProgress Progress { get; } = new();

    /// <inheritdoc/>
    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grains);
        var symbols = (await grains.Get<IMarketGrain>(IMarketGrain.Main).ListAsync()).Where(s => s.Enabled).ToList();
        var intervals = options.Intervals.Where(feed.Serves).ToList();
        var work = intervals.SelectMany(interval => symbols.Select(symbol => (Symbol: symbol, Interval: interval))).ToList();
        var tally = new Tally();
        Progress.Begin(work.Count, "asking");
        try
        {
            var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
            await Parallel.ForEachAsync(work, limit, async (item, token) =>
            {
                await UpdateAsync(grains, item.Symbol, item.Interval, tally, token);
                told?.Report(Progress.Step($"{item.Symbol.Code} {item.Interval.Code()}"));
            });
        }
        finally
        {
            Progress.End();
        }

        return tally.ToString(work.Count);
    }

    private async Task UpdateAsync(IGrains grains, SymbolInfo symbol, CandleInterval interval, Tally tally, CancellationToken cancellation)
    {
        try
        {
            var update = await updater.UpdateAsync(grains, symbol, interval, isLive: false, cancellation);
            tally.Add(update);
            if (interval == CandleInterval.OneDay && update.WasWhole)
            {
                // New prices have new highs; where they cannot be had, the job for them tries again.
                await highs.RefreshAsync(grains, symbol, cancellation);
            }

            if (update.Answer is { RejectedCount: > 0 } answer)
            {
                LogRejected(symbol.Code, interval.Code(), answer.RejectedCount, answer.Rejected[0].Reason);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            tally.Add(error);
            LogFailed(error, symbol.Code, interval.Code());
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol} {Interval}: {Count} rows of the feed were refused, the first because: {Reason}")]
    private partial void LogRejected(string symbol, string interval, int count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Symbol} {Interval} could not be brought up to date; the others go on.")]
    private partial void LogFailed(Exception error, string symbol, string interval);

    /// <summary>What a run did. Thread-safe.</summary>
    private sealed class Tally
    {
        private readonly Lock gate = new();
        private int complete;
        private int updated;
        private int others;
        private int failed;
        private int added;
        private int missing;
        private string? error;

        public void Add(SeriesUpdate update)
        {
            lock (gate)
            {
                complete += update.Outcome == SeriesOutcome.Complete ? 1 : 0;
                updated += update.Outcome == SeriesOutcome.Updated ? 1 : 0;
                others += update.Outcome == SeriesOutcome.OtherSource ? 1 : 0;
                failed += update.Outcome == SeriesOutcome.Failed ? 1 : 0;
                added += update.Applied?.Added ?? 0;
                missing += update.Missing;
                error ??= update.Failure?.Message;
            }
        }

        public void Add(Exception exception)
        {
            lock (gate)
            {
                failed++;
                error ??= exception.Message;
            }
        }

        /// <summary>The run in a sentence.</summary>
        /// <exception cref="InvalidOperationException">Whatever was asked for failed.</exception>
        public string ToString(int total)
        {
            if (failed > 0 && updated == 0)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"None of {failed} series could be brought up to date; the first because: {error}"));
            }

            var text = string.Create(
                CultureInfo.InvariantCulture, $"{total - failed}/{total} series up to date, {updated} of them asked for, {added} candles added");
            text += missing > 0 ? string.Create(CultureInfo.InvariantCulture, $", {missing} sessions missing") : string.Empty;
            text += others > 0 ? string.Create(CultureInfo.InvariantCulture, $", {others} left to their own source") : string.Empty;
            return failed > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}; {failed} failed, the first because: {error}") : text;
        }
    }
}
