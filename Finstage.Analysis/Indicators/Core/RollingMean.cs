namespace Finstage.Analysis.Indicators.Core;

/// <summary>
/// The mean of the newest values. The running sum is compensated (Neumaier), so that neither a million updates nor a spike that has
/// long left the window leave a trace in it.
/// </summary>
internal struct RollingMean(int period)
{
    private readonly double[] ring = new double[period];
    private int next;
    private int count;
    private double sum;
    private double lost;

    /// <summary>Adds a value and returns the mean, NaN until <c>period</c> values were added.</summary>
    public double Add(double value)
    {
        var oldest = ring[next];
        ring[next] = value;
        if (++next == ring.Length)
        {
            next = 0;
        }

        Accumulate(value);
        if (count == ring.Length)
        {
            Accumulate(-oldest);
        }
        else if (++count < ring.Length)
        {
            return double.NaN;
        }

        return (sum + lost) / ring.Length;
    }

    private void Accumulate(double value)
    {
        // Knuth's two-sum: the rounding error of an addition, without a branch.
        var total = sum + value;
        var virtualValue = total - sum;
        lost += (sum - (total - virtualValue)) + (value - virtualValue);
        sum = total;
    }
}
