using Finstage.Analysis.Clustering;

namespace Finstage.Analysis.Reports;

/// <summary>The figures that matter most. Pure and thread-safe.</summary>
internal static class SummaryLines
{
    public static IEnumerable<ReportLine> Of(ReportFacts facts)
    {
        yield return DailyReport.Heading(ReportSection.Summary, "summary.heading");
        yield return facts.Backtests?.Find(null, null) is { } all
            ? Line("summary.accuracy", new Share(all.SuccessRate), all.Horizon, all.Samples, Share.Return(all.Average), Share.Return(all.Drift)) with
            {
                Samples = all.Samples,
                Sources = [all.Source],
            }
            : Line("summary.accuracy.none");
        yield return facts.Patterns is { } patterns
            ? Line("summary.patterns", patterns.Counts.Sum(c => c.Surviving), patterns.Counts.Sum(c => c.Tested)) with
            {
                Samples = patterns.Counts.Sum(c => c.Tested),
                Sources = ["insight_runs|patterns|1d"],
            }
            : Line("summary.patterns.none");
        yield return facts.Clusters is { } clusters
            ? Line(
                "summary.clusters", clusters.Model.Clusters.Count, Count(clusters, ClusterDirection.Up), Count(clusters, ClusterDirection.Down),
                Count(clusters, ClusterDirection.Neutral)) with
            {
                Samples = clusters.Model.Windows,
                Sources = ["clusters|1d", "cluster_returns|1d"],
            }
            : Line("summary.clusters.none");
        yield return facts.Risk is { } risk
            ? Line("summary.risk", risk.Level, RiskPhrase(risk)) with { Samples = risk.Samples, Sources = [RiskSource(risk)] }
            : Line("summary.risk.none");
        yield return Line("summary.survivors");
    }

    /// <summary>What a risk level rests on.</summary>
    public static Phrase RiskPhrase(RiskFacts risk) => risk.IsVix
        ? new Phrase("risk.vix", new Decimals(risk.Value, 2), DailyReport.Date(risk.Time))
        : new Phrase("risk.deviation", new Share(risk.Value), DailyReport.Date(risk.Time), risk.Samples);

    /// <summary>The stored row that a risk level comes from.</summary>
    public static string RiskSource(RiskFacts risk) => $"candles|{risk.Symbol}|1d|{risk.Time}";

    private static int Count(ClusterFacts clusters, ClusterDirection direction) =>
        clusters.Model.Clusters.Count(c => clusters.Of(c.Number).Direction == direction);

    private static ReportLine Line(string key, params IReadOnlyList<object?> values) => new(ReportSection.Summary, key, values);
}
