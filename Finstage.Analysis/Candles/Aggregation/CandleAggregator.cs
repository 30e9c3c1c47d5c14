namespace Finstage.Analysis.Candles.Aggregation;

/// <summary>
/// Builds longer candles from shorter ones: minutes into 5, 15, 30 minutes and hours, anything intraday into days, days into ISO weeks
/// and months. A longer candle is closed once a candle of a later one exists, never by its own last candle: whether more will come
/// is not known before. Allocates nothing. Not thread-safe.
/// </summary>
public sealed class CandleAggregator
{
    private PartClock clock;
    private Candle open;
    private bool hasOpen;

    /// <summary>Creates an aggregator that has seen nothing.</summary>
    /// <param name="from">The context of the shorter candles.</param>
    /// <param name="to">The interval of the longer ones.</param>
    /// <exception cref="ArgumentException">Candles of the one interval cannot be built from the other.</exception>
    public CandleAggregator(SeriesContext from, CandleInterval to)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (!CanBuild(from.Interval, to))
        {
            throw new ArgumentException($"Candles of {to.Code()} cannot be built from {from.Interval.Code()}.", nameof(to));
        }

        From = from.Interval;
        To = to;
        clock = new PartClock(from, to);
    }

    /// <summary>The interval of the shorter candles.</summary>
    public CandleInterval From { get; }

    /// <summary>The interval of the longer ones.</summary>
    public CandleInterval To { get; }

    /// <summary>The longer candle as far as it is known, not closed yet; null before the first candle.</summary>
    public Candle? Open => hasOpen ? open : null;

    /// <summary>Whether longer candles can be built: the lengths must fit into one another, which weeks and months do not.</summary>
    public static bool CanBuild(CandleInterval from, CandleInterval to) => from < to && from != CandleInterval.OneWeek;

    /// <summary>The closed longer candles of a series; the last part, which nothing has closed, is left out.</summary>
    /// <param name="from">The context of the shorter candles.</param>
    /// <param name="to">The interval of the longer ones.</param>
    /// <param name="candles">The shorter candles, ascending.</param>
    /// <exception cref="ArgumentException">As for the constructor, or the candles are not ascending.</exception>
    public static List<Candle> Closed(SeriesContext from, CandleInterval to, ReadOnlySpan<Candle> candles)
    {
        var aggregator = new CandleAggregator(from, to);
        var result = new List<Candle>();
        foreach (ref readonly var candle in candles)
        {
            if (aggregator.Add(candle, out var closed))
            {
                result.Add(closed);
            }
        }

        return result;
    }

    /// <summary>Takes the next shorter candle.</summary>
    /// <param name="candle">The candle.</param>
    /// <param name="closed">The longer candle that it closed by belonging to a later one.</param>
    /// <returns>Whether one was closed.</returns>
    /// <exception cref="ArgumentException">The candle belongs to an earlier longer candle; nothing was changed.</exception>
    public bool Add(in Candle candle, out Candle closed)
    {
        var start = clock.StartOf(candle.Time);
        closed = open;
        if (hasOpen && start == open.Time)
        {
            open = open with
            {
                High = Math.Max(open.High, candle.High),
                Low = Math.Min(open.Low, candle.Low),
                Close = candle.Close,
                Volume = open.Volume + candle.Volume,
            };
            return false;
        }

        if (hasOpen && start < open.Time)
        {
            throw new ArgumentException("Candles are aggregated in ascending order.", nameof(candle));
        }

        var closes = hasOpen;
        open = candle with { Time = start };
        hasOpen = true;
        return closes;
    }
}
