using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Percentage price oscillator: EMA(fast) − EMA(slow) of the close in percent of EMA(slow), its EMA as signal, and their difference
/// as histogram. Absent on candles whose slow average is not above zero.
/// </summary>
internal struct Ppo(int fast, int slow, int signal) : IIndicatorKernel<Ppo>
{
    private ExponentialMean fastMean = ExponentialMean.Ema(fast);
    private ExponentialMean slowMean = ExponentialMean.Ema(slow);
    private ExponentialMean signalMean = ExponentialMean.Ema(signal);

    public static IndicatorInfo Info { get; } = new(
        "ppo",
        "Momentum",
        [IndicatorParameter.Period(12, "fast"), IndicatorParameter.Period(26, "slow", 2), IndicatorParameter.Period(9, "signal")],
        ["ppo", "signal", "histogram"]);

    public readonly int WarmUp => Math.Max(fast, slow) + signal - 1;

    public static Ppo Create(ReadOnlySpan<double> parameters, SeriesContext series) => parameters[0] < parameters[1]
        ? new((int)parameters[0], (int)parameters[1], (int)parameters[2])
        : throw new IndicatorException("ppo: fast must be less than slow.");

    public void Update(in Candle candle, Span<double> outputs)
    {
        var slowly = slowMean.Add(candle.Close);
        var line = Prices.Percent(fastMean.Add(candle.Close) - slowly, slowly);
        var average = signalMean.AddKnown(line);
        outputs[2] = line - average;
        outputs[1] = average;
        outputs[0] = line;
    }
}
