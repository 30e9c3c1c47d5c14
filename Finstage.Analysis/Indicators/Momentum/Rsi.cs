using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Relative strength index (J. Welles Wilder, New Concepts in Technical Trading Systems, 1978): 100 · gain / (gain + loss), both
/// smoothed by Wilder's mean; 50 where neither gain nor loss is left.
/// </summary>
internal struct Rsi(int period) : IIndicatorKernel<Rsi>
{
    private ExponentialMean gain = ExponentialMean.Wilder(period);
    private ExponentialMean loss = ExponentialMean.Wilder(period);
    private double previous = double.NaN;

    public static IndicatorInfo Info { get; } =
        new("rsi", "Momentum", [new IndicatorParameter("period", 14, 1, 10_000)], ["rsi"]);

    public readonly int WarmUp => period + 1;

    public static Rsi Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var change = candle.Close - previous;
        previous = candle.Close;
        if (double.IsNaN(change))
        {
            outputs[0] = double.NaN;
            return;
        }

        var up = gain.Add(Math.Max(change, 0));
        var total = up + loss.Add(Math.Max(-change, 0));
        outputs[0] = total == 0 ? 50 : 100 * up / total;
    }
}
