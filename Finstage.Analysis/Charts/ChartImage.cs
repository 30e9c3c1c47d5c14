using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Charts;

/// <summary>What a chart is about.</summary>
/// <param name="Symbol">The symbol's code.</param>
/// <param name="Name">Its name in Latin letters.</param>
/// <param name="Series">What is known of the series.</param>
/// <param name="Language"><c>ko</c>: what rises is red and what falls is blue, as in Seoul; else green and red.</param>
public sealed record ChartSubject(string Symbol, string Name, SeriesContext Series, string Language)
{
    /// <summary>What stands beside the candles.</summary>
    public ChartLook Look { get; init; } = ChartLook.Plain;

    /// <summary>The signal that is shown, or null.</summary>
    public ChartMark? Mark { get; init; }
}

/// <summary>A signal on a chart.</summary>
/// <param name="Time">Open time of its candle, Unix seconds.</param>
/// <param name="Direction">Its side.</param>
/// <param name="Strategy">The strategy's identifier.</param>
public sealed record ChartMark(long Time, Direction Direction, string Strategy);

/// <summary>
/// Draws candles with volume, averages and a signal's mark, large enough to be read on a phone: a PNG of 1,000 by 720 pixels, dark.
/// Pure and thread-safe; the same arguments give the same bytes.
/// </summary>
public static class ChartImage
{
    /// <summary>The width in pixels.</summary>
    public const int Width = 1_000;

    /// <summary>The height in pixels.</summary>
    public const int Height = 720;

    /// <summary>At most so many candles are shown: the last ones.</summary>
    public const int Shown = 90;

    /// <summary>So many candles are enough for every look: those shown, and those that the longest average needs before them.</summary>
    public const int Wanted = Shown + 400;

    /// <summary>Draws a chart.</summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="candles">Closed candles, ascending, at least one; <see cref="Wanted"/> are enough.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentException">There is no candle.</exception>
    /// <exception cref="NotFiniteCandleException">A price or a volume is NaN or infinite.</exception>
    public static byte[] Draw(ChartSubject subject, ReadOnlySpan<Candle> candles)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (candles.IsEmpty)
        {
            throw new ArgumentException("A chart needs at least one candle.", nameof(candles));
        }

        return PngFile.Of(Paint(subject, candles));
    }

    /// <summary>As <see cref="Draw"/>, before it becomes a file.</summary>
    internal static Canvas Paint(ChartSubject subject, ReadOnlySpan<Candle> candles)
    {
        var columns = ChartColumns.Of(subject.Look, subject.Series, candles, Shown);
        var painter = new ChartPainter(subject, candles[^Math.Min(Shown, candles.Length)..].ToArray(), columns);
        return painter.Paint(candles.Length > Shown ? candles[^(Shown + 1)].Close : double.NaN);
    }
}

/// <summary>The values of a look's lines at the candles that are shown.</summary>
/// <param name="OnPrice">Those on the candles' scale.</param>
/// <param name="Below">Those with a part of their own.</param>
internal sealed record ChartColumns(IReadOnlyList<ChartColumn> OnPrice, IReadOnlyList<ChartColumn> Below)
{
    public static ChartColumns Of(ChartLook look, SeriesContext series, ReadOnlySpan<Candle> candles, int shown)
    {
        var known = new Dictionary<string, (Indicator Indicator, double[] Values)>(StringComparer.Ordinal);
        var (onPrice, below) = (new List<ChartColumn>(), new List<ChartColumn>());
        foreach (var line in look.OnPrice.Concat(look.Below))
        {
            if (!known.TryGetValue(line.Indicator, out var found))
            {
                var made = IndicatorCatalog.Create(line.Indicator, series);
                found = (made, new double[candles.Length * made.Info.Outputs.Count]);
                made.Run(candles, found.Values);
                known.Add(line.Indicator, found);
            }

            var outputs = found.Indicator.Info.Outputs;
            var output = line.Output is null ? 0 : outputs.ToList().IndexOf(line.Output);
            var values = new double[Math.Min(shown, candles.Length)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = found.Values[((candles.Length - values.Length + i) * outputs.Count) + output];
            }

            // A line that is not there yet would only stand in the legend.
            if (values.Any(double.IsFinite))
            {
                (look.Below.Contains(line) ? below : onPrice).Add(new ChartColumn(line, values));
            }
        }

        return new ChartColumns(onPrice, below);
    }
}

/// <summary>A line and its values, one for each candle shown; NaN where there is none.</summary>
internal sealed record ChartColumn(ChartLine Line, double[] Values);
