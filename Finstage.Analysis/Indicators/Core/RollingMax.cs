using System.Runtime.CompilerServices;

namespace Finstage.Analysis.Indicators.Core;

/// <summary>
/// The largest of the newest values, in rounds as in <see cref="RollingSum"/>: two comparisons a value, and no branch that prices could
/// mislead.
/// </summary>
internal struct RollingMax
{
    private readonly double[] ring;
    private int next;
    private double round;

    public RollingMax(int period)
    {
        ring = new double[period];
        ring.AsSpan().Fill(double.NaN);
        round = double.NegativeInfinity;
    }

    /// <summary>Adds a value and returns the largest, NaN until <c>period</c> values were added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double value)
    {
        var places = ring;
        var at = next;
        places[at] = value;
        var newer = double.MaxNative(round, value);
        if (++at >= places.Length)
        {
            return TurnOver();
        }

        // Where one of them is NaN, the second is taken, or NaN: both say that the window is not full yet.
        next = at;
        round = newer;
        return double.MaxNative(newer, places[at]);
    }

    private double TurnOver()
    {
        var best = double.NegativeInfinity;
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            ring[i] = best = double.MaxNative(best, ring[i]);
        }

        next = 0;
        round = double.NegativeInfinity;
        return best;
    }
}
