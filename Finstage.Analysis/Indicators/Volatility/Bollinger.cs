using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volatility;

/// <summary>
/// Bollinger bands (John Bollinger, Bollinger on Bollinger Bands, 2001): the simple average of the closes, plus and minus a multiple
/// of their deviation. %B says where the close lies between the bands (0.5 when they touch), width their distance as a
/// share of the average, z the close's distance from the average in deviations (0 when there is none).
/// </summary>
internal struct Bollinger(int period, double multiplier, bool isSample) : IIndicatorKernel<Bollinger>
{
    private readonly double share = 1d / (isSample ? period - 1 : period);
    private RollingDeviation closes = new(period);

    public static IndicatorInfo Info { get; } = new(
        "bollinger",
        "Volatility",
        [IndicatorParameter.Period(20, min: 2), IndicatorParameter.Factor("multiplier", 2, 0.01, 100), IndicatorParameter.Choice("sample")],
        ["middle", "upper", "lower", "percentB", "width", "z", "deviation"]);

    public readonly int WarmUp => period;

    public static Bollinger Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new((int)parameters[0], parameters[1], parameters[2] != 0);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var mean = closes.Add(candle.Close, out var squares);
        var deviation = Math.Sqrt(squares * share);
        var reach = multiplier * deviation;
        var z = deviation == 0 ? 0 : (candle.Close - mean) / deviation;
        outputs[6] = deviation;
        outputs[5] = z;
        outputs[4] = mean > 0 ? 2 * reach / mean : double.NaN;
        outputs[3] = 0.5 + (z / (2 * multiplier));
        outputs[2] = mean - reach;
        outputs[1] = mean + reach;
        outputs[0] = mean;
    }
}
