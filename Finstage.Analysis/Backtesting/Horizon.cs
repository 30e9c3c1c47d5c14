using System.Diagnostics.CodeAnalysis;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// How long after a signal its outcome is taken. The numbers are stored and sent: they are never changed or used again. A horizon is no
/// interval: the month's code is <c>1mo</c>, and <c>1m</c> is a minute.
/// </summary>
public enum Horizon
{
    /// <summary>An hour of trading, <c>1h</c>.</summary>
    OneHour = 1,

    /// <summary>Four hours of trading, <c>4h</c>.</summary>
    FourHours = 2,

    /// <summary>One session, <c>1d</c>.</summary>
    OneDay = 3,

    /// <summary>Five sessions, seven where the market never closes, <c>1w</c>.</summary>
    OneWeek = 4,

    /// <summary>21 sessions, 30 where the market never closes, <c>1mo</c>.</summary>
    OneMonth = 5,
}

/// <summary>Codes and lengths of the horizons. All members are pure and thread-safe.</summary>
public static class Horizons
{
    private static readonly (Horizon Horizon, string Code)[] Codes =
    [
        (Horizon.OneHour, "1h"), (Horizon.FourHours, "4h"), (Horizon.OneDay, "1d"), (Horizon.OneWeek, "1w"), (Horizon.OneMonth, "1mo"),
    ];

    /// <summary>Every horizon, shortest first.</summary>
    public static IReadOnlyList<Horizon> All { get; } = [.. Codes.Select(c => c.Horizon)];

    /// <summary>The codes people write, for messages: <c>1h, 4h, …</c>.</summary>
    public static string KnownCodes { get; } = string.Join(", ", Codes.Select(c => c.Code));

    /// <summary>The horizon's code, such as <c>1w</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no horizon.</exception>
    public static string Code(this Horizon horizon)
    {
        var index = (int)horizon - 1;
        return (uint)index < (uint)Codes.Length
            ? Codes[index].Code
            : throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "Not a horizon.");
    }

    /// <summary>Reads a code such as <c>1mo</c>; case counts, as with intervals.</summary>
    public static bool TryParse([NotNullWhen(true)] string? code, out Horizon horizon)
    {
        foreach (var known in Codes)
        {
            if (known.Code == code)
            {
                horizon = known.Horizon;
                return true;
            }
        }

        horizon = default;
        return false;
    }

    /// <summary>The horizons that candles of an interval can tell of, shortest first; the others are absent, not zero.</summary>
    public static IReadOnlyList<Horizon> On(CandleInterval interval) => [.. All.Where(h => h.IsKnownOn(interval))];

    /// <summary>
    /// Whether candles of an interval can tell what happened at a horizon: hours only by intraday candles, days not by weekly ones, weeks
    /// not by monthly ones.
    /// </summary>
    public static bool IsKnownOn(this Horizon horizon, CandleInterval interval) => horizon switch
    {
        Horizon.OneHour or Horizon.FourHours => interval.IsIntraday(),
        Horizon.OneDay => interval <= CandleInterval.OneDay,
        Horizon.OneWeek => interval <= CandleInterval.OneWeek,
        Horizon.OneMonth => interval <= CandleInterval.OneMonth,
        _ => throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "Not a horizon."),
    };

    /// <summary>The horizon's length in sessions of a market; 0 for those within a session.</summary>
    public static int Sessions(this Horizon horizon, TradingCalendar calendar) => (horizon, NeverCloses(calendar)) switch
    {
        (Horizon.OneDay, _) => 1,
        (Horizon.OneWeek, false) => 5,
        (Horizon.OneWeek, true) => 7,
        (Horizon.OneMonth, false) => 21,
        (Horizon.OneMonth, true) => 30,
        _ => 0,
    };

    /// <summary>
    /// A time by which the horizon cannot have passed yet, in seconds after the close: what is looked up later than that is not looked up in
    /// vain too often.
    /// </summary>
    public static long ShortestSeconds(this Horizon horizon) => horizon switch
    {
        Horizon.OneHour => 3_600,
        Horizon.FourHours => 4 * 3_600,
        Horizon.OneDay => 20 * 3_600, // a session may be short, and a clock put forward
        Horizon.OneWeek => 6 * 86_400,
        Horizon.OneMonth => 27 * 86_400,
        _ => throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "Not a horizon."),
    };

    /// <summary>Sessions a year, for figures per year: 252, and 365 where the market never closes.</summary>
    public static int SessionsPerYear(TradingCalendar calendar) => NeverCloses(calendar) ? 365 : 252;

    /// <summary>
    /// The horizon in candles where that is the same everywhere in a series: on daily candles its sessions, on weekly ones 1 or 4, on
    /// monthly ones 1, and hours on intraday candles. Null for sessions on intraday candles, whose number of candles differs.
    /// </summary>
    internal static int? Candles(this Horizon horizon, SeriesContext context) => (horizon, context.Interval) switch
    {
        (Horizon.OneHour, _) => (int)(3_600 / context.Interval.Seconds()),
        (Horizon.FourHours, _) => (int)(4 * 3_600 / context.Interval.Seconds()),
        (_, CandleInterval.OneDay) => horizon.Sessions(context.Calendar),
        (Horizon.OneMonth, CandleInterval.OneWeek) => 4,
        (_, CandleInterval.OneWeek or CandleInterval.OneMonth) => 1,
        _ => null,
    };

    private static bool NeverCloses(TradingCalendar calendar) => calendar == TradingCalendar.Always;
}
