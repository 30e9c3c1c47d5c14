using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Moving average convergence/divergence (Gerald Appel, 1979): EMA(fast) − EMA(slow) of the close, its EMA as signal, and their
/// difference as histogram.
/// </summary>
internal struct Macd(int fast, int slow, int signal) : IIndicatorKernel<Macd>
{
    private ExponentialMean fastMean = ExponentialMean.Ema(fast);
    private ExponentialMean slowMean = ExponentialMean.Ema(slow);
    private ExponentialMean signalMean = ExponentialMean.Ema(signal);

    public static IndicatorInfo Info { get; } = new(
        "macd",
        "Momentum",
        [IndicatorParameter.Period(12, "fast"), IndicatorParameter.Period(26, "slow", 2), IndicatorParameter.Period(9, "signal")],
        ["macd", "signal", "histogram"]);

    public readonly int WarmUp => Math.Max(fast, slow) + signal - 1;

    public static Macd Create(ReadOnlySpan<double> parameters, SeriesContext series) => parameters[0] < parameters[1]
        ? new((int)parameters[0], (int)parameters[1], (int)parameters[2])
        : throw new IndicatorException("macd: fast must be less than slow.");

    public void Update(in Candle candle, Span<double> outputs)
    {
        var line = fastMean.Add(candle.Close) - slowMean.Add(candle.Close);
        var average = double.IsNaN(line) ? double.NaN : signalMean.Add(line);
        outputs[2] = line - average;
        outputs[1] = average;
        outputs[0] = line;
    }
}
