using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volatility;

/// <summary>
/// Average true range (J. Welles Wilder, 1978): Wilder's mean of the true range; also the true range itself, and the average in
/// percent of the close. The first candle has no close before it, so no true range, unless <c>firstRange</c> counts its own range.
/// </summary>
internal struct Atr(int period, bool firstRange) : IIndicatorKernel<Atr>
{
    private ExponentialMean mean = ExponentialMean.Wilder(period);
    private double previousClose = double.NaN;

    public static IndicatorInfo Info { get; } = new(
        "atr",
        "Volatility",
        [IndicatorParameter.Period(14), IndicatorParameter.Choice("firstRange")],
        ["atr", "trueRange", "percent"]);

    public readonly int WarmUp => firstRange ? period : period + 1;

    public static Atr Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0], parameters[1] != 0);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var range = Prices.TrueRange(candle, previousClose);
        if (firstRange && double.IsNaN(previousClose))
        {
            range = candle.High - candle.Low;
        }

        previousClose = candle.Close;
        var average = mean.AddKnown(range);
        outputs[2] = Prices.Percent(average, candle.Close);
        outputs[1] = range;
        outputs[0] = average;
    }
}
