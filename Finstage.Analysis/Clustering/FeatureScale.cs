namespace Finstage.Analysis.Clustering;

/// <summary>
/// How the side features are measured: in deviations around the mean of the fitted windows, times <see cref="Weight"/>. The shape is
/// in deviations already. Immutable and thread-safe.
/// </summary>
/// <param name="Means">The means of the side features over the fitted windows.</param>
/// <param name="Deviations">Their deviations; 0 where a feature is never known or always the same, and then does not count.</param>
public sealed record FeatureScale(IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)
{
    /// <summary>
    /// The weight of each side feature. The shape's twenty numbers vary by twenty in all; with this weight the three others vary by
    /// twelve, so that shape leads and volatility and volume still tell.
    /// </summary>
    public const double Weight = 2;

    /// <summary>The scale of windows.</summary>
    internal static FeatureScale Of(ReadOnlySpan<double> rows)
    {
        var (means, deviations) = (new double[WindowFeatures.Side], new double[WindowFeatures.Side]);
        for (var side = 0; side < WindowFeatures.Side; side++)
        {
            var (n, mean, squares) = (0, 0.0, 0.0);
            for (var at = WindowFeatures.Length + side; at < rows.Length; at += WindowFeatures.Stride)
            {
                if (!double.IsNaN(rows[at]))
                {
                    n++;
                    var step = rows[at] - mean;
                    mean += step / n;
                    squares += step * (rows[at] - mean);
                }
            }

            means[side] = mean;
            deviations[side] = n == 0 || squares <= 1e-18 * n ? 0 : Math.Sqrt(squares / n);
        }

        return new FeatureScale(means, deviations);
    }

    /// <summary>Puts the side features of windows on the scale, in place; what is not known becomes the mean.</summary>
    internal void Apply(Span<double> rows)
    {
        for (var side = 0; side < WindowFeatures.Side; side++)
        {
            for (var at = WindowFeatures.Length + side; at < rows.Length; at += WindowFeatures.Stride)
            {
                rows[at] = double.IsNaN(rows[at]) || Deviations[side] == 0 ? 0 : Weight * (rows[at] - Means[side]) / Deviations[side];
            }
        }
    }
}
