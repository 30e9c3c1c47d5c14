using System.Globalization;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Prices;

/// <summary>
/// The job <c>monitor</c>: while an exchange trades, asks for the price of its symbols and commits the intraday candles that have closed.
/// When a feed is back after an outage, it sets the history job to work.
/// </summary>
public sealed partial class MonitorJob(
    SeriesUpdater updater, IPriceFeed feed, IMarketStore store, HistoryOptions options, TimeProvider clock, ILogger<MonitorJob> logger) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string JobName = "monitor";

    private const int AtOnce = 5;

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Every(TimeSpan.FromMinutes(30));

    /// <inheritdoc/>
    public JobProgress Progress { get; } = new();

    /// <inheritdoc/>
    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grains);
        var symbols = (await grains.Get<IMarketGrain>(IMarketGrain.Main).ListAsync()).Where(s => s.Enabled).ToList();
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var trading = symbols.Where(s => IsTrading(TradingCalendar.For(s.Exchange), now)).ToList();
        var (answered, failed, candles, gaps, alerts, error) = (0, 0, 0, 0, 0, (string?)null);
        Progress.Begin(trading.Count, "asking");
        try
        {
            var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
            await Parallel.ForEachAsync(trading, limit, async (symbol, token) =>
            {
                var look = await LookAsync(grains, symbol, token);
                Interlocked.Add(ref candles, look.Candles);
                Interlocked.Add(ref gaps, look.Gaps);
                Interlocked.Add(ref alerts, look.Alerts);
                _ = look.Failure is null ? Interlocked.Increment(ref answered) : Interlocked.Increment(ref failed);
                Interlocked.CompareExchange(ref error, look.Failure, null);
                Progress.Step(symbol.Code);
            });
        }
        finally
        {
            Progress.End();
        }

        if (failed > 0 && answered == 0)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"None of {failed} symbols could be asked for; the first because: {error}"));
        }

        var caughtUp = await CatchUpAsync(grains, symbols, gaps > 0, cancellation) ? "; history is behind and was set to work" : string.Empty;
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{answered}/{trading.Count} symbols asked for, {symbols.Count - trading.Count} not trading, {candles} candles committed, {alerts} price alerts");
        return (failed > 0 ? $"{summary}; the first of {failed} failed because: {error}" : summary) + caughtUp;
    }

    // A while after the close the last bars and prices come in yet.
    private static bool IsTrading(TradingCalendar calendar, long now)
    {
        const long aWhile = 5_400;
        var date = calendar.DateOf(now);
        if (!calendar.IsSession(date))
        {
            return false;
        }

        var hours = calendar.HoursOf(date);
        return now >= hours.Open && now < hours.Close + aWhile;
    }

    private async Task<Look> LookAsync(IGrains grains, SymbolInfo symbol, CancellationToken cancellation)
    {
        try
        {
            // The shortest interval brings the price along; the longer ones are asked for when one of their candles can have closed.
            var intervals = options.Intervals.Where(feed.Serves).ToList();
            var update = await updater.UpdateAsync(grains, symbol, intervals[^1], isLive: true, cancellation);
            var candles = update.Applied?.Added ?? 0;
            var gaps = update.Applied?.Gaps?.Length ?? 0;
            foreach (var interval in intervals.SkipLast(1).Where(i => i.IsIntraday()))
            {
                if (await IsDueAsync(symbol, interval, cancellation))
                {
                    var more = await updater.UpdateAsync(grains, symbol, interval, isLive: true, cancellation);
                    candles += more.Applied?.Added ?? 0;
                    gaps += more.Applied?.Gaps?.Length ?? 0;
                }
            }

            var alerts = update.Answer is null ? 0 : await QuoteAsync(grains, symbol, update.Answer, cancellation);
            return new Look(candles, gaps, alerts, update.Failure?.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFailed(failure, symbol.Code);
            return new Look(0, 0, 0, failure.Message);
        }
    }

    /// <summary>Hands a price to its symbol; after a split that the daily series does not know yet, that one is fetched again before.</summary>
    private async Task<int> QuoteAsync(IGrains grains, SymbolInfo symbol, PriceHistory answer, CancellationToken cancellation)
    {
        if (answer.Quote is not { Price: { } price, PriceTime: { } time })
        {
            return 0;
        }

        if (answer.Interval != CandleInterval.OneDay
            && await updater.HasNewSplitAsync(symbol, CandleInterval.OneDay, answer.Splits, cancellation)
            && (await updater.UpdateAsync(grains, symbol, CandleInterval.OneDay, isLive: true, cancellation)).Outcome != SeriesOutcome.Updated)
        {
            // Against prices before the split everything is an alert.
            return 0;
        }

        var quote = new QuoteUpdate(price, time, answer.Quote.PreviousClose, answer.AsOf);
        return (await grains.Get<ISymbolGrain>(symbol.Code).QuoteAsync(quote)).Alerts;
    }

    private async Task<bool> IsDueAsync(SymbolInfo symbol, CandleInterval interval, CancellationToken cancellation)
    {
        var row = (await store.ReadSeriesAsync(symbol.Code, cancellation)).FirstOrDefault(s => s.Interval == interval);
        return row is null || interval.CloseTime(interval.CloseTime(row.LastTime)) <= clock.GetUtcNow().ToUnixTimeSeconds();
    }

    /// <summary>
    /// Sets the history job to work when gaps were found, or a daily series lacks a session that has closed: after an outage nobody else does.
    /// </summary>
    private async Task<bool> CatchUpAsync(IGrains grains, IReadOnlyList<SymbolInfo> symbols, bool hasGaps, CancellationToken cancellation)
    {
        var daily = (await store.ReadSeriesAsync(null, cancellation)).Where(s => s.Interval == CandleInterval.OneDay).ToDictionary(s => s.Symbol);
        foreach (var symbol in symbols)
        {
            if (hasGaps || await updater.IsBehindAsync(symbol, daily.GetValueOrDefault(symbol.Code), cancellation))
            {
                var job = grains.Get<IJobGrain>(HistoryJob.JobName);
                if ((await job.DescribeAsync()) is { Paused: false, RunId: null })
                {
                    await job.RunAsync();
                    return true;
                }

                return false;
            }
        }

        return false;
    }

    /// <summary>What a look at one symbol brought.</summary>
    private sealed record Look(int Candles, int Gaps, int Alerts, string? Failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Symbol} could not be looked at; the others go on.")]
    private partial void LogFailed(Exception error, string symbol);
}
