namespace Finstage.Analysis.Clustering;

/// <summary>
/// Lloyd's k-means from a k-means++ start (Arthur and Vassilvitskii 2007): one start, the same for the same seed. Pure and thread-safe.
/// </summary>
internal static class KMeans
{
    private const int Stride = WindowFeatures.Stride;

    /// <summary>What one start came to.</summary>
    /// <param name="Centroids">The centroids, one after another.</param>
    /// <param name="Labels">The cluster of each point.</param>
    /// <param name="Inertia">The sum of squared distances to the own centroid.</param>
    public sealed record Result(double[] Centroids, int[] Labels, double Inertia)
    {
        public int Clusters => Centroids.Length / Stride;
    }

    /// <summary>Runs one start.</summary>
    /// <param name="points">The points, at least as many as clusters.</param>
    /// <param name="clusters">The number of clusters.</param>
    /// <param name="seed">Where the start comes from.</param>
    /// <param name="steps">Steps at most; it ends before when nothing changes.</param>
    /// <param name="cancellation">Gives up between two steps.</param>
    public static Result Run(double[] points, int clusters, int seed, int steps, CancellationToken cancellation)
    {
        var n = points.Length / Stride;
        var centroids = Start(points, n, clusters, new Random(seed));
        var labels = new int[n];
        var squared = new double[n];
        Array.Fill(labels, -1);
        var changed = true;
        for (var step = 0; step < steps && changed; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            changed = Assign(points, centroids, labels, squared);
            if (changed)
            {
                Move(points, centroids, labels, squared);
            }
        }

        if (changed)
        {
            Assign(points, centroids, labels, squared);
        }

        return new Result(centroids, labels, squared.Sum());
    }

    /// <summary>The first centroid is any point; each further one a point drawn in proportion to its squared distance to the nearest so far.</summary>
    private static double[] Start(double[] points, int n, int clusters, Random random)
    {
        var centroids = new double[clusters * Stride];
        var squared = new double[n];
        Array.Fill(squared, double.PositiveInfinity);
        var chosen = random.Next(n);
        for (var c = 0; c < clusters; c++)
        {
            var centroid = Points.At(points, chosen);
            centroid.CopyTo(centroids.AsSpan(c * Stride));
            var total = 0.0;
            for (var i = 0; i < n; i++)
            {
                squared[i] = Math.Min(squared[i], Points.SquaredDistance(Points.At(points, i), centroid));
                total += squared[i];
            }

            chosen = Draw(squared, random.NextDouble() * total);
        }

        return centroids;
    }

    private static int Draw(double[] weights, double place)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            place -= weights[i];
            if (place < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }

    private static bool Assign(double[] points, double[] centroids, int[] labels, double[] squared)
    {
        var changed = false;
        for (var i = 0; i < labels.Length; i++)
        {
            var (nearest, distance) = Points.Nearest(Points.At(points, i), centroids);
            changed |= labels[i] != nearest;
            (labels[i], squared[i]) = (nearest, distance);
        }

        return changed;
    }

    private static void Move(double[] points, double[] centroids, int[] labels, double[] squared)
    {
        var sizes = new int[centroids.Length / Stride];
        Array.Clear(centroids);
        for (var i = 0; i < labels.Length; i++)
        {
            sizes[labels[i]]++;
            var point = Points.At(points, i);
            var centroid = centroids.AsSpan(labels[i] * Stride, Stride);
            for (var d = 0; d < Stride; d++)
            {
                centroid[d] += point[d];
            }
        }

        for (var c = 0; c < sizes.Length; c++)
        {
            var centroid = centroids.AsSpan(c * Stride, Stride);
            if (sizes[c] == 0)
            {
                // Nobody's: it begins anew at the point that lies farthest from its own centroid.
                var farthest = Array.IndexOf(squared, squared.Max());
                Points.At(points, farthest).CopyTo(centroid);
                squared[farthest] = 0;
                continue;
            }

            foreach (ref var value in centroid)
            {
                value /= sizes[c];
            }
        }
    }
}
