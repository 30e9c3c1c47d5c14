using System.Runtime.CompilerServices;

namespace Finstage.Analysis.Indicators.Core;

/// <summary>
/// The smallest of the newest values, in rounds as in <see cref="RollingSum"/>: two comparisons a value, and no branch that prices could
/// mislead.
/// </summary>
internal struct RollingMin
{
    private readonly double[] ring;
    private int next;
    private double round;

    public RollingMin(int period)
    {
        ring = new double[period];
        ring.AsSpan().Fill(double.NaN);
        round = double.NaN;
    }

    /// <summary>Adds a value and returns the smallest, NaN until <c>period</c> values were added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double value)
    {
        var places = ring;
        places[next] = value;
        round = round < value ? round : value;
        return ++next < places.Length ? Pick(round, places[next]) : TurnOver();
    }

    // The second one also when it is NaN.
    private static double Pick(double a, double b) => a < b ? a : b;

    private double TurnOver()
    {
        var best = double.NaN;
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            ring[i] = best = Pick(best, ring[i]);
        }

        next = 0;
        round = double.NaN;
        return best;
    }
}
