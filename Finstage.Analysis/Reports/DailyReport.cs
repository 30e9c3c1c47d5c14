namespace Finstage.Analysis.Reports;

/// <summary>
/// Composes the daily report out of what is stored: which lines it has, and which figures fill them. No line says anything that its
/// values do not hold; a part without data says so. Pure and thread-safe.
/// </summary>
public static class DailyReport
{
    /// <summary>The lines of a report, in order.</summary>
    public static IReadOnlyList<ReportLine> Compose(ReportFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return
        [
            new ReportLine(ReportSection.Title, "title", ReportCalendar.Local(facts.At)),
            .. Freshness.OldPrices(facts),
            .. BacktestLines.Of(facts),
            .. ChangeLines.Of(facts),
            .. ToldLines.Of(facts),
            .. PatternLines.Of(facts),
            .. ClusterLines.Of(facts),
            .. InsightLines.Of(facts),
            .. SummaryLines.Of(facts),
            .. Glossary(facts.FullGlossary),
            new ReportLine(ReportSection.Next, facts.Calendar.IsNextTomorrow(facts.At) ? "next.tomorrow" : "next.today", facts.Calendar.Due)
            {
                OpensBlock = true,
            },
        ];
    }

    /// <summary>What the words mean: in full, or where to find it.</summary>
    public static IEnumerable<ReportLine> Glossary(bool inFull)
    {
        yield return Heading(ReportSection.Glossary, "glossary.heading");
        if (!inFull)
        {
            yield return new ReportLine(ReportSection.Glossary, "glossary.short");
            yield break;
        }

        foreach (var word in (string[])["backtest", "rate", "sharpe", "ma200", "cross", "rsi", "clusters", "confidence"])
        {
            yield return new ReportLine(ReportSection.Glossary, $"glossary.{word}");
        }
    }

    /// <summary>A part's heading.</summary>
    internal static ReportLine Heading(ReportSection section, string key, params IReadOnlyList<object?> values) =>
        new(section, key, values) { OpensBlock = true };

    /// <summary>A date as days since 1970-01-01.</summary>
    internal static DateOnly Date(int days) => DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(days));

    /// <summary>The date that a daily candle is stamped with.</summary>
    internal static DateOnly Date(long time) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(time).UtcDateTime);
}
