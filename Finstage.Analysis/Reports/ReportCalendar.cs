using Finstage.Analysis.Calendars;

namespace Finstage.Analysis.Reports;

/// <summary>Which day a report belongs to, in Seoul. Pure and thread-safe.</summary>
public sealed class ReportCalendar
{
    /// <summary>The readers' zone.</summary>
    public const string Zone = "Asia/Seoul";

    private static readonly ZoneClock Clock = ZoneClock.Find(Zone)!;

    private readonly TimeOnly due;

    /// <summary>Creates the calendar of a report that is due at a time of every day.</summary>
    /// <param name="due">The time in Seoul.</param>
    public ReportCalendar(TimeOnly due) => this.due = due;

    /// <summary>
    /// The day whose report is the newest due one at a moment: before the due time it is still yesterday's, so that one made up in the
    /// night leaves the morning's to the morning.
    /// </summary>
    public DateOnly DayAt(DateTimeOffset moment)
    {
        var today = Clock.DateAt(moment);
        return moment >= Clock.When(today, due) ? today : today.AddDays(-1);
    }

    /// <summary>Whether the report after a moment is due on a later date than the moment's own.</summary>
    public bool IsNextTomorrow(DateTimeOffset moment) => moment >= Clock.When(Clock.DateAt(moment), due);

    /// <summary>The due time.</summary>
    public TimeOnly Due => due;

    /// <summary>The whole date before a report's day, Unix seconds: its first moment and the first after it.</summary>
    public static (long From, long To) DayBefore(DateOnly day) =>
        (Clock.When(day.AddDays(-1), TimeOnly.MinValue).ToUnixTimeSeconds(), Clock.When(day, TimeOnly.MinValue).ToUnixTimeSeconds());

    /// <summary>A moment as Seoul's clocks show it.</summary>
    public static DateTime Local(DateTimeOffset moment)
    {
        var date = Clock.DateAt(moment);
        return date.ToDateTime(TimeOnly.MinValue) + (moment - Clock.When(date, TimeOnly.MinValue));
    }
}
