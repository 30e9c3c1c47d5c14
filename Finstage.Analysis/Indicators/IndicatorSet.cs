using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Indicators;

/// <summary>
/// Several indicators over one series, fed together: each candle is checked once for all of them. No allocation after construction.
/// Not thread-safe.
/// </summary>
public sealed class IndicatorSet
{
    private readonly Indicator[] indicators;

    /// <summary>Creates a set of indicators that have seen nothing.</summary>
    /// <param name="indicators">Texts such as <c>rsi:14</c>.</param>
    /// <param name="series">What is known of the series.</param>
    /// <exception cref="IndicatorException">There is no such indicator, or it does not take such parameters.</exception>
    public IndicatorSet(IEnumerable<string> indicators, SeriesContext series)
    {
        ArgumentNullException.ThrowIfNull(indicators);
        this.indicators = [.. indicators.Select(text => IndicatorCatalog.Create(text, series))];
    }

    /// <summary>The indicators, in the order in which they were asked for. Feed them through the set alone.</summary>
    public IReadOnlyList<Indicator> Indicators => indicators;

    /// <summary>Takes the next closed candle.</summary>
    /// <param name="candle">The candle.</param>
    /// <exception cref="NotFiniteCandleException">A price or the volume is NaN or infinite; nothing was changed.</exception>
    public void Update(in Candle candle)
    {
        Indicator.ThrowUnlessFinite(candle);
        foreach (var indicator in indicators)
        {
            indicator.Take(candle);
        }
    }

    /// <summary>Forgets every candle.</summary>
    public void Reset()
    {
        foreach (var indicator in indicators)
        {
            indicator.Reset();
        }
    }
}
