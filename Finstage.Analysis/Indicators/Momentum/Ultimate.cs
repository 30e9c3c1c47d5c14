using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Ultimate oscillator (Larry Williams, 1976): buying pressure over true range in three windows, weighted 4, 2, 1, from 0 to 100;
/// a window without range counts a half.
/// </summary>
internal struct Ultimate(int fast, int middle, int slow) : IIndicatorKernel<Ultimate>
{
    private Window fastWindow = new(fast);
    private Window middleWindow = new(middle);
    private Window slowWindow = new(slow);
    private double previousClose = double.NaN;

    public static IndicatorInfo Info { get; } = new(
        "ultimate",
        "Momentum",
        [IndicatorParameter.Period(7, "fast"), IndicatorParameter.Period(14, "middle"), IndicatorParameter.Period(28, "slow")],
        ["ultimate"]);

    public readonly int WarmUp => Math.Max(fast, Math.Max(middle, slow)) + 1;

    public static Ultimate Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        parameters[0] < parameters[1] && parameters[1] < parameters[2]
            ? new((int)parameters[0], (int)parameters[1], (int)parameters[2])
            : throw new IndicatorException("ultimate: fast must be less than middle, and middle less than slow.");

    public void Update(in Candle candle, Span<double> outputs)
    {
        var before = previousClose;
        previousClose = candle.Close;
        if (double.IsNaN(before))
        {
            outputs[0] = double.NaN;
            return;
        }

        var low = Prices.Smaller(candle.Low, before);
        var pressure = candle.Close - low;
        var range = Prices.Larger(candle.High, before) - low;
        outputs[0] = 100 * ((4 * fastWindow.Add(pressure, range)) + (2 * middleWindow.Add(pressure, range)) + slowWindow.Add(pressure, range)) / 7;
    }

    private struct Window(int period)
    {
        private RollingSumPair sums = new(period);

        public double Add(double pressure, double range)
        {
            var part = sums.Add(pressure, range, out var whole);
            return whole == 0 ? 0.5 : part / whole;
        }
    }
}
