using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Trend;

/// <summary>
/// Ichimoku kinkō hyō (Goichi Hosoda, 1969): middles of the range over three windows. The spans are those drawn at this candle, that
/// is calculated <c>displacement</c> candles earlier; lagging is this candle's close, to be drawn as many candles back.
/// </summary>
internal struct Ichimoku(int tenkan, int kijun, int spanB, int displacement) : IIndicatorKernel<Ichimoku>
{
    private MiddleOfRange tenkanRange = new(tenkan);
    private MiddleOfRange kijunRange = new(kijun);
    private MiddleOfRange spanRange = new(spanB);
    private Delay spanAs = new(displacement);
    private Delay spanBs = new(displacement);

    public static IndicatorInfo Info { get; } = new(
        "ichimoku",
        "Trend",
        [
            IndicatorParameter.Period(9, "tenkan"), IndicatorParameter.Period(26, "kijun"), IndicatorParameter.Period(52, "spanB"),
            new IndicatorParameter("displacement", 26, 0, 10_000),
        ],
        ["tenkan", "kijun", "spanA", "spanB", "lagging"]);

    public readonly int WarmUp => Math.Max(spanB, Math.Max(tenkan, kijun)) + displacement;

    public static Ichimoku Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new((int)parameters[0], (int)parameters[1], (int)parameters[2], (int)parameters[3]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var fast = tenkanRange.Add(candle);
        var slow = kijunRange.Add(candle);
        outputs[4] = candle.Close;
        outputs[3] = spanBs.Add(spanRange.Add(candle));
        outputs[2] = spanAs.Add((fast + slow) / 2);
        outputs[1] = slow;
        outputs[0] = fast;
    }

    private struct MiddleOfRange(int period)
    {
        private RollingRange extremes = new(period);

        public double Add(in Candle candle) => (extremes.Add(candle.High, candle.Low, out var low) + low) / 2;
    }
}
