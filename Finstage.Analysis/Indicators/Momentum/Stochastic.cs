using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Stochastic oscillator (George Lane, 1950s): where the close lies between the period's low and high, 0 to 100 (50 when they are
/// equal), smoothed (%K), averaged again (%D), and %J = kFactor·%K − dFactor·%D.
/// </summary>
internal struct Stochastic(int period, int smooth, int signal, double kFactor, double dFactor) : IIndicatorKernel<Stochastic>
{
    private RollingRange extremes = new(period);
    private RollingMean smoothed = new(smooth);
    private RollingMean signalMean = new(signal);

    public static IndicatorInfo Info { get; } = new(
        "stochastic",
        "Momentum",
        [
            IndicatorParameter.Period(14), IndicatorParameter.Period(3, "smooth"), IndicatorParameter.Period(3, "signal"),
            IndicatorParameter.Factor("kFactor", 3, 0, 100), IndicatorParameter.Factor("dFactor", 2, 0, 100),
        ],
        ["k", "d", "j"]);

    public readonly int WarmUp => period + smooth + signal - 2;

    public static Stochastic Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new((int)parameters[0], (int)parameters[1], (int)parameters[2], parameters[3], parameters[4]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var range = extremes.Add(candle.High, candle.Low, out var low) - low;
        var k = double.NaN;
        var d = double.NaN;
        if (!double.IsNaN(range))
        {
            k = smoothed.Add(range == 0 ? 50 : 100 * (candle.Close - low) / range);
            d = double.IsNaN(k) ? k : signalMean.Add(k);
        }

        outputs[2] = (kFactor * k) - (dFactor * d);
        outputs[1] = d;
        outputs[0] = k;
    }
}
