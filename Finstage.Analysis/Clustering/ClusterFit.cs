using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Clustering;

/// <summary>
/// Fits clusters on the windows of many series up to a date. Windows do not overlap and are counted from a series' first candle, so
/// that later candles change none of them. Deterministic for a seed, whatever the number of threads and the order of the series.
/// Pure and thread-safe.
/// </summary>
public static class ClusterFit
{
    /// <summary>The fewest windows that are fitted at all, for each cluster of the fewest tried.</summary>
    public const int WindowsPerCluster = 10;

    /// <summary>Fits clusters.</summary>
    /// <param name="series">The series; each symbol once.</param>
    /// <param name="until">The last date whose candles may be looked at, days since 1970-01-01.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Takes the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The clusters; null where there are too few windows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static ClusterModel? Fit(
        IReadOnlyList<SeriesHistory> series, int until, ClusterOptions options, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var points = Windows(series, until);
        var n = points.Length / WindowFeatures.Stride;
        if (n < WindowsPerCluster * options.Fewest)
        {
            return null;
        }

        var scale = FeatureScale.Of(points);
        scale.Apply(points);
        var most = Math.Min(options.Most, n / WindowsPerCluster);
        var best = Best(points, options, most, progress, cancellation);
        var silhouette = Silhouette.Measure(points, options.SilhouetteSample, options.Seed, cancellation);
        var scores = new double[best.Length];
        Parallel.For(0, best.Length, Threads(options, cancellation), i => scores[i] = silhouette.Score(best[i].Labels, best[i].Clusters));
        var chosen = best[Array.IndexOf(scores, scores.Max())];
        progress?.Report(1);
        return new ClusterModel(
            until, n, scale, Describe(points, chosen), best.Zip(scores).ToDictionary(p => p.First.Clusters, p => p.Second));
    }

    /// <summary>
    /// The date until which to fit when enough shall be left to judge by: the last year's end before which at most three fifths of all
    /// windows lie, or a month's end where that leaves less than three tenths to fit on. So it moves once a year or so.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <returns>The date, days since 1970-01-01; null where there is no whole window.</returns>
    public static int? UsualDate(IReadOnlyList<SeriesHistory> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var ends = series.SelectMany(Ends).Order().ToArray();
        if (ends.Length == 0)
        {
            return null;
        }

        var epoch = new DateOnly(1970, 1, 1).DayNumber;
        var latest = DateOnly.FromDayNumber(ends[ends.Length * 3 / 5] + epoch);
        var yearEnd = new DateOnly(latest.Year, 1, 1).AddDays(-1).DayNumber - epoch;
        var monthEnd = new DateOnly(latest.Year, latest.Month, 1).AddDays(-1).DayNumber - epoch;
        return ends.Count(e => e <= yearEnd) >= ends.Length * 3 / 10 ? yearEnd : monthEnd;
    }

    /// <summary>The best start of every number of clusters, the fewest first.</summary>
    private static KMeans.Result[] Best(
        double[] points, ClusterOptions options, int most, IProgress<double>? progress, CancellationToken cancellation)
    {
        var counts = Math.Max(1, most - options.Fewest + 1);
        var runs = new KMeans.Result[counts * options.Starts];
        var done = 0;
        Parallel.For(0, runs.Length, Threads(options, cancellation), i =>
        {
            // The largest first: they take the longest.
            var at = runs.Length - 1 - i;
            runs[at] = KMeans.Run(
                points, options.Fewest + (at / options.Starts), unchecked((options.Seed * 1_000_003) + at), options.Steps, cancellation);
            progress?.Report(0.95 * Interlocked.Increment(ref done) / runs.Length);
        });
        return [.. runs.Chunk(options.Starts).Select(starts => starts.MinBy(r => r.Inertia)!)];
    }

    private static ParallelOptions Threads(ClusterOptions options, CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation };

    private static double[] Windows(IReadOnlyList<SeriesHistory> series, int until)
    {
        var points = new List<double>();
        Span<double> features = stackalloc double[WindowFeatures.Stride];
        foreach (var one in series.OrderBy(s => s.Symbol, StringComparer.Ordinal))
        {
            for (var end = WindowFeatures.Length; end <= one.Candles.Length; end += WindowFeatures.Length)
            {
                if (one.Context.DateOf(one.Candles[end - 1].Time) > until)
                {
                    break;
                }

                if (WindowFeatures.TryTake(one.Candles.AsSpan(end - WindowFeatures.Length, WindowFeatures.Length), features))
                {
                    points.AddRange(features);
                }
            }
        }

        return [.. points];
    }

    private static IEnumerable<int> Ends(SeriesHistory series)
    {
        for (var end = WindowFeatures.Length; end <= series.Candles.Length; end += WindowFeatures.Length)
        {
            yield return series.Context.DateOf(series.Candles[end - 1].Time);
        }
    }

    // Numbered by size: the same clusters have the same numbers, whichever start found them.
    private static Cluster[] Describe(double[] points, KMeans.Result found)
    {
        var distances = Enumerable.Range(0, found.Clusters).Select(_ => new List<double>()).ToArray();
        for (var i = 0; i < found.Labels.Length; i++)
        {
            var own = found.Labels[i];
            distances[own].Add(Math.Sqrt(Points.SquaredDistance(Points.At(points, i), Points.At(found.Centroids, own))));
        }

        var order = Enumerable.Range(0, found.Clusters)
            .Where(c => distances[c].Count > 0)
            .OrderByDescending(c => distances[c].Count).ThenBy(c => found.Centroids[c * WindowFeatures.Stride]);
        return
        [
            .. order.Select((c, place) => new Cluster(
                place + 1, distances[c].Count, Points.At(found.Centroids, c).ToArray(), distances[c].Average(), Far(distances[c]))),
        ];
    }

    private static double Far(List<double> distances)
    {
        distances.Sort();
        return distances[(int)Math.Ceiling(0.95 * distances.Count) - 1];
    }
}
