using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Finstage.Analysis.Indicators.Core;

/// <summary>The sums of two values each of the newest candles: a <see cref="RollingSum"/> whose two halves lie side by side.</summary>
internal struct RollingSumPair
{
    private readonly Vector128<double>[] ring;
    private int next;
    private Vector128<double> round;

    public RollingSumPair(int period)
    {
        ring = new Vector128<double>[period];
        ring.AsSpan().Fill(Vector128.Create(double.NaN));
    }

    /// <summary>Adds two values. Both sums are NaN until <c>period</c> pairs were added.</summary>
    /// <param name="first">The first value.</param>
    /// <param name="second">The second value.</param>
    /// <param name="secondSum">The sum of the second values.</param>
    /// <returns>The sum of the first values.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double first, double second, out double secondSum)
    {
        var places = ring;
        var pair = Vector128.Create(first, second);
        var at = next;
        places[at] = pair;
        var newer = round + pair;
        if (++at >= places.Length)
        {
            return TurnOver(out secondSum);
        }

        next = at;
        round = newer;
        var sums = places[at] + newer;
        secondSum = sums.GetElement(1);
        return sums.ToScalar();
    }

    private double TurnOver(out double secondSum)
    {
        var sum = Vector128<double>.Zero;
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            ring[i] = sum += ring[i];
        }

        next = 0;
        round = Vector128<double>.Zero;
        secondSum = sum.GetElement(1);
        return sum.ToScalar();
    }
}
