using System.Runtime.Intrinsics;

namespace Finstage.Analysis.Clustering;

/// <summary>Points of <see cref="WindowFeatures.Stride"/> numbers, one after another. The sums are the same on every processor.</summary>
internal static class Points
{
    private const int Stride = WindowFeatures.Stride;

    /// <summary>The point at an index.</summary>
    public static ReadOnlySpan<double> At(double[] points, int index) => points.AsSpan(index * Stride, Stride);

    /// <summary>The squared distance of two points.</summary>
    public static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        // Four sums, whatever the processor's width: the rounding is part of the result.
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < Stride; i += Vector256<double>.Count)
        {
            var difference = Vector256.Create(a.Slice(i, 4)) - Vector256.Create(b.Slice(i, 4));
            sum += difference * difference;
        }

        return sum[0] + sum[1] + (sum[2] + sum[3]);
    }

    /// <summary>The centroid nearest to a point, the first of equally near ones, and its squared distance.</summary>
    public static (int Index, double Squared) Nearest(ReadOnlySpan<double> point, double[] centroids)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var c = 0; c < centroids.Length / Stride; c++)
        {
            var squared = SquaredDistance(point, At(centroids, c));
            if (squared < least)
            {
                (nearest, least) = (c, squared);
            }
        }

        return (nearest, least);
    }
}
