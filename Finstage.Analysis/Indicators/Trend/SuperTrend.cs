using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Trend;

/// <summary>
/// SuperTrend (Olivier Seban): a trailing stop at a multiple of Wilder's average true range from the candle's middle, which never
/// retreats while the trend holds, and turns when a close lies beyond it. Direction is 1 (up) or −1; the first one is up when close ≥ (high + low)/2. Upper and lower are the
/// value again, each only while it is the one that holds.
/// </summary>
internal struct SuperTrend(int period, double multiplier) : IIndicatorKernel<SuperTrend>
{
    private ExponentialMean ranges = ExponentialMean.Wilder(period);
    private double previousClose = double.NaN;
    private double upper = double.NaN;
    private double lower = double.NaN;
    private double direction = double.NaN;

    public static IndicatorInfo Info { get; } = new(
        "supertrend",
        "Trend",
        [IndicatorParameter.Period(10), IndicatorParameter.Factor("multiplier", 3, 0.01, 100)],
        ["value", "direction", "upper", "lower"]);

    public readonly int WarmUp => period + 1;

    public static SuperTrend Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0], parameters[1]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var before = previousClose;
        var range = Prices.TrueRange(candle, before);
        previousClose = candle.Close;
        var reach = multiplier * ranges.AddKnown(range);
        if (double.IsNaN(reach))
        {
            outputs.Fill(double.NaN);
            return;
        }

        // A band is taken anew where it is tighter, or where the close before was beyond the old one; the first time nothing is older.
        var middle = Prices.Middle(candle);
        var above = middle + reach;
        var below = middle - reach;
        upper = before <= upper ? Prices.Smaller(above, upper) : above;
        lower = before >= lower ? Prices.Larger(below, lower) : below;
        var isUp = double.IsNaN(direction) ? candle.Close >= middle : direction > 0;
        isUp = isUp ? candle.Close >= lower : candle.Close > upper;
        direction = isUp ? 1 : -1;
        outputs[3] = isUp ? lower : double.NaN;
        outputs[2] = isUp ? double.NaN : upper;
        outputs[1] = direction;
        outputs[0] = isUp ? lower : upper;
    }
}
