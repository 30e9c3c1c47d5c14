using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// The signals of one series beside what happened after each of its candles, as columns. Signals stand strategy by strategy, in the
/// order of the set's strategies, and within each by time. Immutable and thread-safe.
/// </summary>
public sealed class OutcomeSeries
{
    private readonly long[] times;
    private readonly int[] rows;
    private readonly sbyte[] directions;
    private readonly int[] starts;
    private readonly ForwardColumns?[] forward;

    private OutcomeSeries(
        string symbol, SeriesContext context, long[] times, int[] rows, sbyte[] directions, int[] starts, ForwardColumns?[] forward)
    {
        (Symbol, Context) = (symbol, context);
        (this.times, this.rows, this.directions, this.starts, this.forward) = (times, rows, directions, starts, forward);
    }

    /// <summary>The symbol.</summary>
    public string Symbol { get; }

    /// <summary>The interval and the calendar.</summary>
    public SeriesContext Context { get; }

    /// <summary>Open times of the candles, Unix seconds.</summary>
    public ReadOnlySpan<long> Times => times;

    internal long[] Moments => times;

    /// <summary>The row of each signal's candle.</summary>
    public ReadOnlySpan<int> Rows => rows;

    /// <summary>Each signal's direction: 1 to buy, −1 to sell.</summary>
    public ReadOnlySpan<sbyte> Directions => directions;

    /// <summary>Where the signals of a strategy stand among <see cref="Rows"/> and <see cref="Directions"/>.</summary>
    /// <param name="strategy">The strategy's place in the set.</param>
    public Range Of(int strategy) => starts[strategy]..starts[strategy + 1];

    /// <summary>What happened after each candle; null where candles of this interval cannot tell, or it was not asked for.</summary>
    public ForwardColumns? Forward(Horizon horizon) => forward[(int)horizon - 1];

    /// <summary>Puts signals into columns and measures the candles.</summary>
    /// <param name="series">The candles.</param>
    /// <param name="signals">Signals of these candles, in order of time.</param>
    /// <param name="placeOf">The place of each strategy; signals of others are left out.</param>
    /// <param name="options">What is wanted.</param>
    internal static OutcomeSeries Of(
        SeriesHistory series, ReadOnlySpan<Signal> signals, Dictionary<string, int> placeOf, BacktestOptions options)
    {
        var maker = new ForwardMaker(series.Context, series.Candles);
        var forward = new ForwardColumns?[Horizons.All.Count];
        foreach (var horizon in options.Horizons)
        {
            forward[(int)horizon - 1] = horizon.IsKnownOn(series.Context.Interval) ? maker.Make(horizon) : null;
        }

        // Counted, then dealt out: each strategy's signals stay in order of time.
        var places = new int[signals.Length];
        var starts = new int[placeOf.Count + 1];
        var (known, place) = (string.Empty, -1);
        for (var i = 0; i < signals.Length; i++)
        {
            ref readonly var signal = ref signals[i];
            if (!ReferenceEquals(known, signal.Strategy))
            {
                known = signal.Strategy;
                place = placeOf.GetValueOrDefault(known, -1);
            }

            var isIn = place >= 0 && signal.Time >= options.From && signal.Time <= options.To;
            places[i] = isIn ? place : -1;
            starts[places[i] + 1] += isIn ? 1 : 0;
        }

        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        var next = starts.AsSpan()[..^1].ToArray();
        var (rows, directions) = (new int[starts[^1]], new sbyte[starts[^1]]);
        var row = 0;
        for (var i = 0; i < signals.Length; i++)
        {
            if (places[i] < 0)
            {
                continue;
            }

            row = RowOf(signals[i].Time, maker.Times, row);
            var at = next[places[i]]++;
            rows[at] = row;
            directions[at] = (sbyte)signals[i].Direction;
        }

        return new OutcomeSeries(series.Symbol, series.Context, maker.Times, rows, directions, starts, forward);
    }

    private static int RowOf(long time, long[] times, int from)
    {
        while (from < times.Length && times[from] < time)
        {
            from++;
        }

        return from < times.Length && times[from] == time
            ? from
            : throw new ArgumentException($"There is a signal at {DateTimeOffset.FromUnixTimeSeconds(time):u}, where no candle is, or signals are out of order.");
    }
}
