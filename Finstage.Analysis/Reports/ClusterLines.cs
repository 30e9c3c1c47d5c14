using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Clustering;
using Finstage.Analysis.Symbols;

namespace Finstage.Analysis.Reports;

/// <summary>What clusters there are, which of them go up or down, and where symbols stand. Pure and thread-safe.</summary>
internal static class ClusterLines
{
    private const int MostNames = 10;

    public static IEnumerable<ReportLine> Of(ReportFacts facts)
    {
        yield return DailyReport.Heading(ReportSection.Clusters, "clusters.heading");
        if (facts.Clusters is not { } clusters)
        {
            yield return Line("clusters.none");
            yield break;
        }

        var model = clusters.Model;
        yield return Line("clusters.count", model.Clusters.Count, model.Windows, DailyReport.Date(model.Until)) with
        {
            Samples = model.Windows,
            Sources = ["insight_runs|clusters|1d"],
        };
        foreach (var (direction, key) in (IEnumerable<(ClusterDirection, string)>)
        [
            (ClusterDirection.Up, "clusters.up"), (ClusterDirection.Down, "clusters.down"), (ClusterDirection.Neutral, "clusters.neutral"),
            (ClusterDirection.Unknown, "clusters.unknown"),
        ])
        {
            var own = model.Clusters.Where(c => clusters.Of(c.Number).Direction == direction).ToList();
            if (own.Count > 0 || direction != ClusterDirection.Unknown)
            {
                yield return Line(key, own.Count == 0 ? new Phrase("none") : new Several([.. own.Select(c => Figure(c, clusters))])) with
                {
                    Samples = own.Sum(c => clusters.Of(c.Number).Returns.Count),
                    Sources = [.. own.Select(c => Source(c.Number))],
                };
            }
        }

        foreach (var line in Today(facts, clusters))
        {
            yield return line;
        }
    }

    /// <summary>The stored row of what came after a cluster.</summary>
    public static string Source(int cluster) => $"cluster_returns|1d|{cluster}|{ClusterFacts.Judged.Code()}";

    private static IEnumerable<ReportLine> Today(ReportFacts facts, ClusterFacts clusters)
    {
        var places = clusters.Today.ToDictionary(t => t.Symbol);
        var indices = facts.Symbols.Where(s => s.Category == SymbolCategory.Index && places.ContainsKey(s.Name.Code)).ToList();
        if (indices.Count > 0)
        {
            yield return Line("clusters.today", new Several(
            [
                .. indices.Select(s => new Phrase(
                    "cluster.place", s.Name, places[s.Name.Code].Place.Cluster,
                    clusters.Model.Clusters[places[s.Name.Code].Place.Cluster - 1].Shape, new Decimals(places[s.Name.Code].Place.Distance, 1))),
            ])) with { Samples = indices.Count, Sources = [.. indices.Select(s => $"cluster_today|1d|{s.Name.Code}")] };
        }

        if (places.Count > 0)
        {
            yield return Line("clusters.members", new Several(
            [
                .. clusters.Model.Clusters.Select(c => new Phrase("cluster.members", c.Number, clusters.Today.Count(t => t.Place.Cluster == c.Number))),
            ])) with { Samples = places.Count, Sources = ["cluster_today|1d|*"] };
        }

        var far = facts.Symbols.Where(s => places.TryGetValue(s.Name.Code, out var today) && today.Place.IsFar).ToList();
        if (far.Count > 0)
        {
            yield return Line("clusters.far", new Several([.. far.Take(MostNames).Select(s => s.Name)]), far.Count) with
            {
                Samples = far.Count,
                Sources = [.. far.Take(MostNames).Select(s => $"cluster_today|1d|{s.Name.Code}")],
            };
        }
    }

    private static Phrase Figure(Cluster cluster, ClusterFacts clusters)
    {
        var after = clusters.Of(cluster.Number);
        return after.Returns.Count == 0
            ? new Phrase("cluster.nothing", cluster.Number, cluster.Shape)
            : new Phrase(
                "cluster.figure", cluster.Number, cluster.Shape, after.Horizon, Share.Return(after.Returns.Mean), Share.Return(after.Excess.Mean),
                after.Returns.Count);
    }

    private static ReportLine Line(string key, params IReadOnlyList<object?> values) => new(ReportSection.Clusters, key, values);
}
