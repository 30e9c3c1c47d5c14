using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;

namespace Finstage.Grains.Ports;

/// <summary>Where prices come from. Thread-safe; the feed itself sees to it that it asks its host no faster than it may.</summary>
public interface IPriceFeed
{
    /// <summary>The name under which its series are stored, such as <c>yahoo</c>.</summary>
    string Source { get; }

    /// <summary>Whether the feed has candles of the interval.</summary>
    bool Serves(CandleInterval interval);

    /// <summary>How far back the feed goes for an interval, counted from now; null where it has all there is.</summary>
    TimeSpan? LookBack(CandleInterval interval);

    /// <summary>Asks for the candles of one symbol and interval.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellation">Cancels the asking, its waits and its retries.</param>
    /// <returns>The candles, or why there are none. Failures are results; only a cancellation is an exception.</returns>
    Task<FeedResult<PriceHistory>> ReadAsync(PriceRequest request, CancellationToken cancellation);
}

/// <summary>What a price feed is asked for. Immutable.</summary>
/// <param name="Symbol">The symbol's code.</param>
/// <param name="Interval">The candles' interval.</param>
/// <param name="From">
/// First open time, Unix seconds (UTC), included. Ask from the last stored candle, not after it: a feed that works then always has
/// something to answer, and silence is told from a fault.
/// </param>
/// <param name="To">Last open time, Unix seconds (UTC), included; null for up to now.</param>
/// <param name="AllowNonPositive">Whether prices may be zero or negative: yields, futures and commodities.</param>
/// <param name="Calendar">
/// When the symbol's sessions end; null to take that from the feed's answer, which knows today's session only.
/// </param>
public sealed record PriceRequest(
    string Symbol, CandleInterval Interval, long From, long? To = null, bool AllowNonPositive = false, TradingCalendar? Calendar = null);

/// <summary>What a price feed answered. Immutable; the lists must not be changed.</summary>
/// <param name="Symbol">The symbol that was asked for.</param>
/// <param name="Interval">The candles' interval.</param>
/// <param name="AsOf">The moment of the answer, Unix seconds (UTC).</param>
/// <param name="Closed">Candles that have closed, ascending and unique by time, valid, inside the range asked for. May be empty.</param>
/// <param name="Open">The newest candle while it has not closed: a preview, never stored. Null where there is none.</param>
/// <param name="Splits">
/// Splits inside the range, ascending. The candles are adjusted for them; what was stored before one of them is not.
/// </param>
/// <param name="Quote">What the feed says of the symbol itself.</param>
/// <param name="Rejected">The first <see cref="MaxRejected"/> rows that are no candles, in the answer's order.</param>
/// <param name="RejectedCount">How many rows were refused in all.</param>
/// <param name="BlankRows">Rows without any price: the feed knows the time and no trade.</param>
public sealed record PriceHistory(
    string Symbol, CandleInterval Interval, long AsOf, Candle[] Closed, Candle? Open, IReadOnlyList<PriceSplit> Splits,
    FeedQuote Quote, IReadOnlyList<RejectedPrice> Rejected, int RejectedCount, int BlankRows)
{
    /// <summary>The most refused rows that are told one by one.</summary>
    public const int MaxRejected = 100;
}

/// <summary>A split, or its reverse: each old share became <c>Numerator / Denominator</c> new ones.</summary>
/// <param name="Time">The first session at the new count: its date at 00:00 UTC, Unix seconds.</param>
/// <param name="Numerator">New shares, above zero.</param>
/// <param name="Denominator">Old shares, above zero.</param>
public sealed record PriceSplit(long Time, double Numerator, double Denominator);

/// <summary>A row of an answer that is no candle.</summary>
/// <param name="Row">Its number in the answer, the first being 1.</param>
/// <param name="Fault">Why, in a stable word.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record RejectedPrice(int Row, CandleFault Fault, string Reason);

/// <summary>What a feed says of a symbol beside its candles; null where it does not.</summary>
/// <param name="Currency">The currency's code, such as <c>USD</c>, or <c>GBp</c> for pence.</param>
/// <param name="Exchange">The exchange, in the feed's own code, such as <c>NMS</c>.</param>
/// <param name="Kind">What it is, in the feed's own word, such as <c>EQUITY</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Zone">The exchange's zone, an IANA name.</param>
/// <param name="Price">The last price.</param>
/// <param name="PriceTime">When that price was made, Unix seconds (UTC). It stands still when the market, or the feed, does.</param>
/// <param name="PreviousClose">
/// The close of the session before the last one: the base of the day's change. Not every answer has it; the daily candle before the
/// last then takes its place.
/// </param>
/// <param name="Decimals">How many decimals its prices are shown with.</param>
public sealed record FeedQuote(
    string? Currency, string? Exchange, string? Kind, string? Name, string? Zone, double? Price, long? PriceTime,
    double? PreviousClose, int? Decimals);
