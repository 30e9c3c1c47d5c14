using Finstage.Analysis.Calendars;

namespace Finstage.Analysis.Candles;

/// <summary>What a calculation must know of its series besides the candles.</summary>
/// <param name="Interval">The candles' interval.</param>
/// <param name="Calendar">Which session a moment belongs to.</param>
public sealed record SeriesContext(CandleInterval Interval, TradingCalendar Calendar)
{
    /// <summary>Daily candles on plain UTC days: what holds for a symbol that nobody described.</summary>
    public static SeriesContext Daily { get; } = new(CandleInterval.OneDay, TradingCalendar.Utc);

    /// <summary>The date of a candle as days since 1970-01-01: its stamp's when daily or longer, its session's when intraday.</summary>
    /// <param name="time">The candle's open time, Unix seconds (UTC).</param>
    public int DateOf(long time) => Interval.IsIntraday() ? Calendar.SessionOf(time) : TradingCalendar.Utc.SessionOf(time);
}
