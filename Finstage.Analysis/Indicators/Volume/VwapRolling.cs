using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volume;

/// <summary>
/// Volume-weighted average price of the newest <c>period</c> candles: Σ typical price·volume / Σ volume. Absent while they have no
/// volume.
/// </summary>
internal struct VwapRolling(int period) : IIndicatorKernel<VwapRolling>
{
    private RollingSumPair sums = new(period);

    public static IndicatorInfo Info { get; } = new("vwap-rolling", "Volume", [IndicatorParameter.Period(20)], ["vwap"]);

    public readonly int WarmUp => period;

    public static VwapRolling Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        // Without volume it is 0/0, which is NaN: absent.
        outputs[0] = sums.Add(Prices.Typical(candle) * candle.Volume, candle.Volume, out var volume) / volume;
    }
}
