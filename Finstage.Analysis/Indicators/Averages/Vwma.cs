using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Averages;

/// <summary>Volume-weighted moving average: Σ close·volume / Σ volume. Absent while the window has no volume.</summary>
internal struct Vwma(int period) : IIndicatorKernel<Vwma>
{
    private RollingSumPair sums = new(period);

    public static IndicatorInfo Info { get; } = new("vwma", "Averages", [IndicatorParameter.Period(14)], ["vwma"]);

    public readonly int WarmUp => period;

    public static Vwma Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        // Without volume it is 0/0, which is NaN: absent.
        outputs[0] = sums.Add(candle.Close * candle.Volume, candle.Volume, out var volume) / volume;
    }
}
