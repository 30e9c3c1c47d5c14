using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volatility;

/// <summary>
/// Standard deviation of the close, with its mean, and the close's distance from it in deviations (z; 0 when there is no
/// deviation). The population's deviation by default, the sample's with <c>sample</c> 1.
/// </summary>
internal struct StandardDeviation(int period, bool isSample) : IIndicatorKernel<StandardDeviation>
{
    private readonly double share = 1d / (isSample ? period - 1 : period);
    private RollingDeviation closes = new(period);

    public static IndicatorInfo Info { get; } = new(
        "standard-deviation",
        "Volatility",
        [IndicatorParameter.Period(14, min: 2), IndicatorParameter.Choice("sample")],
        ["deviation", "mean", "z"]);

    public readonly int WarmUp => period;

    public static StandardDeviation Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new((int)parameters[0], parameters[1] != 0);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var mean = closes.Add(candle.Close, out var squares);
        var deviation = Math.Sqrt(squares * share);
        outputs[2] = deviation == 0 ? 0 : (candle.Close - mean) / deviation;
        outputs[1] = mean;
        outputs[0] = deviation;
    }
}
