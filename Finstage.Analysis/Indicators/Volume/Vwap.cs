using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volume;

/// <summary>
/// Volume-weighted average price: Σ typical price·volume / Σ volume since the session's first candle, or, with <c>anchor</c> 1, since
/// the series' first. Absent until there is volume.
/// </summary>
internal struct Vwap(SeriesContext series, bool isAnchored) : IIndicatorKernel<Vwap>
{
    private CompensatedSum paid;
    private CompensatedSum volume;
    private int session = int.MinValue;

    public static IndicatorInfo Info { get; } = new("vwap", "Volume", [IndicatorParameter.Choice("anchor")], ["vwap"]);

    public readonly int WarmUp => 1;

    public static Vwap Create(ReadOnlySpan<double> parameters, SeriesContext series) => new(series, parameters[0] != 0);

    public void Update(in Candle candle, Span<double> outputs)
    {
        if (!isAnchored)
        {
            var current = series.DateOf(candle.Time);
            if (current != session)
            {
                session = current;
                paid = default;
                volume = default;
            }
        }

        // Without volume it is 0/0, which is NaN: absent.
        outputs[0] = paid.Add(Prices.Typical(candle) * candle.Volume) / volume.Add(candle.Volume);
    }
}
