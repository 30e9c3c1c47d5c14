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
        places[next] = (value, 0);
        next++;
        sum += value;
        weighted += next * value;
        if (next < places.Length)
        {
            return (places[next].Weighted + weighted + ((places.Length - next) * sum)) / weights;
        }

        var mean = weighted / weights;
        TurnOver();
        return mean;
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
