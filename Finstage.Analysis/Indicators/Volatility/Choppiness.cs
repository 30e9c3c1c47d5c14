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
    private RollingMax highest = new(period);
    private RollingMin lowest = new(period);
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
        var range = highest.Add(high) - lowest.Add(low);
        outputs[0] = range == 0 ? Neutral(path.Add(high - low)) : scale * Math.Log(path.Add(high - low) / range);
    }

    private static double Neutral(double walked) => double.IsNaN(walked) ? double.NaN : 50;
}
