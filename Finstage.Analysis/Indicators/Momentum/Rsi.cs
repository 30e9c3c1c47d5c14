using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Relative strength index (J. Welles Wilder, New Concepts in Technical Trading Systems, 1978): 100 · gain / (gain + loss), both
/// smoothed by Wilder's mean; 50 where neither gain nor loss is left.
/// </summary>
internal struct Rsi(int period) : IIndicatorKernel<Rsi>
{
    private RelativeStrength strength = new(period);

    public static IndicatorInfo Info { get; } = new("rsi", "Momentum", [IndicatorParameter.Period(14)], ["rsi"]);

    public readonly int WarmUp => period + 1;

    public static Rsi Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs) => outputs[0] = strength.Add(candle.Close);
}
