namespace Finstage.Analysis.Calendars;

/// <summary>
/// Futures markets that trade around the clock: a session opens on the evening before its trade date and closes on it. What is traded
/// on a weekend or a holiday belongs to the trade date that follows, so <see cref="TradingCalendar.SessionOf"/> always names a session;
/// the pause after a close belongs to the session that ended.
/// Trade dates are the weekdays that are no holiday of the New York exchanges: on a holiday Globex trades for some hours, nothing is
/// settled, and the price feeds show no candle of its own. Such hours are <see cref="SessionHours.PreOpen"/> to
/// <see cref="SessionHours.Open"/> of the next session; when they end early is not known here.
/// Simplified: today's hours hold for all years; unscheduled closures of the share exchanges are sessions, as most of them were; Good
/// Friday is none, though index futures trade on it for some hours when the employment report falls on it.
/// </summary>
internal sealed class OvernightSessions(string name, OvernightHours hours) : TradingCalendar
{
    private const int MinuteSeconds = 60;
    private readonly ZoneDates dates = new(hours.Zone);
    private readonly int opens = ((hours.Opens.Hour * MinuteSeconds) + hours.Opens.Minute) * MinuteSeconds;

    public override string Name => name;

    public override string Zone => hours.Zone;

    public override int SessionOf(long time)
    {
        var (day, seconds) = dates.LocalAt(time);
        var date = DateOnly.FromDayNumber(day + EpochDayNumber);
        var session = seconds < opens && IsSession(date) ? date : NextSession(date);
        return session.DayNumber - EpochDayNumber;
    }

    public override bool IsSession(DateOnly date) => UsHolidays.IsTradingDay(date);

    public override bool IsHalfDay(DateOnly date) =>
        hours.ClosesOnHalfDays != hours.Closes && IsSession(date) && (date.Month, date.Day) switch
        {
            (7, 3) => hours.IsShortBeforeIndependenceDay,
            (11, > 22 and < 30) => date.DayOfWeek == DayOfWeek.Friday,
            (12, 24) => true,
            _ => false,
        };

    public override SessionHours HoursOf(DateOnly date)
    {
        if (!IsSession(date))
        {
            throw new ArgumentException($"{Name} has no trade date {date:yyyy-MM-dd}.", nameof(date));
        }

        var close = TimeAt(date, IsHalfDay(date) ? hours.ClosesOnHalfDays : hours.Closes);
        return new SessionHours(EveningBefore(FirstDayOf(date)), EveningBefore(date), close, close);
    }

    // The first day whose trade counts for a session: a holiday before it on which some hours are traded, else its own.
    private DateOnly FirstDayOf(DateOnly session)
    {
        var first = session;
        for (var day = session.AddDays(-1); !IsSession(day); day = day.AddDays(-1))
        {
            var isHoliday = UsHolidays.IsHoliday(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
            if (hours.TradesOnHolidays && isHoliday && !UsHolidays.IsFullHoliday(day))
            {
                first = day;
            }
        }

        return first;
    }

    private long EveningBefore(DateOnly date)
    {
        var evening = date.AddDays(-1);
        return TimeAt(evening, evening.DayOfWeek == DayOfWeek.Sunday ? hours.OpensOnSunday : hours.Opens);
    }

    private long TimeAt(DateOnly date, TimeOnly time) => dates.TimeAt(date, time.Hour, time.Minute);
}
