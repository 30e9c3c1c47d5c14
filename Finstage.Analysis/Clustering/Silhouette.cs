namespace Finstage.Analysis.Clustering;

/// <summary>
/// How well points lie in their clusters (Rousseeuw 1987), on a sample: its distances are measured once for all numbers of clusters.
/// Immutable and thread-safe.
/// </summary>
internal sealed class Silhouette
{
    private readonly int[] sample;
    private readonly float[] distances;

    private Silhouette(int[] sample, float[] distances)
    {
        this.sample = sample;
        this.distances = distances;
    }

    /// <summary>Draws the sample and measures it.</summary>
    /// <param name="points">All points.</param>
    /// <param name="size">Points of the sample at most.</param>
    /// <param name="seed">Where the sample comes from.</param>
    /// <param name="cancellation">Gives up between two rows.</param>
    public static Silhouette Measure(double[] points, int size, int seed, CancellationToken cancellation)
    {
        var sample = Sample(points.Length / WindowFeatures.Stride, size, seed);
        var distances = new float[sample.Length * sample.Length];
        for (var i = 0; i < sample.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var j = 0; j < i; j++)
            {
                var distance = (float)Math.Sqrt(Points.SquaredDistance(Points.At(points, sample[i]), Points.At(points, sample[j])));
                distances[(i * sample.Length) + j] = distance;
                distances[(j * sample.Length) + i] = distance;
            }
        }

        return new Silhouette(sample, distances);
    }

    /// <summary>The mean silhouette of a clustering, −1 to 1; a point alone in its cluster counts 0.</summary>
    /// <param name="labels">The cluster of every point.</param>
    /// <param name="clusters">The number of clusters.</param>
    public double Score(int[] labels, int clusters)
    {
        var sizes = new int[clusters];
        foreach (var point in sample)
        {
            sizes[labels[point]]++;
        }

        var total = 0.0;
        var sums = new double[clusters];
        for (var i = 0; i < sample.Length; i++)
        {
            Array.Clear(sums);
            for (var j = 0; j < sample.Length; j++)
            {
                sums[labels[sample[j]]] += distances[(i * sample.Length) + j];
            }

            total += Value(sums, sizes, labels[sample[i]]);
        }

        return total / sample.Length;
    }

    private static double Value(double[] sums, int[] sizes, int own)
    {
        if (sizes[own] < 2)
        {
            return 0;
        }

        var other = double.PositiveInfinity;
        for (var c = 0; c < sums.Length; c++)
        {
            if (c != own && sizes[c] > 0)
            {
                other = Math.Min(other, sums[c] / sizes[c]);
            }
        }

        var within = sums[own] / (sizes[own] - 1);
        var larger = Math.Max(within, other);
        return double.IsInfinity(other) || larger == 0 ? 0 : (other - within) / larger;
    }

    private static int[] Sample(int n, int size, int seed)
    {
        var all = Enumerable.Range(0, n).ToArray();
        if (n <= size)
        {
            return all;
        }

        var random = new Random(seed);
        for (var i = 0; i < size; i++)
        {
            var other = random.Next(i, n);
            (all[i], all[other]) = (all[other], all[i]);
        }

        var sample = all[..size];
        Array.Sort(sample);
        return sample;
    }
}
