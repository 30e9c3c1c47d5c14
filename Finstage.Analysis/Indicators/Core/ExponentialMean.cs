namespace Finstage.Analysis.Indicators.Core;

/// <summary>
/// A mean that forgets by a constant factor, seeded with the simple mean of its first values. With the factor 2/(n+1) it is the EMA,
/// with 1/n Wilder's smoothing.
/// </summary>
internal struct ExponentialMean
{
    private readonly int period;
    private readonly double weight;
    private int count;
    private double sum;

    private ExponentialMean(int period, double weight)
    {
        this.period = period;
        this.weight = weight;
        Value = double.NaN;
    }

    /// <summary>The newest mean; NaN while it is being seeded.</summary>
    public double Value { get; private set; }

    /// <summary>The EMA of a period: weight 2/(n+1).</summary>
    public static ExponentialMean Ema(int period) => new(period, 2d / (period + 1));

    /// <summary>Wilder's smoothing of a period: weight 1/n.</summary>
    public static ExponentialMean Wilder(int period) => new(period, 1d / period);

    /// <summary>Adds a value and returns the mean, NaN until <c>period</c> values were added.</summary>
    public double Add(double value)
    {
        if (count == period)
        {
            return Value += weight * (value - Value);
        }

        sum += value;
        if (++count == period)
        {
            Value = sum / period;
        }

        return Value;
    }
}
