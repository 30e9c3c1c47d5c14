namespace Finstage.Analysis.Calendars;

/// <summary>
/// The holidays and half days of the New York share exchanges, by rule (NYSE Rule 7.2: a holiday on a Saturday is kept on the Friday
/// before, one on a Sunday on the Monday after; New Year's Day on a Saturday is not kept). Pure and thread-safe.
/// </summary>
internal static class UsHolidays
{
    private const int MartinLutherKingSince = 1998;
    private const int JuneteenthSince = 2022;

    /// <summary>Whether a date is neither on a weekend nor a holiday by rule.</summary>
    public static bool IsTradingDay(DateOnly date) => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(date);

    /// <summary>Whether nobody trades at all on a holiday, Globex included: New Year's Day, Good Friday and Christmas.</summary>
    public static bool IsFullHoliday(DateOnly date) => IsHoliday(date) && (date.Month is 3 or 4 or 12 || (date.Month == 1 && date.Day < 3));

    /// <summary>Whether the exchanges are closed on a weekday by rule.</summary>
    public static bool IsHoliday(DateOnly date)
    {
        var (year, month, day) = (date.Year, date.Month, date.Day);
        var isMonday = date.DayOfWeek == DayOfWeek.Monday;
        return month switch
        {
            1 => day == 1 || (day == 2 && isMonday) || (isMonday && day is > 14 and < 22 && year >= MartinLutherKingSince),
            2 => isMonday && day is > 14 and < 22,
            3 or 4 => date == Easter(year).AddDays(-2),
            5 => isMonday && day > 24,
            6 => year >= JuneteenthSince && IsKeptOn(date, 19),
            7 => IsKeptOn(date, 4),
            9 => isMonday && day < 8,
            11 => date.DayOfWeek == DayOfWeek.Thursday && day is > 21 and < 29,
            12 => IsKeptOn(date, 25),
            _ => false,
        };
    }

    /// <summary>Whether a session ends early by rule: around Independence Day, after Thanksgiving, on Christmas Eve.</summary>
    public static bool IsHalfDay(DateOnly date)
    {
        var (year, weekday) = (date.Year, date.DayOfWeek);
        return (date.Month, date.Day) switch
        {
            (7, 3) => weekday != DayOfWeek.Wednesday || year >= 2013,
            (7, 5) => weekday == DayOfWeek.Friday && year < 2013,
            (11, > 22 and < 30) => weekday == DayOfWeek.Friday,
            (12, 24) => weekday != DayOfWeek.Friday,
            _ => UsClosures.HalfDays.Contains(date),
        };
    }

    /// <summary>Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).</summary>
    public static DateOnly Easter(int year)
    {
        var golden = year % 19;
        var (century, inCentury) = (year / 100, year % 100);
        var correction = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - (century / 4) - correction + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (inCentury / 4)) - epact - (inCentury % 4)) % 7;
        var shift = (golden + (11 * epact) + (22 * weekday)) / 451;
        var place = epact + weekday - (7 * shift) + 114;
        return new DateOnly(year, place / 31, (place % 31) + 1);
    }

    private static bool IsKeptOn(DateOnly date, int day) =>
        date.Day == day
        || (date.Day == day - 1 && date.DayOfWeek == DayOfWeek.Friday)
        || (date.Day == day + 1 && date.DayOfWeek == DayOfWeek.Monday);
}
