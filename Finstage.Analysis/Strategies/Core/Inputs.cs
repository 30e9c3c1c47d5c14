using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// Where the rules of one engine take their numbers from. Rules declare their indicators by value while they are created; each
/// distinct one is calculated once for all of them. Not thread-safe.
/// </summary>
public sealed class Inputs
{
    /// <summary>How many candles a rule may look back.</summary>
    public const int History = 16;

    /// <summary>How many candles are calculated together at most.</summary>
    internal const int Block = 128;

    private const int Capacity = History + (2 * Block);

    // One row more than is ever filled: a rule that reads ahead is for the look-ahead check to find, not for the runtime.
    private const int ColumnLength = Capacity + 1;

    // Columns lie side by side in few arrays: one candle touches every column, and each array costs it a look at its length.
    private const int ColumnsTogether = 32;

    private readonly Dictionary<IndicatorKey, Source> sources = [];
    private readonly Dictionary<string, Source> asked = new(StringComparer.Ordinal);
    private readonly List<Series> named = [];
    private readonly List<Series> columns = [];
    private readonly long[] times = new long[Capacity];
    private Source[] running = [];
    private double[] scratch = [];
    private double[] room = [];
    private int end = History;
    private long moved = -History;
    private int longestWarmUp;
    private int used;
    private int rules;

    internal Inputs(SeriesContext context)
    {
        Context = context;
        Open = NewColumn();
        High = NewColumn();
        Low = NewColumn();
        Close = NewColumn();
        Volume = NewColumn();
        var one = NewRows();
        one.From(0, ColumnLength).Fill(1);
        Watches = new Watches(one);
    }

    /// <summary>What is known of the series.</summary>
    public SeriesContext Context { get; }

    /// <summary>Opens.</summary>
    public Series Open { get; }

    /// <summary>Highs.</summary>
    public Series High { get; }

    /// <summary>Lows.</summary>
    public Series Low { get; }

    /// <summary>Closes.</summary>
    public Series Close { get; }

    /// <summary>Volumes.</summary>
    public Series Volume { get; }

    /// <summary>The indicators that are calculated, each once.</summary>
    public IEnumerable<IndicatorKey> Indicators => sources.Keys;

    /// <summary>What the rules watch.</summary>
    internal Watches Watches { get; }

    /// <summary>Open time of the candle at a row, Unix seconds.</summary>
    public long TimeAt(int row) => times[row];

    /// <summary>The number of the candle at a row, the series' first being 0: what lies between two candles, however many rows ago.</summary>
    public long NumberAt(int row) => moved + row;

    /// <summary>An output of an indicator, which this rule now names: it fires from the candle after its first value on.</summary>
    /// <param name="indicator">The indicator, such as <c>sma:20</c>.</param>
    /// <param name="output">The output's name; null for the main one.</param>
    /// <param name="warmUp">The number of candles after which that output has a value; null where it is the indicator's.</param>
    /// <exception cref="IndicatorException">There is no such indicator or output.</exception>
    public Series Use(string indicator, string? output = null, int? warmUp = null)
    {
        if (!asked.TryGetValue(indicator, out var source))
        {
            source = Find(indicator);
            asked.Add(indicator, source);
        }

        var place = output is null ? 0 : source.PlaceOf(output);
        if (place < 0)
        {
            var info = source.Indicator.Info;
            throw new IndicatorException($"{info.Id} has no output '{output}', but {string.Join(", ", info.Outputs)}.");
        }

        var series = source.ColumnOf(place, NewColumn);
        named.Add(series);
        longestWarmUp = Math.Max(longestWarmUp, warmUp ?? source.Indicator.WarmUp);
        return series;
    }

    /// <summary>Starts the declaration of one rule.</summary>
    internal void BeginRule()
    {
        named.Clear();
        longestWarmUp = 1;
    }

    /// <summary>What the rule named, the number of candles after which all of it usually has a value, and its place among the rules.</summary>
    internal (Series[] Named, int WarmUp, int Number) EndRule() => ([.. named], longestWarmUp, rules++);

    /// <summary>Takes up to <see cref="Block"/> candles, calculates every indicator for them, and returns their first row.</summary>
    internal int Take(ReadOnlySpan<Candle> candles)
    {
        if (end + candles.Length > Capacity)
        {
            MoveHistoryToFront();
        }

        var first = end;
        for (var i = 0; i < candles.Length; i++)
        {
            SetPrices(first + i, candles[i]);
        }

        foreach (var source in running)
        {
            source.Fill(candles, first, scratch);
        }

        end += candles.Length;
        return first;
    }

    /// <summary>As <see cref="Take"/>, for one candle.</summary>
    internal int TakeOne(in Candle candle)
    {
        if (end == Capacity)
        {
            MoveHistoryToFront();
        }

        SetPrices(end, candle);
        foreach (var source in running)
        {
            source.FillOne(candle, end, scratch);
        }

        return end++;
    }

    internal void Reset()
    {
        end = History;
        moved = -History;
        foreach (var column in columns)
        {
            column.From(0, History).Fill(double.NaN);
        }

        foreach (var source in running)
        {
            source.Indicator.Reset();
        }

        Watches.Reset();
    }

    // The same indicator may be asked for in other words, such as with its defaults written out.
    private Source Find(string indicator)
    {
        var key = IndicatorCatalog.Key(indicator);
        if (!sources.TryGetValue(key, out var source))
        {
            source = new Source(IndicatorCatalog.Create(indicator, Context));
            sources.Add(key, source);
            running = [.. running, source];
            scratch = new double[Math.Max(scratch.Length, Block * source.Width)];
        }

        return source;
    }

    private void SetPrices(int row, in Candle candle)
    {
        times[row] = candle.Time;
        Open.Set(row, candle.Open);
        High.Set(row, candle.High);
        Low.Set(row, candle.Low);
        Close.Set(row, candle.Close);
        Volume.Set(row, candle.Volume);
    }

    private void MoveHistoryToFront()
    {
        times.AsSpan(end - History, History).CopyTo(times);
        foreach (var column in columns)
        {
            column.From(end - History, History).CopyTo(column.From(0, History));
        }

        moved += end - History;
        end = History;
    }

    private Series NewColumn()
    {
        var column = NewRows();
        column.From(0, History).Fill(double.NaN);
        columns.Add(column);
        return column;
    }

    private Series NewRows()
    {
        if (used == room.Length)
        {
            room = new double[ColumnsTogether * ColumnLength];
            used = 0;
        }

        var rows = new Series(room, used);
        used += ColumnLength;
        return rows;
    }
}
