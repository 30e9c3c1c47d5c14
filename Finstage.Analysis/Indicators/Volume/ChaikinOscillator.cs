using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volume;

/// <summary>Chaikin oscillator (Marc Chaikin): the fast EMA of the accumulation/distribution line minus the slow one.</summary>
internal struct ChaikinOscillator(int fast, int slow) : IIndicatorKernel<ChaikinOscillator>
{
    private CompensatedSum line;
    private ExponentialMean fastMean = ExponentialMean.Ema(fast);
    private ExponentialMean slowMean = ExponentialMean.Ema(slow);

    public static IndicatorInfo Info { get; } = new(
        "chaikin-oscillator",
        "Volume",
        [IndicatorParameter.Period(3, "fast"), IndicatorParameter.Period(10, "slow", 2)],
        ["oscillator"]);

    public readonly int WarmUp => Math.Max(fast, slow);

    public static ChaikinOscillator Create(ReadOnlySpan<double> parameters, SeriesContext series) => parameters[0] < parameters[1]
        ? new((int)parameters[0], (int)parameters[1])
        : throw new IndicatorException("chaikin-oscillator: fast must be less than slow.");

    public void Update(in Candle candle, Span<double> outputs)
    {
        var total = line.Add(Prices.MoneyFlowMultiplier(candle) * candle.Volume);
        outputs[0] = fastMean.Add(total) - slowMean.Add(total);
    }
}
