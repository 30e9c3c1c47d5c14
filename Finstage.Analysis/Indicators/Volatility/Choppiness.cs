using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volatility;

/// <summary>
/// Choppiness index (E. W. Dreiss, 1990s): the path walked (sum of true ranges) against the range covered, on a logarithmic scale
/// from 0 (a straight line) to 100; 50 when there is no range.
/// </summary>
internal struct Choppiness(int period) : IIndicatorKernel<Choppiness>
{
    private readonly double scale = 100 / Math.Log(period);
    private RollingSum path = new(period);
    private RollingRange extremes = new(period);
    private double previousClose = double.NaN;

    public static IndicatorInfo Info { get; } = new("choppiness", "Volatility", [IndicatorParameter.Period(14, min: 2)], ["choppiness"]);

    public readonly int WarmUp => period + 1;

    public static Choppiness Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var before = previousClose;
        previousClose = candle.Close;
        if (double.IsNaN(before))
        {
            outputs[0] = double.NaN;
            return;
        }

        var high = Prices.Larger(candle.High, before);
        var low = Prices.Smaller(candle.Low, before);
        var walked = path.Add(high - low);
        var range = extremes.Add(high, low, out var lowest) - lowest;
        outputs[0] = range == 0 ? 50 : scale * Math.Log(walked / range);
    }
}
