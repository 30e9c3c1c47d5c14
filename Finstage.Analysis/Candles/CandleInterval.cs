using System.Diagnostics.CodeAnalysis;

namespace Finstage.Analysis.Candles;

/// <summary>The length of a series' candles. The numbers are stored and sent: they are never changed or used again.</summary>
public enum CandleInterval
{
    /// <summary>One minute, <c>1m</c>.</summary>
    OneMinute = 1,

    /// <summary>Five minutes, <c>5m</c>.</summary>
    FiveMinutes = 2,

    /// <summary>Fifteen minutes, <c>15m</c>.</summary>
    FifteenMinutes = 3,

    /// <summary>Thirty minutes, <c>30m</c>.</summary>
    ThirtyMinutes = 4,

    /// <summary>One hour, <c>1h</c>.</summary>
    OneHour = 5,

    /// <summary>One trading day, <c>1d</c>, stamped with the session's date at 00:00 UTC.</summary>
    OneDay = 6,

    /// <summary>One ISO week, <c>1w</c>, stamped with its Monday at 00:00 UTC.</summary>
    OneWeek = 7,

    /// <summary>One calendar month, <c>1mo</c>, stamped with its first day at 00:00 UTC.</summary>
    OneMonth = 8,
}

/// <summary>Codes, lengths and alignment of the intervals. All members are pure and thread-safe.</summary>
public static class CandleIntervals
{
    private const long Minute = 60;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const long Week = 7 * Day;

    // 1970-01-01 was a Thursday; the first Monday came four days later.
    private const long FirstMonday = 4 * Day;

    private static readonly (CandleInterval Interval, string Code)[] Codes =
    [
        (CandleInterval.OneMinute, "1m"), (CandleInterval.FiveMinutes, "5m"), (CandleInterval.FifteenMinutes, "15m"),
        (CandleInterval.ThirtyMinutes, "30m"), (CandleInterval.OneHour, "1h"), (CandleInterval.OneDay, "1d"),
        (CandleInterval.OneWeek, "1w"), (CandleInterval.OneMonth, "1mo"),
    ];

    /// <summary>Every interval, shortest first.</summary>
    public static IReadOnlyList<CandleInterval> All { get; } = [.. Codes.Select(c => c.Interval)];

    /// <summary>The codes people write, for messages: <c>1m, 5m, …</c>.</summary>
    public static string KnownCodes { get; } = string.Join(", ", Codes.Select(c => c.Code));

    /// <summary>The interval's code, such as <c>1d</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no interval.</exception>
    public static string Code(this CandleInterval interval)
    {
        var index = (int)interval - 1;
        return (uint)index < (uint)Codes.Length
            ? Codes[index].Code
            : throw new ArgumentOutOfRangeException(nameof(interval), interval, "Not a candle interval.");
    }

    /// <summary>Reads a code such as <c>1d</c>; case counts, since <c>1m</c> is a minute and <c>1mo</c> a month.</summary>
    public static bool TryParse([NotNullWhen(true)] string? code, out CandleInterval interval)
    {
        foreach (var known in Codes)
        {
            if (known.Code == code)
            {
                interval = known.Interval;
                return true;
            }
        }

        interval = default;
        return false;
    }

    /// <summary>Whether the interval is shorter than a day.</summary>
    public static bool IsIntraday(this CandleInterval interval) => interval < CandleInterval.OneDay;

    /// <summary>The nominal length in seconds; a month counts 30 days here, see <see cref="CloseTime"/> for its real end.</summary>
    public static long Seconds(this CandleInterval interval) => interval switch
    {
        CandleInterval.OneMinute => Minute,
        CandleInterval.FiveMinutes => 5 * Minute,
        CandleInterval.FifteenMinutes => 15 * Minute,
        CandleInterval.ThirtyMinutes => 30 * Minute,
        CandleInterval.OneHour => Hour,
        CandleInterval.OneDay => Day,
        CandleInterval.OneWeek => Week,
        CandleInterval.OneMonth => 30 * Day,
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "Not a candle interval."),
    };

    /// <summary>When a candle that opens at <paramref name="openTime"/> ends (Unix seconds, excluded from it).</summary>
    public static long CloseTime(this CandleInterval interval, long openTime) => interval == CandleInterval.OneMonth
        ? DateTimeOffset.FromUnixTimeSeconds(openTime).AddMonths(1).ToUnixTimeSeconds()
        : openTime + interval.Seconds();

    /// <summary>
    /// Whether a candle may open at <paramref name="openTime"/>: on a whole minute when intraday (exchanges open at half hours),
    /// at 00:00 UTC when daily, on a Monday when weekly, on a first of the month when monthly.
    /// </summary>
    public static bool IsAligned(this CandleInterval interval, long openTime) => interval switch
    {
        CandleInterval.OneWeek => (openTime - FirstMonday) % Week == 0,
        CandleInterval.OneMonth => openTime % Day == 0 && DateTimeOffset.FromUnixTimeSeconds(openTime).Day == 1,
        CandleInterval.OneDay => openTime % Day == 0,
        _ => openTime % Minute == 0,
    };
}
