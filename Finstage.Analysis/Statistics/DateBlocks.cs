namespace Finstage.Analysis.Statistics;

/// <summary>
/// Gathers observations by blocks of dates. A block is a fixed stretch of the calendar, so that more history changes none of those
/// before. Used again and again without allocating. Not thread-safe.
/// </summary>
public sealed class DateBlocks
{
    private readonly int firstDate;
    private readonly int firstBlock;
    private readonly int days;
    private readonly int[] counts;
    private readonly double[] sums;
    private readonly bool[] seen;
    private int dates;

    /// <summary>Creates blocks for dates from <paramref name="firstDate"/> to <paramref name="lastDate"/>.</summary>
    /// <param name="firstDate">The first date, days since 1970-01-01.</param>
    /// <param name="lastDate">The last date, not before the first.</param>
    /// <param name="days">The length of a block in days, at least 1; see <see cref="LengthFor"/>.</param>
    public DateBlocks(int firstDate, int lastDate, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(lastDate, firstDate);
        this.firstDate = firstDate;
        this.days = days;
        firstBlock = IndexOf(firstDate, days);
        counts = new int[IndexOf(lastDate, days) - firstBlock + 1];
        sums = new double[counts.Length];
        seen = new bool[lastDate - firstDate + 1];
    }

    /// <summary>The length of blocks for outcomes after a number of sessions: four weeks, or twice the horizon where that is longer.</summary>
    /// <param name="sessions">The horizon in sessions.</param>
    public static int LengthFor(int sessions) => Math.Max(28, (int)Math.Ceiling(sessions * 2 * 7 / 5.0));

    /// <summary>The block of a date, counted from 1970-01-01.</summary>
    public static int IndexOf(int date, int days) => (int)Math.Floor(date / (double)days);

    /// <summary>Adds one observation; one that is NaN is passed over.</summary>
    /// <param name="date">Its date, within those of the constructor.</param>
    /// <param name="value">The observation.</param>
    public void Add(int date, double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        var block = IndexOf(date, days) - firstBlock;
        counts[block]++;
        sums[block] += value;
        dates += seen[date - firstDate] ? 0 : 1;
        seen[date - firstDate] = true;
    }

    /// <summary>The mean of what was added.</summary>
    public BlockMean Mean() => BlockMean.Of(counts, sums, dates);

    /// <summary>Forgets what was added.</summary>
    public void Clear()
    {
        Array.Clear(counts);
        Array.Clear(sums);
        Array.Clear(seen);
        dates = 0;
    }
}
