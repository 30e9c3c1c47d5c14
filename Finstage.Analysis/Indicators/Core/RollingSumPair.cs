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
        places[next] = pair;
        round += pair;
        var window = ++next < places.Length ? places[next] + round : TurnOver();
        secondSum = window.GetElement(1);
        return window.GetElement(0);
    }

    private Vector128<double> TurnOver()
    {
        var sum = Vector128<double>.Zero;
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            ring[i] = sum += ring[i];
        }

        next = 0;
        round = Vector128<double>.Zero;
        return sum;
    }
}
