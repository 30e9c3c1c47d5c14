using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Text;

namespace Finstage.Grains.Jobs;

/// <summary>
/// Schedules as people write and read them: <c>every 30 min</c> (min, h, d), <c>daily 08:00 Asia/Seoul</c>,
/// <c>after session NYSE, CME + 20 min</c>, <c>manual</c>. Pure and thread-safe.
/// </summary>
public static partial class JobScheduleText
{
    private const int MinutesPerHour = 60;
    private const int MinutesPerDay = 24 * MinutesPerHour;

    // Far outside every limit, and far inside what a time span holds.
    private const long FarMinutes = 1_000_000;

    private const string Examples = "'every 30 min', 'daily 08:00 Asia/Seoul', 'after session NYSE + 20 min' or 'manual'";

    private static readonly ResourceManager Texts = new("Finstage.Grains.Jobs.JobTexts", typeof(JobScheduleText).Assembly);

    /// <summary>Reads a schedule from settings; case and spaces do not count, except in a zone's name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="field">The setting's name, which begins the sentence of a fault.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="fault">What is wrong and how to mend it.</param>
    /// <returns>Whether the text is a schedule.</returns>
    public static bool TryParse(
        string? text, string field, [NotNullWhen(true)] out JobSchedule? schedule, [NotNullWhen(false)] out string? fault)
    {
        var words = (text ?? string.Empty).Trim();
        (schedule, fault) =
            words.Length == 0 ? (null, $"is empty; write {Examples}")
            : words.ToUpperInvariant() is "MANUAL" or "BY HAND" ? (JobSchedule.Manual, null)
            : EveryText().Match(words) is { Success: true } every ? Every(every.Groups["length"].Value)
            : DailyText().Match(words) is { Success: true } daily ? Daily(daily.Groups["time"].Value, daily.Groups["zone"].Value)
            : AfterText().Match(words) is { Success: true } after ? After(after.Groups["names"].Value, after.Groups["delay"].Value)
            : (null, $"is '{words}', which is no schedule; write {Examples}");
        if (schedule is not null)
        {
            fault = null;
            return true;
        }

        fault = $"{field} {fault}" + (fault!.EndsWith('?') ? string.Empty : ".");
        return false;
    }

    /// <summary>The schedule in a sentence's words, such as <c>30분마다</c> or <c>every day at 08:00 (Asia/Seoul)</c>.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    public static string Describe(JobSchedule schedule, string language) => schedule switch
    {
        IntervalSchedule every => Format(language, "Every", Length(every.Interval, language)),
        DailySchedule daily => Format(language, "Daily", daily.Time, daily.Zone),
        SessionSchedule { Delay.Ticks: 0 } after => Format(language, "AtClose", string.Join(", ", after.Exchanges)),
        SessionSchedule after => Format(language, "AfterClose", string.Join(", ", after.Exchanges), Length(after.Delay, language)),
        _ => Format(language, "Manual"),
    };

    /// <summary>A length of time as settings write it, in its largest whole unit.</summary>
    internal static string Length(TimeSpan length)
    {
        var (count, unit) = Unit(length);
        return string.Create(CultureInfo.InvariantCulture, $"{count} {unit}");
    }

    private static string Length(TimeSpan length, string language)
    {
        var (count, unit) = Unit(length);
        return Format(language, unit, count);
    }

    private static (long Count, string Unit) Unit(TimeSpan length)
    {
        var minutes = length.Ticks / TimeSpan.TicksPerMinute;
        return minutes > 0 && minutes % MinutesPerDay == 0 ? (minutes / MinutesPerDay, "d")
            : minutes > 0 && minutes % MinutesPerHour == 0 ? (minutes / MinutesPerHour, "h")
            : (minutes, "min");
    }

    private static (JobSchedule?, string?) Every(string text)
    {
        if (Minutes(text) is not { } length)
        {
            return (null, $"has the interval '{text}', which is no length of time; write for example 'every 30 min', 'every 4 h' or 'every 1 d'");
        }

        return length < JobSchedule.MinInterval || length > JobSchedule.MaxInterval
            ? (null, $"has the interval '{text}', but it must be from 1 min to 31 d; write for example 'every 30 min'")
            : (JobSchedule.Every(length), null);
    }

    private static (JobSchedule?, string?) Daily(string text, string zone)
    {
        if (!TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return (null, $"has the time '{text}', which is no time of day; write hours and minutes from 00:00 to 23:59");
        }

        if (zone.Length == 0)
        {
            return (null, $"names no time zone; write for example 'daily {text} Asia/Seoul'");
        }

        return ZoneClock.Find(zone) is null
            ? (null, $"names the time zone '{zone}', which is unknown; write an IANA name such as Asia/Seoul{Hint(zone, ZoneClock.Names)}")
            : (JobSchedule.Daily(time, zone), null);
    }

    private static (JobSchedule?, string?) After(string names, string delay)
    {
        var known = TradingCalendar.Known.Select(c => c.Name).ToList();
        var calendars = new List<TradingCalendar>();
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries))
        {
            var calendar = TradingCalendar.For(name);
            if (calendar == TradingCalendar.Utc && !name.Equals(calendar.Name, StringComparison.OrdinalIgnoreCase))
            {
                return (null, $"names the exchange '{name}', which is unknown; write some of {string.Join(", ", known)}{Hint(name, known)}");
            }

            calendars.Add(calendar);
        }

        if (delay.Length == 0)
        {
            return (JobSchedule.AfterSession(calendars), null);
        }

        return Minutes(delay) is { } length && length >= TimeSpan.Zero && length <= JobSchedule.MaxDelay
            ? (JobSchedule.AfterSession(length, calendars), null)
            : (null, $"has the delay '{delay}', but it must be from 0 min to 12 h; write for example 'after session NYSE + 20 min'");
    }

    // Whole minutes; null when the text is no length of time.
    private static TimeSpan? Minutes(string text)
    {
        var match = LengthText().Match(text);
        if (!match.Success || !int.TryParse(match.Groups["count"].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var unit = char.ToUpperInvariant(match.Groups["unit"].Value[0]) switch
        {
            'D' => MinutesPerDay,
            'H' => MinutesPerHour,
            _ => 1,
        };
        return TimeSpan.FromMinutes(Math.Clamp((long)count * unit, -FarMinutes, FarMinutes));
    }

    private static string Hint(string word, IEnumerable<string> candidates)
    {
        var near = Nearest.Of(word, candidates);
        return near.Count == 0 ? string.Empty : $"; did you mean {string.Join(" or ", near)}?";
    }

    private static string Format(string language, string key, params object[] values)
    {
        var text = Texts.GetString(key, CultureInfo.GetCultureInfo(language)) ?? throw new InvalidOperationException($"There is no text '{key}'.");
        return string.Format(CultureInfo.InvariantCulture, text, values);
    }

    [GeneratedRegex(@"^every\s+(?<length>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EveryText();

    [GeneratedRegex(@"^daily(\s+at)?\s+(?<time>\S+)(\s+(in\s+)?(?<zone>\S+))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DailyText();

    [GeneratedRegex(@"^after\s+sessions?\s+(of\s+)?(?<names>[^+]+?)\s*(\+\s*(?<delay>.+))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AfterText();

    [GeneratedRegex(@"^(?<count>[+-]?\d+)\s*(?<unit>m|min|minutes?|h|hours?|d|days?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LengthText();
}
