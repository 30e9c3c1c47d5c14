namespace Finstage.Analysis.Strategies.Levels;

/// <summary>
/// The largest of the values of the last days, by date: candidates in falling order, at most one for each date, so that their number
/// is bounded however many candles a date has. For the smallest, add the values with their sign changed.
/// </summary>
/// <param name="days">How many days before a date still count, at least 1.</param>
internal struct DatedExtreme(int days)
{
    private readonly int[] dates = new int[days + 1];
    private readonly double[] values = new double[days + 1];
    private int first;
    private int count;

    /// <summary>The largest value dated from <c>days</c> before <paramref name="date"/> on; NaN when there is none.</summary>
    public double Before(int date)
    {
        while (count > 0 && dates[first] < date - days)
        {
            first = first + 1 == dates.Length ? 0 : first + 1;
            count--;
        }

        return count == 0 ? double.NaN : values[first];
    }

    /// <summary>Adds a value of a date, not earlier than the one before, after <see cref="Before"/> was asked for that date.</summary>
    public void Add(int date, double value)
    {
        while (count > 0 && values[At(count - 1)] <= value)
        {
            count--;
        }

        if (count > 0 && dates[At(count - 1)] == date)
        {
            return;
        }

        dates[At(count)] = date;
        values[At(count)] = value;
        count++;
    }

    private readonly int At(int place)
    {
        var at = first + place;
        return at < dates.Length ? at : at - dates.Length;
    }
}
