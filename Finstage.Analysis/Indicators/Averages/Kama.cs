using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Averages;

/// <summary>
/// Kaufman's adaptive moving average of the close (Perry Kaufman, Trading Systems and Methods, 1995): its speed follows the
/// efficiency ratio, net change over the path walked. Starts at the close of the <c>period</c>-th candle.
/// </summary>
internal struct Kama(int period, int fast, int slow) : IIndicatorKernel<Kama>
{
    private readonly double fastWeight = 2d / (fast + 1);
    private readonly double slowWeight = 2d / (slow + 1);
    private RollingSum path = new(period);
    private Delay closes = new(period);
    private double previousClose = double.NaN;
    private double kama = double.NaN;
    private int count;

    public static IndicatorInfo Info { get; } = new(
        "kama",
        "Averages",
        [IndicatorParameter.Period(10), IndicatorParameter.Period(2, "fast"), IndicatorParameter.Period(30, "slow", 2)],
        ["kama", "efficiency"]);

    public readonly int WarmUp => period + 1;

    public static Kama Create(ReadOnlySpan<double> parameters, SeriesContext series) => parameters[1] < parameters[2]
        ? new((int)parameters[0], (int)parameters[1], (int)parameters[2])
        : throw new IndicatorException("kama: fast must be less than slow.");

    public void Update(in Candle candle, Span<double> outputs)
    {
        var old = closes.Add(candle.Close);
        var efficiency = double.NaN;
        if (count > 0)
        {
            var walked = path.Add(Math.Abs(candle.Close - previousClose));
            efficiency = walked == 0 ? 0 : Math.Abs(candle.Close - old) / walked;
        }

        previousClose = candle.Close;
        if (++count <= period)
        {
            kama = count == period ? candle.Close : double.NaN;
        }
        else
        {
            var weight = (efficiency * (fastWeight - slowWeight)) + slowWeight;
            kama += weight * weight * (candle.Close - kama);
        }

        outputs[1] = efficiency;
        outputs[0] = kama;
    }
}
