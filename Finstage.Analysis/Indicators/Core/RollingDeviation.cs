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
    private readonly Shares[] shares;
    private int next;
    private Part round;

    public RollingDeviation(int period)
    {
        ring = new Part[period];
        ring.AsSpan().Fill(new Part(double.NaN, double.NaN));
        shares = new Shares[period + 1];
        for (var i = 1; i <= period; i++)
        {
            shares[i] = new Shares(1d / i, (double)i / period, (double)i * (period - i) / period);
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
        ref readonly var share = ref shares[++at];
        newer.Add(value, share.OfOne);
        if (at >= places.Length)
        {
            squares = newer.Squares;
            TurnOver();
            return newer.Mean;
        }

        next = at;
        round = newer;
        var older = places[at];
        var distance = newer.Mean - older.Mean;
        squares = older.Squares + newer.Squares + (distance * distance * share.OfBoth);
        return older.Mean + (distance * share.OfNewer);
    }

    private void TurnOver()
    {
        var part = default(Part);
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            part.Add(ring[i].Mean, shares[ring.Length - i].OfOne);
            ring[i] = part;
        }

        next = 0;
        round = default;
    }

    // What depends on the number of newer values alone: 1/i, i/n, and i·(n − i)/n.
    private readonly record struct Shares(double OfOne, double OfNewer, double OfBoth);

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
