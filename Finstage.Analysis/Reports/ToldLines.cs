namespace Finstage.Analysis.Reports;

/// <summary>The alerts of the date before, and where prices went since. Pure and thread-safe.</summary>
internal static class ToldLines
{
    private const int Most = 8;

    public static IEnumerable<ReportLine> Of(ReportFacts facts)
    {
        yield return DailyReport.Heading(ReportSection.Backtests, "told.heading", facts.Day.AddDays(-1));
        if (facts.Told.Count == 0)
        {
            yield return Line("told.none");
            yield break;
        }

        var known = facts.Told.Where(t => !double.IsNaN(t.Gain)).ToList();
        var waiting = facts.Told.Count - known.Count;
        if (known.Count == 0)
        {
            yield return Line("told.waiting", waiting) with { Samples = waiting, Sources = [.. facts.Told.Take(Most).Select(Source)] };
            yield break;
        }

        yield return Line("told.summary", known.Count, known.Count(t => t.Gain > 0), Share.Return(known.Average(t => t.Gain)), waiting) with
        {
            Samples = known.Count,
            Sources = [.. known.Select(Source)],
        };
        foreach (var told in known.OrderByDescending(t => Math.Abs(t.Gain)).ThenBy(t => t.Key, StringComparer.Ordinal).Take(Most))
        {
            yield return Line(
                "told.line", told.Name, new StrategyName(told.Strategy), told.Direction, new Decimals(told.Close, 2), new Decimals(told.Now, 2),
                Share.Return(told.Gain)) with { Samples = 1, Sources = [Source(told)] };
        }

        if (known.Count > Most)
        {
            yield return Line("told.more", known.Count - Most);
        }
    }

    private static string Source(ToldFacts told) => $"outbox|{told.Key}";

    private static ReportLine Line(string key, params IReadOnlyList<object?> values) => new(ReportSection.Backtests, key, values);
}
