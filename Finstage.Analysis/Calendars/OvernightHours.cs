namespace Finstage.Analysis.Calendars;

/// <summary>
/// The hours of a market whose sessions begin on the evening before their trade date, as they are today; times are the zone's clocks.
/// </summary>
/// <param name="Zone">The exchange's zone, an IANA name.</param>
/// <param name="Opens">When a session opens on the evening before.</param>
/// <param name="OpensOnSunday">When it opens where that evening is a Sunday.</param>
/// <param name="Closes">When it closes on its trade date.</param>
/// <param name="ClosesOnHalfDays">When it closes on a half day; the same as <paramref name="Closes"/> where there are none.</param>
/// <param name="IsShortBeforeIndependenceDay">Whether 3 July is a half day.</param>
/// <param name="TradesOnHolidays">Whether it trades for some hours of most holidays, for the trade date that follows.</param>
internal sealed record OvernightHours(
    string Zone, TimeOnly Opens, TimeOnly OpensOnSunday, TimeOnly Closes, TimeOnly ClosesOnHalfDays, bool IsShortBeforeIndependenceDay,
    bool TradesOnHolidays)
{
    /// <summary>Index futures: 17:00 to 16:00 in Chicago, half days to 12:15 (CME Group, contract specifications and Globex holiday calendar).</summary>
    public static OvernightHours Cme { get; } = new(
        "America/Chicago", new(17, 0), new(17, 0), new(16, 0), new(12, 15), IsShortBeforeIndependenceDay: true, TradesOnHolidays: true);

    /// <summary>Energy and metals: 18:00 to 17:00 in New York, half days to 13:45 (the same sources).</summary>
    public static OvernightHours EnergyAndMetals { get; } = new(
        "America/New_York", new(18, 0), new(18, 0), new(17, 0), new(13, 45), IsShortBeforeIndependenceDay: false, TradesOnHolidays: true);

    /// <summary>
    /// Grains and oilseeds: 19:00 to 13:20 in Chicago, half days to 12:05, nothing on holidays (the same sources). The pause from 07:45 to
    /// 08:30 counts as trading time here.
    /// </summary>
    public static OvernightHours Grains { get; } = new(
        "America/Chicago", new(19, 0), new(19, 0), new(13, 20), new(12, 5), IsShortBeforeIndependenceDay: true, TradesOnHolidays: false);

    /// <summary>
    /// The dollar index: 20:00, on Sundays 18:00, to 17:00 in New York (ICE Futures U.S., "Regular Trading Hours"). Early ends around holidays
    /// are announced one by one and not known here.
    /// </summary>
    public static OvernightHours DollarIndex { get; } = new(
        "America/New_York", new(20, 0), new(18, 0), new(17, 0), new(17, 0), IsShortBeforeIndependenceDay: false, TradesOnHolidays: true);
}
