namespace Finstage.Analysis.Reports;

/// <summary>The alerts of the date before, and what became of them. Pure and thread-safe.</summary>
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

        var known = (from told in facts.Told where told.Outcome is not null select (Told: told, Outcome: told.Outcome)).ToList();
        var waiting = facts.Told.Count - known.Count;
        if (known.Count == 0)
        {
            yield return Line("told.waiting", waiting) with { Samples = waiting, Sources = [.. facts.Told.Take(Most).Select(Source)] };
            yield break;
        }

        yield return Line(
            "told.summary", known.Count, known.Count(k => k.Outcome.Return > 0), Share.Return(known.Average(k => k.Outcome.Return)), waiting) with
        {
            Samples = known.Count,
            Sources = [.. known.Select(k => k.Outcome.Source)],
        };
        foreach (var (told, outcome) in known.OrderByDescending(k => Math.Abs(k.Outcome.Return)).ThenBy(k => k.Told.Key, StringComparer.Ordinal).Take(Most))
        {
            yield return Line(
                "told.line", told.Name, new StrategyName(told.Strategy), told.Direction, new Decimals(told.Close, 2),
                new Decimals(outcome.ExitClose, 2), Share.Return(outcome.Return), outcome.Horizon) with { Samples = 1, Sources = [outcome.Source, Source(told)] };
        }

        if (known.Count > Most)
        {
            yield return Line("told.more", known.Count - Most);
        }
    }

    private static string Source(ToldFacts told) => $"outbox|{told.Key}";

    private static ReportLine Line(string key, params IReadOnlyList<object?> values) => new(ReportSection.Backtests, key, values);
}
