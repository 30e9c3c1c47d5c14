using Finstage.Analysis.Candles;

namespace Finstage.Silo.Api;

/// <summary>Errors as problem details that name the field and what to write.</summary>
internal static class Problems
{
    public static IResult BadField(string field, string detail) => Results.ValidationProblem(
        new Dictionary<string, string[]> { [field] = [detail] }, detail: $"{field}: {detail}", title: "The request has a fault.");

    public static IResult NotFound(string detail) =>
        Results.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "Not found.");
}

/// <summary>Reads the query's words; each fault names its field.</summary>
internal static class Read
{
    public static bool Interval(string? text, out CandleInterval interval, out IResult? problem)
    {
        problem = CandleIntervals.TryParse(text ?? "1d", out interval)
            ? null
            : Problems.BadField("interval", $"'{text}' is none of {CandleIntervals.KnownCodes}.");
        return problem is null;
    }

    public static bool Limit(int? value, int fallback, int most, out int limit, out IResult? problem, string field = "limit")
    {
        limit = value ?? fallback;
        problem = limit >= 1 && limit <= most ? null : Problems.BadField(field, $"{limit} is not from 1 to {most}.");
        return problem is null;
    }

    /// <summary>A moment as ISO 8601 text, UTC where it names no offset.</summary>
    public static bool Time(string field, string? text, long fallback, out long time, out IResult? problem)
    {
        const System.Globalization.DateTimeStyles Utc =
            System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal;
        problem = null;
        time = fallback;
        if (text is null)
        {
            return true;
        }

        if (DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, Utc, out var moment))
        {
            time = moment.ToUnixTimeSeconds();
            return true;
        }

        problem = Problems.BadField(field, $"'{text}' is no time; write 2024-01-31 or 2024-01-31T14:30:00Z.");
        return false;
    }

    /// <summary>Where an earlier part of a list ended, such as <c>1700000000_42</c>.</summary>
    public static bool Cursor(string? text, out (long Time, long Id)? before, out IResult? problem)
    {
        (before, problem) = (null, null);
        if (text is null)
        {
            return true;
        }

        var words = text.Split('_');
        if (words.Length == 2
            && long.TryParse(words[0], System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var time)
            && long.TryParse(words[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id))
        {
            before = (time, id);
            return true;
        }

        problem = Problems.BadField("cursor", "it is not one that this API gave out.");
        return false;
    }
}
