using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volatility;

/// <summary>
/// Keltner channel (Chester Keltner, 1960; in Linda Raschke's form): EMA of the close, plus and minus a multiple of Wilder's average
/// true range; width is their distance as a share of the middle.
/// </summary>
internal struct Keltner(int period, double multiplier, int atrPeriod) : IIndicatorKernel<Keltner>
{
    private ExponentialMean closes = ExponentialMean.Ema(period);
    private ExponentialMean ranges = ExponentialMean.Wilder(atrPeriod);
    private double previousClose = double.NaN;

    public static IndicatorInfo Info { get; } = new(
        "keltner",
        "Volatility",
        [IndicatorParameter.Period(20), IndicatorParameter.Factor("multiplier", 2, 0.01, 100), IndicatorParameter.Period(10, "atrPeriod")],
        ["middle", "upper", "lower", "width"]);

    public readonly int WarmUp => Math.Max(period, atrPeriod + 1);

    public static Keltner Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new((int)parameters[0], parameters[1], (int)parameters[2]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var middle = closes.Add(candle.Close);
        var reach = multiplier * ranges.AddKnown(Prices.TrueRange(candle, previousClose));
        previousClose = candle.Close;
        if (double.IsNaN(reach) || double.IsNaN(middle))
        {
            outputs.Fill(double.NaN);
            return;
        }

        outputs[3] = middle > 0 ? 2 * reach / middle : double.NaN;
        outputs[2] = middle - reach;
        outputs[1] = middle + reach;
        outputs[0] = middle;
    }
}
