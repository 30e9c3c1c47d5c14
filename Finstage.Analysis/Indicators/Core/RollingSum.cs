using System.Runtime.CompilerServices;

namespace Finstage.Analysis.Indicators.Core;

/// <summary>
/// The sum of the newest values. Nothing is ever subtracted, so a spike leaves with its candle and nothing drifts: each round of
/// <c>period</c> values is summed as it comes, and when it is over the ring is turned into the sums of what is still inside.
/// </summary>
internal struct RollingSum
{
    // Before `next`: the values of this round. From `next` on: for each place, the sum from there to the ring's end, of the last round.
    private readonly double[] ring;
    private int next;
    private double round;

    public RollingSum(int period)
    {
        ring = new double[period];
        ring.AsSpan().Fill(double.NaN);
    }

    /// <summary>Adds a value and returns the sum, NaN until <c>period</c> values were added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double value)
    {
        var places = ring;
        var at = next;
        places[at] = value;
        var newer = round + value;
        if (++at >= places.Length)
        {
            return TurnOver();
        }

        next = at;
        round = newer;
        return places[at] + newer;
    }

    private double TurnOver()
    {
        var sum = 0d;
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            ring[i] = sum += ring[i];
        }

        next = 0;
        round = 0;
        return sum;
    }
}
