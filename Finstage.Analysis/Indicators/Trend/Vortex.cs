using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Trend;

/// <summary>
/// Vortex indicator (Etienne Botes and Douglas Siepman, 2010): the distances from each high to the low before it, and from each low
/// to the high before it, over the true ranges; both 1 when there is no range.
/// </summary>
internal struct Vortex(int period) : IIndicatorKernel<Vortex>
{
    private RollingSumPair movements = new(period);
    private RollingSum ranges = new(period);
    private double previousHigh;
    private double previousLow;
    private double previousClose = double.NaN;

    public static IndicatorInfo Info { get; } = new("vortex", "Trend", [IndicatorParameter.Period(14)], ["plus", "minus"]);

    public readonly int WarmUp => period + 1;

    public static Vortex Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var range = Prices.TrueRange(candle, previousClose);
        var plus = double.NaN;
        var minus = double.NaN;
        if (!double.IsNaN(range))
        {
            var whole = ranges.Add(range);
            plus = movements.Add(Math.Abs(candle.High - previousLow), Math.Abs(candle.Low - previousHigh), out minus);
            plus = whole == 0 ? 1 : plus / whole;
            minus = whole == 0 ? 1 : minus / whole;
        }

        previousHigh = candle.High;
        previousLow = candle.Low;
        previousClose = candle.Close;
        outputs[1] = minus;
        outputs[0] = plus;
    }
}
