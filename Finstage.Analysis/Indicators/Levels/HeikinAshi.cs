using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Levels;

/// <summary>
/// Heikin-Ashi candles (Munehisa Homma; Dan Valcu, 2004): close is the candle's mean price, open the middle of the body before; high
/// and low span all of them.
/// </summary>
internal struct HeikinAshi : IIndicatorKernel<HeikinAshi>
{
    private bool hasPrevious;
    private double previousOpen;
    private double previousClose;

    public static IndicatorInfo Info { get; } = new("heikin-ashi", "Levels", [], ["close", "open", "high", "low"]);

    public readonly int WarmUp => 1;

    public static HeikinAshi Create(ReadOnlySpan<double> parameters, SeriesContext series) => default;

    public void Update(in Candle candle, Span<double> outputs)
    {
        var close = (candle.Open + candle.High + candle.Low + candle.Close) / 4;
        var open = hasPrevious ? (previousOpen + previousClose) / 2 : (candle.Open + candle.Close) / 2;
        hasPrevious = true;
        previousOpen = open;
        previousClose = close;
        outputs[3] = Prices.Smaller(candle.Low, Prices.Smaller(open, close));
        outputs[2] = Prices.Larger(candle.High, Prices.Larger(open, close));
        outputs[1] = open;
        outputs[0] = close;
    }
}
