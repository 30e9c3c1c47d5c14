using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Finstage.Adapters.News;

/// <summary>Reads the times of feeds: RFC 822 and its relatives, ISO 8601, and "Sep 26, 2025 08:01". Pure and thread-safe.</summary>
internal static partial class NewsTime
{
    private const int MaxLength = 64;

    private const string Clock = @"(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2}))?\s*";
    private const string Zone = "(?<zone>[A-Za-z]{1,5}|[+-][0-9]{2}:?[0-9]{2})?";

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    // Names that mean one offset wherever they are written, and those of RFC 822.
    private static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0, ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["EST"] = -300, ["EDT"] = -240, ["CST"] = -360, ["CDT"] = -300, ["MST"] = -420,
        ["MDT"] = -360, ["PST"] = -480, ["PDT"] = -420, ["CET"] = 60, ["CEST"] = 120, ["KST"] = 540, ["JST"] = 540,
    };

    /// <summary>Reads a time.</summary>
    /// <param name="text">The time as written.</param>
    /// <param name="zone">The zone of a time that names none.</param>
    /// <returns>The time in UTC; null where the text is none, or names a zone that could be several.</returns>
    public static DateTimeOffset? Parse(string? text, DateTimeZone zone)
    {
        var value = text?.Trim();
        if (value is null || value.Length > MaxLength)
        {
            return null;
        }

        var match = Iso().Match(value) is { Success: true } iso ? iso
            : Rfc822().Match(value) is { Success: true } rfc ? rfc
            : American().Match(value);
        if (!match.Success || !TryLocal(match, out var local))
        {
            return null;
        }

        var name = match.Groups["zone"].Value;
        if (name.Length == 0)
        {
            return zone.AtLeniently(local).ToDateTimeOffset().ToUniversalTime();
        }

        return TryOffset(name, out var minutes) ? local.WithOffset(Offset.FromHoursAndMinutes(0, minutes)).ToInstant().ToDateTimeOffset() : null;
    }

    private static bool TryLocal(Match match, out LocalDateTime local)
    {
        local = default;
        var year = Number(match, "year");
        year += match.Groups["year"].Length > 2 ? 0 : year < 70 ? 2000 : 1900;
        var name = match.Groups["month"].Value;
        var month = char.IsAsciiDigit(name[0])
            ? int.Parse(name, CultureInfo.InvariantCulture)
            : Array.FindIndex(Months, m => name.StartsWith(m, StringComparison.OrdinalIgnoreCase)) + 1;
        var (day, hour, minute) = (Number(match, "day"), Number(match, "hour"), Number(match, "minute"));
        if (year is < 1970 or > 9000 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59)
        {
            return false;
        }

        // A leap second counts as the one before it.
        local = new LocalDateTime(year, month, day, hour, minute, Math.Min(Number(match, "second"), 59));
        return true;
    }

    private static bool TryOffset(string name, out int minutes)
    {
        if (Zones.TryGetValue(name, out minutes))
        {
            return true;
        }

        var digits = name[1..].Replace(":", string.Empty, StringComparison.Ordinal);
        if (name[0] is not ('+' or '-') || digits.Length != 4)
        {
            return false;
        }

        minutes = (int.Parse(digits[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(digits[2..], CultureInfo.InvariantCulture);
        minutes = name[0] == '-' ? -minutes : minutes;
        return Math.Abs(minutes) <= 18 * 60;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})(?:[T ](?<hour>[0-9]{2}):(?<minute>[0-9]{2})"
        + @"(?::(?<second>[0-9]{2})(?:\.[0-9]{1,9})?)?\s?" + Zone + ")?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    [GeneratedRegex(
        @"^(?:[A-Za-z]{3,9},?\s+)?(?<day>[0-9]{1,2})[\s-](?<month>[A-Za-z]{3,9})[\s-](?<year>[0-9]{4}|[0-9]{2})\s+" + Clock + Zone + "$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Rfc822();

    [GeneratedRegex(
        @"^(?<month>[A-Za-z]{3,9})\s+(?<day>[0-9]{1,2}),?\s+(?<year>[0-9]{4})\s+" + Clock + Zone + "$", RegexOptions.CultureInvariant)]
    private static partial Regex American();
}
