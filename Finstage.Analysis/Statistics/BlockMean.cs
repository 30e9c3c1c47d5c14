namespace Finstage.Analysis.Statistics;

/// <summary>
/// A mean and what it is worth when its observations are not independent: those of one block of dates count as one piece of evidence,
/// because symbols move together and outcomes overlap. Immutable and thread-safe.
/// </summary>
/// <param name="Count">Observations.</param>
/// <param name="Dates">Distinct dates among them.</param>
/// <param name="Blocks">Blocks of dates that have any.</param>
/// <param name="Mean">The mean of the observations; NaN where there are none.</param>
/// <param name="StandardError">Its standard error; NaN with fewer than two blocks.</param>
/// <remarks>
/// The standard error is that of the jackknife over blocks (Efron and Stein 1981; for clustered data Bell and McCaffrey 2002, where it
/// is called CR3): each block is left out once. It errs on the careful side when blocks are few or of unequal size.
/// </remarks>
public readonly record struct BlockMean(int Count, int Dates, int Blocks, double Mean, double StandardError)
{
    /// <summary>With fewer blocks than this nothing is tested: so few pieces of evidence tell nothing.</summary>
    public const int FewestBlocks = 8;

    /// <summary>No observations.</summary>
    public static BlockMean None { get; } = new(0, 0, 0, double.NaN, double.NaN);

    /// <summary>
    /// How likely a mean so far from zero is if the true one is zero, 0 to 1, by Student's t with <see cref="Blocks"/> − 1 degrees of
    /// freedom; NaN where it cannot be tested: fewer than <see cref="FewestBlocks"/> blocks, or outcomes that are all alike.
    /// </summary>
    public double PValue => IsTestable ? StudentT.TwoSided(Mean / StandardError, Blocks - 1) : double.NaN;

    private bool IsTestable => Blocks >= FewestBlocks && StandardError > 1e-12 * Math.Abs(Mean);

    /// <summary>The interval that covers the true mean with a probability of <paramref name="level"/>; NaN where it cannot be told.</summary>
    /// <param name="level">Above 0 and below 1, such as 0.95.</param>
    public (double Low, double High) Interval(double level)
    {
        if (!IsTestable)
        {
            return (double.NaN, double.NaN);
        }

        var reach = StudentT.Critical(1 - level, Blocks - 1) * StandardError;
        return (Mean - reach, Mean + reach);
    }

    /// <summary>The mean of observations whose numbers and sums by block are known.</summary>
    /// <param name="counts">Observations of each block; blocks without any are passed over.</param>
    /// <param name="sums">Their sums, as long as <paramref name="counts"/>.</param>
    /// <param name="dates">Distinct dates among them.</param>
    public static BlockMean Of(ReadOnlySpan<int> counts, ReadOnlySpan<double> sums, int dates)
    {
        var (n, total, blocks) = (0, 0.0, 0);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                n += counts[i];
                total += sums[i];
                blocks++;
            }
        }

        if (n == 0)
        {
            return None;
        }

        var mean = total / n;
        if (blocks < 2)
        {
            return new BlockMean(n, dates, blocks, mean, double.NaN);
        }

        // How far each mean without one block lies from the mean of them all.
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                var moved = ((total - sums[i]) / (n - counts[i])) - mean;
                sum += moved;
                squares += moved * moved;
            }
        }

        var variance = (blocks - 1.0) / blocks * Math.Max(0, squares - (sum * sum / blocks));
        return new BlockMean(n, dates, blocks, mean, Math.Sqrt(variance));
    }
}
