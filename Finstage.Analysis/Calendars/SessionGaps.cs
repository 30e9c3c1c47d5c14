using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Calendars;

/// <summary>Which sessions of an exchange a series lacks. Pure and thread-safe.</summary>
public static class SessionGaps
{
    private const long Day = 86_400;

    /// <summary>
    /// The sessions from one date to another, both included, that the candles do not fill: of a daily series those without a candle, of an
    /// intraday one those with fewer bars than regular trading has room for. Of weeks and months nothing is said, nor of exchanges whose
    /// calendar is not known.
    /// </summary>
    /// <param name="calendar">The exchange's calendar.</param>
    /// <param name="interval">The candles' interval.</param>
    /// <param name="candles">The candles, ascending.</param>
    /// <param name="from">The first date.</param>
    /// <param name="through">The last date.</param>
    public static IReadOnlyList<DateOnly> Find(
        TradingCalendar calendar, CandleInterval interval, ReadOnlySpan<Candle> candles, DateOnly from, DateOnly through)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        if (calendar == TradingCalendar.Utc || interval > CandleInterval.OneDay || from > through)
        {
            return [];
        }

        var bars = Count(calendar, interval, candles);
        var missing = new List<DateOnly>();
        for (var date = calendar.IsSession(from) ? from : calendar.NextSession(from); date <= through; date = calendar.NextSession(date))
        {
            if (bars.GetValueOrDefault(date) < Room(calendar, interval, date))
            {
                missing.Add(date);
            }
        }

        return missing;
    }

    /// <summary>The last session whose candles are final: closed for at least the settling time.</summary>
    /// <param name="calendar">The exchange's calendar.</param>
    /// <param name="time">"Now", Unix seconds (UTC).</param>
    /// <param name="settle">How long after its close a session's candles are final.</param>
    public static DateOnly LastClosed(TradingCalendar calendar, long time, TimeSpan settle)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var date = calendar.DateOf(time);
        return calendar.IsSession(date) && calendar.HoursOf(date).Close + (long)settle.TotalSeconds <= time ? date : calendar.PreviousSession(date);
    }

    /// <summary>The open time of a session's first candle: the date at 00:00 UTC of a daily series, the earliest trade of an intraday one.</summary>
    public static long OpenOf(TradingCalendar calendar, CandleInterval interval, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return interval.IsIntraday() ? calendar.HoursOf(date).PreOpen : (date.DayNumber - TradingCalendar.EpochDayNumber) * Day;
    }

    /// <summary>The session that a candle belongs to.</summary>
    public static DateOnly DateOf(TradingCalendar calendar, CandleInterval interval, long openTime)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return interval.IsIntraday()
            ? calendar.DateOf(openTime)
            : DateOnly.FromDayNumber((int)Math.Floor(openTime / (double)Day) + TradingCalendar.EpochDayNumber);
    }

    private static Dictionary<DateOnly, int> Count(TradingCalendar calendar, CandleInterval interval, ReadOnlySpan<Candle> candles)
    {
        var bars = new Dictionary<DateOnly, int>();
        foreach (ref readonly var candle in candles)
        {
            var date = DateOf(calendar, interval, candle.Time);
            bars[date] = bars.GetValueOrDefault(date) + 1;
        }

        return bars;
    }

    private static long Room(TradingCalendar calendar, CandleInterval interval, DateOnly date)
    {
        if (!interval.IsIntraday())
        {
            return 1;
        }

        var hours = calendar.HoursOf(date);
        return (hours.Close - hours.Open + interval.Seconds() - 1) / interval.Seconds();
    }
}
