using Finstage.Adapters.Http;

namespace Finstage.Silo.Metrics;

/// <summary>What the grains' host measures, as one row for each kind of grain. Pure and thread-safe.</summary>
internal static class GrainTurns
{
    private const double Share = 0.99;

    /// <summary>The kinds in the order of their names, of all that was measured.</summary>
    public static IReadOnlyList<GrainKindDto> Of(IReadOnlyList<MetricFamily> families)
    {
        var (living, waiting, longest) = (Named("grains"), Named("queue"), Named("queue.longest"));
        var (turns, durations) = (Named("turns"), Named("turn.duration"));
        return [.. living.Concat(turns).Select(s => Label(s, "kind")).Distinct().Order(StringComparer.Ordinal).Select(kind =>
        {
            var took = durations.FirstOrDefault(s => Label(s, "kind") == kind) ?? MetricSeries.Of(0);
            return new GrainKindDto(
                kind, Sum(living, kind) ?? 0, Sum(waiting, kind), Sum(longest, kind), Sum(turns, kind) ?? 0,
                Sum([.. turns.Where(s => Label(s, "outcome") == "failed")], kind) ?? 0,
                took.Count == 0 ? 0 : Milliseconds(took.Value / took.Count), Milliseconds(Quantile(took, Share)));
        })];

        // Several hosts in one process have a family each.
        IReadOnlyList<MetricSeries> Named(string name) => [.. families.Where(f => f.Name == $"finstage.hosting.{name}").SelectMany(f => f.Series)];
    }

    // As Prometheus' histogram_quantile does it: evenly spread within a bucket; what is beyond the last bound is given as that bound.
    private static double Quantile(MetricSeries histogram, double share)
    {
        var rank = share * histogram.Count;
        var below = 0L;
        for (var i = 0; i < histogram.Bounds.Count; i++)
        {
            var inside = histogram.Buckets[i];
            if (inside > 0 && below + inside >= rank)
            {
                var from = i == 0 ? 0 : histogram.Bounds[i - 1];
                return from + ((histogram.Bounds[i] - from) * (rank - below) / inside);
            }

            below += inside;
        }

        return histogram.Bounds.Count == 0 ? 0 : histogram.Bounds[^1];
    }

    private static long? Sum(IReadOnlyList<MetricSeries> series, string kind)
    {
        var own = series.Where(s => Label(s, "kind") == kind).ToList();
        return own.Count == 0 ? null : (long)own.Sum(s => s.Value);
    }

    private static string Label(MetricSeries series, string name) => series.Labels.FirstOrDefault(l => l.Key == name).Value ?? string.Empty;

    private static double Milliseconds(double seconds) => Math.Round(seconds * 1_000, 3);
}
