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

    private const int Capacity = History + (4 * Block);

    private readonly Dictionary<IndicatorKey, Column> columns = [];
    private readonly List<Column> running = [];
    private readonly List<Series> named = [];
    private readonly long[] times = new long[Capacity];
    private readonly double[] prices = NewRows(5);
    private int end = History;
    private int longestWarmUp;

    internal Inputs(SeriesContext context) => Context = context;

    /// <summary>What is known of the series.</summary>
    public SeriesContext Context { get; }

    /// <summary>Opens.</summary>
    public Series Open => new(prices, 5, 0);

    /// <summary>Highs.</summary>
    public Series High => new(prices, 5, 1);

    /// <summary>Lows.</summary>
    public Series Low => new(prices, 5, 2);

    /// <summary>Closes.</summary>
    public Series Close => new(prices, 5, 3);

    /// <summary>Volumes.</summary>
    public Series Volume => new(prices, 5, 4);

    /// <summary>The indicators that are calculated, each once.</summary>
    public IEnumerable<IndicatorKey> Indicators => columns.Keys;

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
        if (!columns.TryGetValue(key, out var column))
        {
            var made = IndicatorCatalog.Create(indicator, Context);
            column = new Column(made, NewRows(made.Info.Outputs.Count));
            columns.Add(key, column);
            running.Add(column);
        }

        var info = column.Indicator.Info;
        var offset = output is null ? 0 : info.Outputs.ToList().IndexOf(output);
        if (offset < 0)
        {
            throw new IndicatorException($"{info.Id} has no output '{output}', but {string.Join(", ", info.Outputs)}.");
        }

        var series = new Series(column.Rows, info.Outputs.Count, offset);
        named.Add(series);
        longestWarmUp = Math.Max(longestWarmUp, warmUp ?? column.Indicator.WarmUp);
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
            ref readonly var candle = ref candles[i];
            times[first + i] = candle.Time;
            var row = prices.AsSpan((first + i) * 5, 5);
            row[4] = candle.Volume;
            row[3] = candle.Close;
            row[2] = candle.Low;
            row[1] = candle.High;
            row[0] = candle.Open;
        }

        foreach (var column in running)
        {
            var width = column.Indicator.Info.Outputs.Count;
            column.Indicator.Run(candles, column.Rows.AsSpan(first * width, candles.Length * width));
        }

        end += candles.Length;
        return first;
    }

    internal void Reset()
    {
        end = History;
        prices.AsSpan(0, History * 5).Fill(double.NaN);
        foreach (var column in running)
        {
            column.Indicator.Reset();
            column.Rows.AsSpan(0, History * column.Indicator.Info.Outputs.Count).Fill(double.NaN);
        }
    }

    private void MoveHistoryToFront()
    {
        times.AsSpan(end - History, History).CopyTo(times);
        Move(prices, 5);
        foreach (var column in running)
        {
            Move(column.Rows, column.Indicator.Info.Outputs.Count);
        }

        end = History;
    }

    private void Move(double[] rows, int width) =>
        rows.AsSpan((end - History) * width, History * width).CopyTo(rows);

    private static double[] NewRows(int width)
    {
        var rows = new double[Capacity * width];
        rows.AsSpan(0, History * width).Fill(double.NaN);
        return rows;
    }

    private sealed record Column(Indicator Indicator, double[] Rows);
}
