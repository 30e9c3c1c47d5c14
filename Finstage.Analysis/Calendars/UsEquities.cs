namespace Finstage.Analysis.Calendars;

/// <summary>
/// The share exchanges of New York: 09:30 to 16:00, half days to 13:00; pre-market from 04:00, post-market four hours after the
/// close. Holidays and half days by rule, unscheduled closures as data; good from 1990 on.
/// </summary>
internal sealed class UsEquities(string name) : TradingCalendar
{
    private const string NewYork = "America/New_York";
    private readonly ZoneDates dates = new(NewYork);

    public override string Name => name;

    public override string Zone => NewYork;

    public override int SessionOf(long time) => dates.DateAt(time);

    public override bool IsSession(DateOnly date) => UsHolidays.IsTradingDay(date) && !UsClosures.Dates.Contains(date);

    public override bool IsHalfDay(DateOnly date) => IsSession(date) && UsHolidays.IsHalfDay(date);

    public override SessionHours HoursOf(DateOnly date)
    {
        if (!IsSession(date))
        {
            throw new ArgumentException($"{Name} does not trade on {date:yyyy-MM-dd}.", nameof(date));
        }

        var close = IsHalfDay(date) ? 13 : 16;
        return new SessionHours(
            dates.TimeAt(date, 4, 0), dates.TimeAt(date, 9, 30), dates.TimeAt(date, close, 0), dates.TimeAt(date, close + 4, 0));
    }
}
