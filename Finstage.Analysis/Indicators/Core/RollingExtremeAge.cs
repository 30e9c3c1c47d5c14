namespace Finstage.Analysis.Indicators.Core;

/// <summary>
/// How many values ago the largest of the newest values came, in rounds as in <see cref="RollingSum"/>. For the smallest, add the
/// values with their sign changed.
/// </summary>
/// <param name="period">The number of values.</param>
/// <param name="latest">Whether the latest of equal ones counts, instead of the earliest.</param>
internal struct RollingExtremeAge(int period, bool latest)
{
    // Before `next`: the values of this round. From `next` on: the largest from there to the ring's end, of the last round.
    private readonly (double Value, int Place)[] ring = new (double, int)[period];
    private int next;
    private bool isFull;
    private double best = double.NaN;
    private int bestPlace;

    /// <summary>Adds a value and returns the largest one's age, 0 for the value itself; −1 until <c>period</c> values were added.</summary>
    public int Add(double value)
    {
        ring[next] = (value, next);
        if (!(best > value) && (latest || best != value))
        {
            best = value;
            bestPlace = next;
        }

        next++;
        if (next == ring.Length)
        {
            return TurnOver();
        }

        if (!isFull)
        {
            return -1;
        }

        ref readonly var older = ref ring[next];
        var olderWins = latest ? older.Value > best : older.Value >= best;
        return olderWins ? next - 1 + ring.Length - older.Place : next - 1 - bestPlace;
    }

    private int TurnOver()
    {
        var age = ring.Length - 1 - bestPlace;
        for (var i = ring.Length - 2; i >= 0; i--)
        {
            var newer = ring[i + 1];
            if (latest ? newer.Value >= ring[i].Value : newer.Value > ring[i].Value)
            {
                ring[i] = newer;
            }
        }

        next = 0;
        isFull = true;
        best = double.NaN;
        return age;
    }
}
