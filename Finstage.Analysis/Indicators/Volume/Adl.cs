using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volume;

/// <summary>
/// Accumulation/distribution line (Marc Chaikin): the running sum of volume weighted by where the close lies in the candle's range
/// (−1 at its low, 1 at its high, 0 without a range); also that weight and that volume.
/// </summary>
internal struct Adl : IIndicatorKernel<Adl>
{
    private CompensatedSum line;

    public static IndicatorInfo Info { get; } = new("adl", "Volume", [], ["adl", "multiplier", "flow"]);

    public readonly int WarmUp => 1;

    public static Adl Create(ReadOnlySpan<double> parameters, SeriesContext series) => default;

    public void Update(in Candle candle, Span<double> outputs)
    {
        var multiplier = Prices.MoneyFlowMultiplier(candle);
        var flow = multiplier * candle.Volume;
        outputs[2] = flow;
        outputs[1] = multiplier;
        outputs[0] = line.Add(flow);
    }
}
