using Finstage.Adapters.Http;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;

namespace Finstage.Silo.Api;

/// <summary>Turns what the program holds into what the API says.</summary>
internal static class Shapes
{
    public static DateTime Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;

    public static SymbolDto Of(SymbolInfo symbol, IEnumerable<SeriesDto> series) => new(
        symbol.Code, symbol.NameKo, symbol.NameEn, symbol.Category.Code(), symbol.Exchange, symbol.Currency, symbol.Enabled, [.. series],
        TradingCalendar.For(symbol.Exchange).Zone);

    public static LiveQuoteDto Of(string symbol, LastQuote quote) =>
        new(symbol, quote.Price, Time(quote.Time), quote.PreviousClose, Change(quote.Price, quote.PreviousClose));

    /// <summary>The last price: of a feed, or the newest close where that is newer.</summary>
    public static PriceDto? Of(LastQuote? quote, RecentCloses? closes) =>
        closes is not null && (quote is null || quote.Time < closes.Time) ? OfClose(closes)
        : quote is null ? null
        : new PriceDto(
            quote.Price, Time(quote.Time), quote.PreviousClose, Change(quote.Price, quote.PreviousClose), null, null, null, null, IsClose: false);

    public static PriceDto? Of(PriceView view, RecentCloses? closes)
    {
        var quote = view.Price is { } price ? new LastQuote(price, view.Time, view.PreviousClose) : null;
        return Of(quote, closes) is not { } last ? null : last with
        {
            YearHigh = view.YearHigh, YearHighDate = view.YearHigh is null ? null : Time(view.YearHighTime),
            AllTimeHigh = view.EverHigh, AllTimeHighDate = view.EverHigh is null ? null : Time(view.EverHighTime),
        };
    }

    public static ThresholdsDto Of(ThresholdView view)
    {
        string?[] own = [view.OwnRise is null ? null : "rise", view.OwnDrop is null ? null : "drop", view.OwnFromHigh is null ? null : "fromHigh"];
        return new ThresholdsDto(view.Rise, view.Drop, view.FromHigh, view.IsInBasisPoints ? "basisPoints" : "percent", [.. own.OfType<string>()]);
    }

    public static SeriesDto Of(SeriesRow row, double? lastClose) => new(
        row.Interval.Code(), row.Source, row.Version, row.Candles, Time(row.FirstTime), Time(row.LastTime), lastClose);

    public static CandleDto Of(in Candle candle) =>
        new(Time(candle.Time), candle.Open, candle.High, candle.Low, candle.Close, candle.Volume);

    public static SignalDto Of(SignalRow row, string language) => Of(row.Id, row.Symbol, row.Interval, row.Signal, row.SupersededAt, language);

    public static SignalDto Of(
        long? id, string symbol, CandleInterval interval, Signal signal, DateTimeOffset? supersededAt, string language) => new(
        id, symbol, interval.Code(), Time(signal.Time), signal.Strategy, signal.Direction == Direction.Buy ? "BUY" : "SELL",
        signal.Confidence, Name(signal.Priority), signal.Close, StrategyTexts.Explain(signal, language), supersededAt?.UtcDateTime);

    public static OutcomeDto Of(OutcomeRow row)
    {
        var known = row.Outcome;
        return new OutcomeDto(
            Analysis.Backtesting.Horizons.Code(row.Horizon), row.SettledAt?.UtcDateTime, known?.Return, known is null ? null : Time(known.ExitTime),
            known?.ExitClose, known?.Adverse, known?.Favourable);
    }

    public static ConsensusDto Of(Consensus consensus) => new(
        consensus.Level.Code(), Math.Round(consensus.Score, 4), consensus.Agreement, consensus.Buyers, consensus.Sellers);

    public static JobDto Of(JobView job, bool isEnabled) => new(
        job.Name, job.Schedule, job.RunId is not null ? "running" : !isEnabled ? "off" : job.Paused ? "paused" : "idle", isEnabled,
        isEnabled && job.Paused, job.RunId is not null, job.RunId, Moment(job.LastRun), Moment(job.NextRun),
        job.LastSummary, job.LastError, job.Count, job.TotalMs, job.MinMs, job.MaxMs, job.Count == 0 ? 0 : (double)job.TotalMs / job.Count,
        job.LastMs, job.Progress is { } progress ? new JobProgressDto(progress.Done, progress.Total, progress.Word) : null);

    public static AlertDto Of(OutboxRow row) => new(
        row.Id, row.Chat, Word(row.Alert.Kind), row.Alert.Symbol, Name(row.Alert.Priority),
        Word(row.State), Time(row.Alert.AsOf), row.BatchId, row.Attempts, row.NextAttempt?.UtcDateTime, row.LastError, row.SentAt?.UtcDateTime);

    /// <summary>How the API says a kind or a state, such as <c>inBatch</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static PriceDto OfClose(RecentCloses closes)
    {
        double? before = closes.Closes.Count > 1 ? closes.Closes[^2] : null;
        return new PriceDto(
            closes.Closes[^1], Time(closes.Time), before, Change(closes.Closes[^1], before), null, null, null, null, IsClose: true);
    }

    private static double? Change(double price, double? before) => before is > 0 and { } close ? Math.Round(((price / close) - 1) * 100, 4) : null;

    private static string Name(AlertPriority priority) => priority switch
    {
        AlertPriority.High => "HIGH",
        AlertPriority.Medium => "MEDIUM",
        _ => "LOW",
    };

    private static DateTime? Moment(long milliseconds) =>
        milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
}
