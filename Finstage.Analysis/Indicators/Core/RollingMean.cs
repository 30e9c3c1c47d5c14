using System.Runtime.CompilerServices;

namespace Finstage.Analysis.Indicators.Core;

/// <summary>The mean of the newest values; see <see cref="RollingSum"/>.</summary>
internal struct RollingMean(int period)
{
    private readonly double count = period;
    private RollingSum sum = new(period);

    /// <summary>Adds a value and returns the mean, NaN until <c>period</c> values were added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double value) => sum.Add(value) / count;
}
