using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// Where the rules of one engine take their numbers from. Rules declare their indicators by value while they are created; each
/// distinct one is calculated once for all of them. All numbers of a candle lie side by side in one row. Not thread-safe.
/// </summary>
public sealed class Inputs
{
    /// <summary>How many candles a rule may look back.</summary>
    public const int History = 16;

    /// <summary>How many candles are calculated together at most.</summary>
    internal const int Block = 128;

    private const int Capacity = History + Block;

    private readonly Dictionary<IndicatorKey, Source> sources = [];
    private readonly Dictionary<string, Source> asked = new(StringComparer.Ordinal);
    private readonly List<Series> named = [];
    private Source[] running = [];
    private double[] numbers = [];
    private int width = Row.FreeSlot;
    private int end = History;
    private long taken;
    private int longestWarmUp;
    private int rules;

    internal Inputs(SeriesContext context) => Context = context;

    /// <summary>What is known of the series.</summary>
    public SeriesContext Context { get; }

    /// <summary>Opens.</summary>
    public Series Open { get; } = new(Row.OpenSlot);

    /// <summary>Highs.</summary>
    public Series High { get; } = new(Row.HighSlot);

    /// <summary>Lows.</summary>
    public Series Low { get; } = new(Row.LowSlot);

    /// <summary>Closes.</summary>
    public Series Close { get; } = new(Row.CloseSlot);

    /// <summary>Volumes.</summary>
    public Series Volume { get; } = new(Row.VolumeSlot);

    /// <summary>The indicators that are calculated, each once.</summary>
    public IEnumerable<IndicatorKey> Indicators => sources.Keys;

    /// <summary>What the rules watch.</summary>
    internal Watches Watches { get; } = new();

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

        var series = new Series(source.FirstSlot + PlaceOf(output, source.Indicator.Info));
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

    /// <summary>Takes up to <see cref="Block"/> candles, calculates every indicator for them, and returns the first one's row.</summary>
    internal Row Take(ReadOnlySpan<Candle> candles)
    {
        MakeRoom(candles.Length);
        var first = new Row(numbers, end * width, width);
        for (var i = 0; i < candles.Length; i++)
        {
            SetPrices(first.After(i), candles[i]);
        }

        foreach (ref readonly var source in running.AsSpan())
        {
            source.Indicator.Fill(candles, first.From(source.FirstSlot), width);
        }

        end += candles.Length;
        return first;
    }

    /// <summary>As <see cref="Take"/>, for one candle.</summary>
    internal Row TakeOne(in Candle candle)
    {
        MakeRoom(1);
        var row = new Row(numbers, end * width, width);
        SetPrices(row, candle);
        foreach (ref readonly var source in running.AsSpan())
        {
            source.Indicator.FillOne(candle, row.From(source.FirstSlot));
        }

        end++;
        return row;
    }

    internal void Reset()
    {
        end = History;
        taken = 0;
        numbers.AsSpan(0, Math.Min(numbers.Length, History * width)).Fill(double.NaN);
        foreach (ref readonly var source in running.AsSpan())
        {
            source.Indicator.Reset();
        }

        Watches.Reset();
    }

    private static int PlaceOf(string? output, IndicatorInfo info)
    {
        for (var place = 0; place < info.Outputs.Count; place++)
        {
            if (output is null || info.Outputs[place] == output)
            {
                return place;
            }
        }

        throw new IndicatorException($"{info.Id} has no output '{output}', but {string.Join(", ", info.Outputs)}.");
    }

    // The same indicator may be asked for in other words, such as with its defaults written out.
    private Source Find(string indicator)
    {
        var key = IndicatorCatalog.Key(indicator);
        if (!sources.TryGetValue(key, out var source))
        {
            source = new Source(IndicatorCatalog.Create(indicator, Context), width);
            sources.Add(key, source);
            running = [.. running, source];
            width += source.Indicator.Info.Outputs.Count;
        }

        return source;
    }

    private void SetPrices(Row row, in Candle candle)
    {
        var into = row.From(0)[..Row.FreeSlot];
        into[Row.TimeSlot] = candle.Time;
        into[Row.NumberSlot] = taken++;
        into[Row.OneSlot] = 1;
        into[Row.OpenSlot] = candle.Open;
        into[Row.HighSlot] = candle.High;
        into[Row.LowSlot] = candle.Low;
        into[Row.CloseSlot] = candle.Close;
        into[Row.VolumeSlot] = candle.Volume;
    }

    private void MakeRoom(int candles)
    {
        if (numbers.Length == 0)
        {
            // Every rule is there now. One row more than is ever filled: a rule that reads ahead is for the look-ahead check to find.
            numbers = new double[(Capacity + 1) * width];
            numbers.AsSpan(0, History * width).Fill(double.NaN);
            Watches.Begin(width);
        }
        else if (end + candles > Capacity)
        {
            numbers.AsSpan((end - History) * width, History * width).CopyTo(numbers);
            end = History;
        }
    }

    /// <summary>An indicator, and the slot of its first output.</summary>
    private readonly record struct Source(Indicator Indicator, int FirstSlot);
}
