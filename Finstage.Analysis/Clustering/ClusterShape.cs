namespace Finstage.Analysis.Clustering;

/// <summary>What a window's closes look like, in a word: for people to picture it, and for nothing else. The numbers are stored.</summary>
public enum ClusterShape
{
    /// <summary>Rising from beginning to end.</summary>
    Rising = 1,

    /// <summary>Falling from beginning to end.</summary>
    Falling = 2,

    /// <summary>Up and down again: ∩.</summary>
    Peak = 3,

    /// <summary>Down and up again: ∪.</summary>
    Trough = 4,
}

/// <summary>Names shapes. Pure and thread-safe.</summary>
internal static class ClusterShapes
{
    /// <summary>The line or the arc that the shape is most like.</summary>
    public static ClusterShape Of(IReadOnlyList<double> centroid)
    {
        const double Middle = (WindowFeatures.Length - 1) / 2.0;
        var (line, arc, lineSquares, arcSquares) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < WindowFeatures.Length; i++)
        {
            // A straight line and a parabola, each with mean 0, so that the sums compare as correlations.
            var x = (i - Middle) / Middle;
            var y = (x * x) - ((WindowFeatures.Length + 1) / (3.0 * (WindowFeatures.Length - 1)));
            line += x * centroid[i];
            arc += y * centroid[i];
            lineSquares += x * x;
            arcSquares += y * y;
        }

        (line, arc) = (line / Math.Sqrt(lineSquares), arc / Math.Sqrt(arcSquares));
        return Math.Abs(line) >= Math.Abs(arc)
            ? line >= 0 ? ClusterShape.Rising : ClusterShape.Falling
            : arc >= 0 ? ClusterShape.Trough : ClusterShape.Peak;
    }
}
