using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Patterns;

/// <summary>
/// What happened on the candles of one series, as columns: the rows on which something happened, and on each the types of what did,
/// ascending and each once.
/// </summary>
internal sealed record EventColumns(int[] Rows, int[] Starts, short[] Types)
{
    /// <summary>The types on the row at an index of <see cref="Rows"/>.</summary>
    public ReadOnlySpan<short> At(int index) => Types.AsSpan(Starts[index], Starts[index + 1] - Starts[index]);

    /// <summary>The columns of events in any order.</summary>
    public static EventColumns Of(IEnumerable<(int Row, short Type)> events)
    {
        var sorted = events.Distinct().Order().ToArray();
        var (rows, starts) = (new List<int>(), new List<int>());
        for (var i = 0; i < sorted.Length; i++)
        {
            if (rows.Count == 0 || rows[^1] != sorted[i].Row)
            {
                rows.Add(sorted[i].Row);
                starts.Add(i);
            }
        }

        starts.Add(sorted.Length);
        return new EventColumns([.. rows], [.. starts], [.. sorted.Select(e => e.Type)]);
    }
}

/// <summary>The events of many series with what prices did after each of their candles.</summary>
internal sealed class PatternEvents
{
    private readonly ForwardColumns[][] outcomes;

    private PatternEvents(IReadOnlyList<SeriesHistory> series, PatternStep[] types, EventColumns[] columns)
    {
        Series = series;
        Types = types;
        Columns = columns;
        Dates = [.. series.Select(s => s.Candles.Select(c => s.Context.DateOf(c.Time)).ToArray())];
        Horizons = series.Count == 0 ? [] : Backtesting.Horizons.On(series[0].Context.Interval);
        outcomes = [.. Horizons.Select(h => series.Select(s => ForwardColumns.Of(h, s.Context, s.Candles)!).ToArray())];
        BlockDays = [.. Horizons.Select(h => DateBlocks.LengthFor(series.Max(s => h.Sessions(s.Context.Calendar))))];
        var dates = Dates.Where(d => d.Length > 0).ToArray();
        FirstDate = dates.Length == 0 ? 0 : dates.Min(d => d[0]);
        LastDate = dates.Length == 0 ? 0 : dates.Max(d => d[^1]);
        Places = PlacesOf(types.Length);
    }

    public IReadOnlyList<SeriesHistory> Series { get; }

    public PatternStep[] Types { get; }

    /// <summary>By series.</summary>
    public EventColumns[] Columns { get; }

    /// <summary>The dates of the candles, by series.</summary>
    public int[][] Dates { get; }

    /// <summary>The horizons that the series' interval can tell of.</summary>
    public IReadOnlyList<Horizon> Horizons { get; }

    /// <summary>The length of blocks in days, by horizon.</summary>
    public int[] BlockDays { get; }

    public int FirstDate { get; }

    public int LastDate { get; }

    /// <summary>Where each type happened, in order of date, then of series: the series, and the index of the row among its rows.</summary>
    public (int Series, int Index)[][] Places { get; }

    /// <summary>The signals of strategies.</summary>
    /// <param name="series">The series, in the order of their symbols.</param>
    /// <param name="signals">The signals of each, in order of time.</param>
    public static PatternEvents OfSignals(IReadOnlyList<SeriesHistory> series, IReadOnlyList<IReadOnlyList<Signal>> signals)
    {
        var types = signals.SelectMany(s => s).Select(StepOf).Distinct().OrderBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Direction).ToArray();
        var numbers = types.Select((type, i) => (type, i)).ToDictionary(t => t.type, t => (short)t.i);
        return new PatternEvents(series, types, [.. series.Zip(signals, (s, own) => EventColumns.Of(Numbered(s.Candles, own, numbers)))]);
    }

    /// <summary>The candlestick patterns: bullish ones before which the price closed under its average of 20, bearish ones above it.</summary>
    /// <param name="series">The series.</param>
    public static PatternEvents OfCandlesticks(IReadOnlyList<SeriesHistory> series)
    {
        PatternStep[] types =
        [
            .. Candlesticks.All.Select(p => new PatternStep(p.Name, Direction.Buy)),
            .. Candlesticks.All.Select(p => new PatternStep(p.Name, Direction.Sell)),
        ];
        return new PatternEvents(series, types, [.. series.Select(s => EventColumns.Of(CandlestickEvents.Of(s.Candles)))]);
    }

    /// <summary>What came after a candle in a direction, and the same beyond the symbol's own drift; NaN where nothing did yet.</summary>
    public (double Return, double Excess) Outcome(int horizon, int series, int row, Direction direction)
    {
        var columns = outcomes[horizon][series];
        var value = columns.Returns[row];
        return ((int)direction * value, (int)direction * (value - columns.Drift));
    }

    private static PatternStep StepOf(Signal signal) => new(signal.Strategy, signal.Direction);

    private static IEnumerable<(int Row, short Type)> Numbered(
        Candle[] candles, IEnumerable<Signal> signals, Dictionary<PatternStep, short> numbers)
    {
        var row = 0;
        foreach (var signal in signals)
        {
            while (row < candles.Length && candles[row].Time < signal.Time)
            {
                row++;
            }

            if (row == candles.Length || candles[row].Time != signal.Time)
            {
                throw new ArgumentException("The signals are those of the series' candles, in order of time.", nameof(signals));
            }

            yield return (row, numbers[StepOf(signal)]);
        }
    }

    private (int Series, int Index)[][] PlacesOf(int types)
    {
        var places = Enumerable.Range(0, types).Select(_ => new List<(int Date, int Series, int Index)>()).ToArray();
        for (var s = 0; s < Columns.Length; s++)
        {
            for (var i = 0; i < Columns[s].Rows.Length; i++)
            {
                foreach (var type in Columns[s].At(i))
                {
                    places[type].Add((Dates[s][Columns[s].Rows[i]], s, i));
                }
            }
        }

        return [.. places.Select(list => list.Order().Select(p => (p.Series, p.Index)).ToArray())];
    }
}
