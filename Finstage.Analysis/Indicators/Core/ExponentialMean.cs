using System.Runtime.CompilerServices;

namespace Finstage.Analysis.Indicators.Core;

/// <summary>How an EMA of an EMA starts.</summary>
internal enum EmaSeed
{
    /// <summary>With the first value of the EMA beneath it: the published convention, ready early.</summary>
    Early,

    /// <summary>With the simple mean of the first values of the EMA beneath it: ready later.</summary>
    Chained,
}

/// <summary>
/// A mean that forgets by a constant factor, seeded with the simple mean of its first values. With the factor 2/(n+1) it is the EMA,
/// with 1/n Wilder's smoothing.
/// </summary>
internal struct ExponentialMean
{
    private readonly int period;
    private readonly double weight;
    private int missing;
    private double sum;

    private ExponentialMean(double weight, int seedLength)
    {
        period = seedLength;
        this.weight = weight;
        missing = seedLength;
        Value = double.NaN;
    }

    /// <summary>The newest mean; NaN while it is being seeded.</summary>
    public double Value { get; private set; }

    /// <summary>The EMA of a period: weight 2/(n+1).</summary>
    public static ExponentialMean Ema(int period) => new(2d / (period + 1), period);

    /// <summary>The EMA of a period over another EMA.</summary>
    public static ExponentialMean EmaOfEma(int period, EmaSeed seed) => new(2d / (period + 1), seed == EmaSeed.Early ? 1 : period);

    /// <summary>Wilder's smoothing of a period: weight 1/n.</summary>
    public static ExponentialMean Wilder(int period) => new(1d / period, period);

    /// <summary>Adds a value and returns the mean, NaN until <c>period</c> values were added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double value) => missing == 0 ? Value += weight * (value - Value) : Seed(value);

    /// <summary>As <see cref="Add"/>, but passes over a value that is NaN, which stands for none, and returns NaN.</summary>
    public double AddKnown(double value) => double.IsNaN(value) ? double.NaN : Add(value);

    private double Seed(double value)
    {
        sum += value;
        if (--missing == 0)
        {
            Value = sum / period;
        }

        return Value;
    }
}
