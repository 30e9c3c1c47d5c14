using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Finstage.Analysis.Indicators.Core;

/// <summary>
/// The highest high and the lowest low of the newest candles, in rounds as in <see cref="RollingSum"/>. Both lie side by side, the low
/// with its sign changed, so that one comparison of pairs serves both and there is no branch that prices could mislead.
/// </summary>
internal struct RollingRange
{
    // Before `next`: the pairs of this round. From `next` on: the largest from there to the ring's end, of the last round.
    private readonly Vector128<double>[] ring;
    private int next;
    private Vector128<double> round;

    public RollingRange(int period)
    {
        ring = new Vector128<double>[period];
        ring.AsSpan().Fill(Vector128.Create(double.NaN));
        round = Vector128.Create(double.NegativeInfinity);
    }

    /// <summary>Adds a candle's extremes and returns those of the window. Both are NaN until <c>period</c> candles were added.</summary>
    /// <param name="high">The candle's high.</param>
    /// <param name="low">The candle's low.</param>
    /// <param name="lowest">The lowest low.</param>
    /// <returns>The highest high.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double high, double low, out double lowest)
    {
        var places = ring;
        var pair = Vector128.Create(high, -low);
        var at = next;
        places[at] = pair;
        var newer = Vector128.MaxNative(round, pair);
        if (++at >= places.Length)
        {
            return TurnOver(out lowest);
        }

        // Where one of them is NaN, the second is taken, or NaN: both say that the window is not full yet.
        next = at;
        round = newer;
        var window = Vector128.MaxNative(newer, places[at]);
        lowest = -window.GetElement(1);
        return window.ToScalar();
    }

    private double TurnOver(out double lowest)
    {
        var largest = Vector128.Create(double.NegativeInfinity);
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            ring[i] = largest = Vector128.MaxNative(largest, ring[i]);
        }

        next = 0;
        round = Vector128.Create(double.NegativeInfinity);
        lowest = -largest.GetElement(1);
        return largest.ToScalar();
    }
}
