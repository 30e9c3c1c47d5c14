using Finstage.Analysis.Calendars;

namespace Finstage.Analysis.Candles.Aggregation;

/// <summary>
/// Which longer candle a moment belongs to. Parts of a day are counted from the start of the pre-market, the regular or the
/// post-market hours in which they lie, so that none straddles an open or a close: hours of New York begin at 04:00 … 09:00, 09:30 …
/// 15:30, 16:00 …, the last of each being short. Outside the exchange's hours they are counted from midnight UTC. Days are sessions of the
/// calendar, weeks ISO weeks and months calendar months of the candle's date. Not thread-safe.
/// </summary>
/// <param name="from">The context of the shorter candles.</param>
/// <param name="to">The interval of the longer ones.</param>
internal struct PartClock(SeriesContext from, CandleInterval to)
{
    private const long Day = 86_400;

    // The stretch of time that was looked up last, within which parts are counted from its start.
    private long stretchStart = long.MaxValue;
    private long stretchEnd;

    // The week that was looked up last, where days are stamped with their date.
    private long weekStart = long.MaxValue;

    /// <summary>The open time of the longer candle that holds a moment.</summary>
    public long StartOf(long time) => to switch
    {
        CandleInterval.OneDay => from.DateOf(time) * Day,
        CandleInterval.OneWeek => WeekStartOf(time),
        CandleInterval.OneMonth => MonthOf(from.DateOf(time)) * Day,
        _ => IntradayStartOf(time),
    };

    // 1970-01-01 was a Thursday: Monday is three days before it.
    private static long WeekOf(int date) => date - ((((date + 3) % 7) + 7) % 7);

    private static long MonthOf(int date)
    {
        var day = DateOnly.FromDayNumber(date + TradingCalendar.EpochDayNumber);
        return date - day.Day + 1;
    }

    private long WeekStartOf(long time)
    {
        if (time < weekStart || time - weekStart >= 7 * Day || from.Interval.IsIntraday())
        {
            weekStart = WeekOf(from.DateOf(time)) * Day;
        }

        return weekStart;
    }

    private long IntradayStartOf(long time)
    {
        if (time < stretchStart || time >= stretchEnd)
        {
            (stretchStart, stretchEnd) = StretchOf(time);
        }

        return time - ((time - stretchStart) % to.Seconds());
    }

    private readonly (long Start, long End) StretchOf(long time)
    {
        var date = from.Calendar.DateOf(time);
        if (from.Calendar.IsSession(date))
        {
            var hours = from.Calendar.HoursOf(date);
            if (time >= hours.PreOpen && time < hours.PostClose)
            {
                return time < hours.Open ? (hours.PreOpen, hours.Open)
                    : time < hours.Close ? (hours.Open, hours.Close)
                    : (hours.Close, hours.PostClose);
            }
        }

        // One part at a time, since trading hours may begin within the UTC day.
        var start = time - (((time % to.Seconds()) + to.Seconds()) % to.Seconds());
        return (start, start + to.Seconds());
    }
}
