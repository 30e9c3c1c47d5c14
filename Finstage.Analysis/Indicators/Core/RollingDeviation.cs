using System.Runtime.CompilerServices;

namespace Finstage.Analysis.Indicators.Core;

/// <summary>
/// Mean and squared deviations of the newest values, in rounds as in <see cref="RollingSum"/>. Each part keeps the squares around its
/// own mean (Welford 1962) and the two parts are joined (Chan, Golub, LeVeque 1979): exact after any spike, and equal values
/// deviate by exactly 0.
/// </summary>
internal struct RollingDeviation
{
    // Before `next`: the values of this round, as means. From `next` on: mean and squares from there to the ring's end, of the last round.
    private readonly Part[] ring;
    private readonly double[] shares;
    private int next;
    private Part round;

    public RollingDeviation(int period)
    {
        ring = new Part[period];
        ring.AsSpan().Fill(new Part(double.NaN, double.NaN));
        shares = new double[period + 1];
        for (var i = 1; i <= period; i++)
        {
            shares[i] = 1d / i;
        }
    }

    /// <summary>Adds a value. Both results are NaN until <c>period</c> values were added.</summary>
    /// <param name="value">The value.</param>
    /// <param name="squares">The sum of the squared distances from the mean.</param>
    /// <returns>The mean.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double value, out double squares)
    {
        var places = ring;
        var at = next;
        places[at] = new Part(value, 0);
        var newer = round;
        newer.Add(value, shares[++at]);
        if (at >= places.Length)
        {
            squares = newer.Squares;
            TurnOver();
            return newer.Mean;
        }

        next = at;
        round = newer;
        var older = places[at];
        var newerShare = at * shares[^1];
        var distance = newer.Mean - older.Mean;
        squares = older.Squares + newer.Squares + (distance * distance * (places.Length - at) * newerShare);
        return older.Mean + (distance * newerShare);
    }

    private void TurnOver()
    {
        var part = default(Part);
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            part.Add(ring[i].Mean, shares[ring.Length - i]);
            ring[i] = part;
        }

        next = 0;
        round = default;
    }

    private struct Part(double mean, double squares)
    {
        public double Mean = mean;
        public double Squares = squares;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(double value, double share)
        {
            var distance = value - Mean;
            Mean += distance * share;
            Squares += distance * (value - Mean);
        }
    }
}
