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

        foreach (var line in Freshness.LateRun(ReportSection.Clusters, "clusters", facts.ClustersAt, facts.At))
        {
            yield return line;
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
        var newest = facts.Newest ?? long.MinValue;
        var indices = facts.Symbols.Where(s => s.Category == SymbolCategory.Index && places.ContainsKey(s.Name.Code)).ToList();
        if (indices.Count > 0)
        {
            yield return Line("clusters.today", new Several(
            [
                .. indices.Select(s => Place(s.Name, places[s.Name.Code], clusters, newest)),
            ])) with { Samples = indices.Count, Sources = [.. indices.Select(s => $"cluster_today|1d|{s.Name.Code}")] };
        }

        var current = clusters.Today.Where(t => Freshness.IsCurrent(t.Time, newest)).ToList();
        if (current.Count > 0)
        {
            yield return Line("clusters.members", new Several(
            [
                .. clusters.Model.Clusters.Select(c => new Phrase("cluster.members", c.Number, current.Count(t => t.Place.Cluster == c.Number))),
            ])) with { Samples = current.Count, Sources = ["cluster_today|1d|*"] };
        }

        var far = facts.Symbols.Where(s => facts.IsCurrent(s) && places.TryGetValue(s.Name.Code, out var today) && today.Place.IsFar).ToList();
        if (far.Count > 0)
        {
            yield return Line("clusters.far", new Several([.. far.Take(MostNames).Select(s => s.Name)]), far.Count) with
            {
                Samples = far.Count,
                Sources = [.. far.Take(MostNames).Select(s => $"cluster_today|1d|{s.Name.Code}")],
            };
        }
    }

    // A place of long ago says of when it is.
    private static Phrase Place(SymbolName name, ClusterToday today, ClusterFacts clusters, long newest)
    {
        var (cluster, distance) = (today.Place.Cluster, new Decimals(today.Place.Distance, 1));
        var shape = clusters.Model.Clusters[cluster - 1].Shape;
        return Freshness.IsCurrent(today.Time, newest)
            ? new Phrase("cluster.place", name, cluster, shape, distance)
            : new Phrase("cluster.place.old", name, cluster, shape, distance, DailyReport.Date(today.Time));
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
