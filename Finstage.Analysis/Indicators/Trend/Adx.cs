using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Trend;

/// <summary>
/// Average directional index (J. Welles Wilder, 1978): +DI and −DI are the smoothed directional movements in percent of the smoothed
/// true range, DX their distance in percent of their sum, ADX Wilder's mean of DX, ADXR its mean with the ADX <c>period</c> candles
/// ago. Each is 0 where it would be 0/0.
/// </summary>
internal struct Adx(int period) : IIndicatorKernel<Adx>
{
    private ExponentialMean up = ExponentialMean.Wilder(period);
    private ExponentialMean down = ExponentialMean.Wilder(period);
    private ExponentialMean ranges = ExponentialMean.Wilder(period);
    private ExponentialMean mean = ExponentialMean.Wilder(period);
    private Delay means = new(period);
    private double previousHigh;
    private double previousLow;
    private double previousClose = double.NaN;

    public static IndicatorInfo Info { get; } = new(
        "adx", "Trend", [IndicatorParameter.Period(14)], ["adx", "plusDi", "minusDi", "dx", "adxr"]);

    public readonly int WarmUp => 3 * period;

    public static Adx Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var range = Prices.TrueRange(candle, previousClose);
        var rise = candle.High - previousHigh;
        var fall = previousLow - candle.Low;
        previousHigh = candle.High;
        previousLow = candle.Low;
        previousClose = candle.Close;
        var plus = double.NaN;
        var minus = double.NaN;
        var index = double.NaN;
        var average = double.NaN;
        if (!double.IsNaN(range))
        {
            var smoothed = ranges.Add(range);
            var scale = smoothed < Prices.Nothing ? 0 : 100 / smoothed;
            plus = scale * up.Add(Prices.WhereAbove(rise, fall, Prices.Larger(rise, 0)));
            minus = scale * down.Add(Prices.WhereAbove(fall, rise, Prices.Larger(fall, 0)));
            var sum = plus + minus;
            index = sum == 0 ? 0 : 100 * Math.Abs(plus - minus) / sum;
            average = mean.AddKnown(index);
        }

        outputs[4] = (average + means.Add(average)) / 2;
        outputs[3] = index;
        outputs[2] = minus;
        outputs[1] = plus;
        outputs[0] = average;
    }
}
