using System.Text.Json;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;
using NodaTime;

namespace Finstage.Adapters.Prices.Yahoo;

/// <summary>
/// Which candle a time of an answer belongs to, and whether that candle has closed. Yahoo stamps days with the session's open, or with
/// midnight, in the exchange's zone; here a day is its date at 00:00 UTC. Immutable and thread-safe.
/// </summary>
internal sealed class ChartClock
{
    private const long Day = 86_400;

    // 1970-01-01 was a Thursday.
    private const long DaysSinceMonday = 3;

    private readonly CandleInterval interval;
    private readonly TradingCalendar? calendar;
    private readonly DateTimeZone zone;
    private readonly long sessionStart;
    private readonly long sessionEnd;
    private readonly long? marketTime;
    private readonly long settle;

    private ChartClock(PriceRequest request, DateTimeZone zone, JsonElement meta, long asOf, TimeSpan settle)
    {
        (interval, calendar) = (request.Interval, request.Calendar);
        (this.zone, AsOf, this.settle) = (zone, asOf, (long)settle.TotalSeconds);
        var session = meta.Child("currentTradingPeriod").Child("regular");
        (sessionStart, sessionEnd) = (session.Child("start").Time() ?? 0, session.Child("end").Time() ?? 0);
        marketTime = meta.Child("regularMarketTime").Time();
    }

    /// <summary>The moment of the answer, Unix seconds.</summary>
    public long AsOf { get; }

    /// <summary>The latest open time that is not in the future: east of Greenwich a day begins before its date does in UTC.</summary>
    public long LatestOpen => interval.IsIntraday() ? AsOf : Math.Max(AsOf, StampOf(AsOf));

    public static ChartClock Of(JsonElement meta, PriceRequest request, long asOf, TimeSpan settle)
    {
        var name = meta.Child("exchangeTimezoneName").Text();
        var zone = name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);
        var offset = meta.Child("gmtoffset").Finite() is { } seconds and >= -64_800 and <= 64_800 ? (int)seconds : 0;
        return new ChartClock(request, zone ?? DateTimeZone.ForOffset(Offset.FromSeconds(offset)), meta, asOf, settle);
    }

    /// <summary>The open time of the candle that a time belongs to; an intraday time is its own.</summary>
    public long StampOf(long time) => interval switch
    {
        CandleInterval.OneMonth => FirstOfMonth(DateOf(time)),
        CandleInterval.OneWeek => Monday(DateOf(time)),
        CandleInterval.OneDay => SessionOf(time),
        _ => time,
    };

    // A future's evening belongs to the next trade date: the live price after 18:00 in New York must not take the place of that day's candle.
    private long SessionOf(long time) => calendar is null ? DateOf(time) : calendar.SessionOf(time) * Day;

    /// <summary>A time's date in the exchange's zone, at 00:00 UTC.</summary>
    public long DateOf(long time) => Floor(time + zone.GetUtcOffset(Instant.FromUnixTimeSeconds(time)).Seconds);

    /// <summary>The bar's start for a time inside the session that answers know of, on the session's own grid; else the time itself.</summary>
    public long OnGrid(long time) => time >= sessionStart && time < sessionEnd && sessionStart > 0
        ? time - ((time - sessionStart) % interval.Seconds())
        : time;

    /// <summary>Whether a time is a price made at or after the end of the session, which no bar begins with.</summary>
    public bool IsAfterSession(long time) =>
        interval.IsIntraday() && sessionEnd > sessionStart && time >= sessionEnd && time < sessionEnd + Day && DateOf(time) == DateOf(sessionStart);

    /// <summary>Whether a candle has closed.</summary>
    /// <param name="open">Its open time.</param>
    /// <param name="isFollowed">Whether the answer has a candle after it.</param>
    public bool IsClosed(long open, bool isFollowed)
    {
        var end = interval.IsIntraday() ? EndOfBar(open) : interval == CandleInterval.OneDay ? EndOfDay(open) : Midnight(interval.CloseTime(open));
        var hasGoneOn = interval.IsIntraday() && (isFollowed || marketTime >= end);
        return AsOf >= end && (hasGoneOn || AsOf >= end + settle);
    }

    private long EndOfBar(long open)
    {
        var end = interval.CloseTime(open);
        var session = (From: sessionStart, To: sessionEnd);
        if (calendar is not null && calendar.DateOf(open) is var date && calendar.IsSession(date))
        {
            var hours = calendar.HoursOf(date);
            session = (hours.Open, hours.Close);
        }

        // The last bar of a session may be a short one.
        return open >= session.From && open < session.To && end > session.To ? session.To : end;
    }

    private long EndOfDay(long date)
    {
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(date).UtcDateTime);
        if (calendar is not null)
        {
            return calendar.IsSession(day) ? calendar.HoursOf(day).Close : Midnight(date + Day);
        }

        var today = sessionEnd > sessionStart ? DateOf(sessionStart) : long.MinValue;
        return date == today ? sessionEnd

            // The answer knows of a later session already, so this one is over: since its last price, if that was in it.
            : date < today ? (marketTime is { } last && DateOf(last) == date ? last : Math.Min(Midnight(date + Day), sessionStart))
            : Midnight(date + Day);
    }

    /// <summary>When a date begins in the exchange's zone.</summary>
    private long Midnight(long date)
    {
        var day = LocalDate.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(date).UtcDateTime);
        return zone.AtStartOfDay(day).ToInstant().ToUnixTimeSeconds();
    }

    private static long Monday(long date) => date - (Modulo((date / Day) + DaysSinceMonday, 7) * Day);

    private static long FirstOfMonth(long date) => date - ((DateTimeOffset.FromUnixTimeSeconds(date).Day - 1) * Day);

    private static long Floor(long time) => time - Modulo(time, Day);

    private static long Modulo(long value, long divisor) => ((value % divisor) + divisor) % divisor;
}
