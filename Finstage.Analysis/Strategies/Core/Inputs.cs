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

    private readonly Dictionary<IndicatorKey, Source> sources = [];
    private readonly List<Series> named = [];
    private readonly List<double[]> columns = [];
    private readonly long[] times = new long[Capacity];
    private readonly double[] open;
    private readonly double[] high;
    private readonly double[] low;
    private readonly double[] close;
    private readonly double[] volume;
    private Source[] running = [];
    private double[] scratch = [];
    private int end = History;
    private int longestWarmUp;

    internal Inputs(SeriesContext context)
    {
        Context = context;
        open = NewColumn();
        high = NewColumn();
        low = NewColumn();
        close = NewColumn();
        volume = NewColumn();
    }

    /// <summary>What is known of the series.</summary>
    public SeriesContext Context { get; }

    /// <summary>Opens.</summary>
    public Series Open => new(open);

    /// <summary>Highs.</summary>
    public Series High => new(high);

    /// <summary>Lows.</summary>
    public Series Low => new(low);

    /// <summary>Closes.</summary>
    public Series Close => new(close);

    /// <summary>Volumes.</summary>
    public Series Volume => new(volume);

    /// <summary>The indicators that are calculated, each once.</summary>
    public IEnumerable<IndicatorKey> Indicators => sources.Keys;

    /// <summary>Open time of the candle at a row, Unix seconds.</summary>
    public long TimeAt(int row) => times[row];

    /// <summary>An output of an indicator, which this rule now names: it fires from the candle after its first value on.</summary>
    /// <param name="indicator">The indicator, such as <c>sma:20</c>.</param>
    /// <param name="output">The output's name; null for the main one.</param>
    /// <param name="warmUp">The number of candles after which that output has a value; null where it is the indicator's.</param>
    /// <exception cref="IndicatorException">There is no such indicator or output.</exception>
    public Series Use(string indicator, string? output = null, int? warmUp = null)
    {
        var key = IndicatorCatalog.Key(indicator);
        if (!sources.TryGetValue(key, out var source))
        {
            source = new Source(IndicatorCatalog.Create(indicator, Context));
            sources.Add(key, source);
            running = [.. running, source];
            scratch = new double[Math.Max(scratch.Length, Block * source.Width)];
        }

        var info = source.Indicator.Info;
        var place = output is null ? 0 : info.Outputs.ToList().IndexOf(output);
        if (place < 0)
        {
            throw new IndicatorException($"{info.Id} has no output '{output}', but {string.Join(", ", info.Outputs)}.");
        }

        var series = new Series(source.ColumnOf(place, NewColumn));
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

    /// <summary>What the rule named, and the number of candles after which all of it usually has a value.</summary>
    internal (Series[] Named, int WarmUp) EndRule() => ([.. named], longestWarmUp);

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
        foreach (var column in columns)
        {
            column.AsSpan(0, History).Fill(double.NaN);
        }

        foreach (var source in running)
        {
            source.Indicator.Reset();
        }
    }

    private void SetPrices(int row, in Candle candle)
    {
        times[row] = candle.Time;
        open[row] = candle.Open;
        high[row] = candle.High;
        low[row] = candle.Low;
        close[row] = candle.Close;
        volume[row] = candle.Volume;
    }

    private void MoveHistoryToFront()
    {
        times.AsSpan(end - History, History).CopyTo(times);
        foreach (var column in columns)
        {
            column.AsSpan(end - History, History).CopyTo(column);
        }

        end = History;
    }

    private double[] NewColumn()
    {
        // One row more than is ever filled: a rule that reads ahead is for the look-ahead check to find, not for the runtime.
        var column = new double[Capacity + 1];
        column.AsSpan(0, History).Fill(double.NaN);
        columns.Add(column);
        return column;
    }

    /// <summary>An indicator and the columns of those of its outputs that somebody looks at.</summary>
    private sealed class Source(Indicator indicator)
    {
        private (int Output, double[] Rows)[] columns = [];

        public Indicator Indicator { get; } = indicator;

        public int Width { get; } = indicator.Info.Outputs.Count;

        public double[] ColumnOf(int output, Func<double[]> make)
        {
            var found = Array.Find(columns, c => c.Output == output).Rows;
            if (found is null)
            {
                found = make();
                columns = [.. columns, (output, found)];
            }

            return found;
        }

        public void FillOne(in Candle candle, int row, double[] scratch)
        {
            var used = columns;
            if (Width == 1)
            {
                Indicator.FillOne(candle, used[0].Rows.AsSpan(row, 1));
                return;
            }

            Indicator.FillOne(candle, scratch);
            foreach (ref readonly var column in used.AsSpan())
            {
                column.Rows[row] = scratch[column.Output];
            }
        }

        public void Fill(ReadOnlySpan<Candle> candles, int firstRow, double[] scratch)
        {
            if (Width == 1)
            {
                Indicator.Fill(candles, columns[0].Rows.AsSpan(firstRow, candles.Length));
                return;
            }

            Indicator.Fill(candles, scratch);
            foreach (var (output, rows) in columns)
            {
                var target = rows.AsSpan(firstRow, candles.Length);
                var place = output;
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = scratch[place];
                    place += Width;
                }
            }
        }
    }
}
