using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Indicators;

/// <summary>A column of an <see cref="IndicatorSeries"/>.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Output">The output's name.</param>
/// <param name="Title">What to write above it: the indicator, and behind a dot the output where there are several.</param>
public sealed record IndicatorColumn(IndicatorKey Indicator, string Output, string Title);

/// <summary>
/// The values of some indicators over a whole series, row by row: what files and answers to requests are made of. Immutable and
/// thread-safe.
/// </summary>
public sealed class IndicatorSeries
{
    private readonly double[][] blocks;
    private readonly (int Block, int Width, int Offset)[] places;
    private readonly long[] times;

    private IndicatorSeries(IReadOnlyList<Indicator> indicators, long[] times, double[][] blocks)
    {
        this.times = times;
        this.blocks = blocks;
        places = [.. indicators.SelectMany((indicator, block) =>
            indicator.Info.Outputs.Select((_, offset) => (block, indicator.Info.Outputs.Count, offset)))];
        Columns = [.. indicators.SelectMany(indicator => indicator.Info.Outputs.Select(output => new IndicatorColumn(
            indicator.Key, output, indicator.Info.Outputs.Count == 1 ? indicator.Key.Text : $"{indicator.Key}.{output}")))];
    }

    /// <summary>The columns, in the order in which the indicators were asked for.</summary>
    public IReadOnlyList<IndicatorColumn> Columns { get; }

    /// <summary>The number of rows: one per candle.</summary>
    public int Count => times.Length;

    /// <summary>The value at a row and a column; NaN where there is none.</summary>
    public double this[int row, int column] => blocks[places[column].Block][(row * places[column].Width) + places[column].Offset];

    /// <summary>Calculates indicators over a series.</summary>
    /// <param name="indicators">Texts such as <c>rsi:14</c>, at least one.</param>
    /// <param name="series">What is known of the series.</param>
    /// <param name="candles">The candles, ascending.</param>
    /// <exception cref="IndicatorException">There is no such indicator, or it does not take such parameters.</exception>
    /// <exception cref="SeriesTooShortException">An indicator would not have one full row of values.</exception>
    /// <exception cref="NotFiniteCandleException">A price or a volume is NaN or infinite.</exception>
    public static IndicatorSeries Calculate(IEnumerable<string> indicators, SeriesContext series, ReadOnlySpan<Candle> candles)
    {
        ArgumentNullException.ThrowIfNull(indicators);
        Indicator[] made = [.. indicators.Select(text => IndicatorCatalog.Create(text, series))];
        foreach (var indicator in made)
        {
            if (indicator.WarmUp > candles.Length)
            {
                throw new SeriesTooShortException(indicator, candles.Length);
            }
        }

        var blocks = new double[made.Length][];
        for (var i = 0; i < made.Length; i++)
        {
            blocks[i] = new double[candles.Length * made[i].Info.Outputs.Count];
            made[i].Run(candles, blocks[i]);
        }

        var times = new long[candles.Length];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = candles[i].Time;
        }

        return new IndicatorSeries(made, times, blocks);
    }

    /// <summary>Open time of the candle of a row, Unix seconds.</summary>
    public long TimeAt(int row) => times[row];
}
