using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volume;

/// <summary>
/// Chaikin money flow (Marc Chaikin, 1980s): volume weighted by where each close lies in its candle's range, over all volume, −1 to
/// 1; 0 when there is no volume.
/// </summary>
internal struct Cmf(int period) : IIndicatorKernel<Cmf>
{
    private RollingSumPair sums = new(period);

    public static IndicatorInfo Info { get; } = new("cmf", "Volume", [IndicatorParameter.Period(20)], ["cmf"]);

    public readonly int WarmUp => period;

    public static Cmf Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var flow = sums.Add(Prices.MoneyFlowMultiplier(candle) * candle.Volume, candle.Volume, out var volume);
        outputs[0] = volume == 0 ? 0 : flow / volume;
    }
}
