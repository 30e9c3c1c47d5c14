using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Stochastic RSI (Tushar Chande and Stanley Kroll, The New Technical Trader, 1994): where the RSI lies between its own extremes,
/// 0 to 100, and its simple average as signal; 50 where the RSI did not move.
/// </summary>
internal struct StochRsi(int rsiPeriod, int period, int signal, int smooth) : IIndicatorKernel<StochRsi>
{
    private RelativeStrength strength = new(rsiPeriod);
    private RollingRange extremes = new(period);
    private RollingMean smoothed = new(smooth);
    private RollingMean signalMean = new(signal);

    public static IndicatorInfo Info { get; } = new(
        "stoch-rsi",
        "Momentum",
        [
            IndicatorParameter.Period(14, "rsiPeriod"), IndicatorParameter.Period(14),
            IndicatorParameter.Period(3, "signal"), IndicatorParameter.Period(1, "smooth"),
        ],
        ["stochRsi", "signal"]);

    public readonly int WarmUp => rsiPeriod + period + smooth + signal - 2;

    public static StochRsi Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new((int)parameters[0], (int)parameters[1], (int)parameters[2], (int)parameters[3]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        outputs[1] = double.NaN;
        outputs[0] = double.NaN;
        var rsi = strength.Add(candle.Close);
        if (double.IsNaN(rsi))
        {
            return;
        }

        var range = extremes.Add(rsi, rsi, out var low) - low;
        if (double.IsNaN(range))
        {
            return;
        }

        var line = smoothed.Add(range < Still ? 50 : 100 * (rsi - low) / range);
        outputs[0] = line;
        if (!double.IsNaN(line))
        {
            outputs[1] = signalMean.Add(line);
        }
    }

    // The RSI of a market that stands still moves by its last digit; that is no movement.
    private const double Still = 1e-9;
}
