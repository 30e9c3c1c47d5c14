using System.Runtime.CompilerServices;

namespace Finstage.Analysis.Indicators.Core;

/// <summary>
/// The mean of the newest values with weights that rise by one from the oldest (1) to the newest (<c>period</c>), in rounds as in
/// <see cref="RollingSum"/>.
/// </summary>
internal struct RollingWeightedMean
{
    // Before `next`: the values of this round, as sums. From `next` on: sum and weighted sum from there to the ring's end, of the last round.
    private readonly (double Sum, double Weighted)[] ring;
    private readonly double weights;
    private int next;
    private double sum;
    private double weighted;

    public RollingWeightedMean(int period)
    {
        ring = new (double, double)[period];
        ring.AsSpan().Fill((double.NaN, double.NaN));
        weights = period * (period + 1d) / 2;
    }

    /// <summary>Adds a value and returns the mean, NaN until <c>period</c> values were added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double value)
    {
        var places = ring;
        var at = next;
        places[at] = (value, 0);
        at++;
        var newer = sum + value;
        var newerWeighted = weighted + (at * value);
        if (at >= places.Length)
        {
            TurnOver();
            return newerWeighted / weights;
        }

        next = at;
        sum = newer;
        weighted = newerWeighted;
        return (places[at].Weighted + newerWeighted + ((places.Length - at) * newer)) / weights;
    }

    private void TurnOver()
    {
        var (older, olderWeighted) = (0d, 0d);
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            older += ring[i].Sum;
            olderWeighted += older;
            ring[i] = (older, olderWeighted);
        }

        next = 0;
        sum = 0;
        weighted = 0;
    }
}
