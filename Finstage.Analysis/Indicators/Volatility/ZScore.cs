using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volatility;

/// <summary>
/// The close's distance from its simple average in standard deviations; 0 when there is no deviation. The population's deviation by
/// default, the sample's with <c>sample</c> 1.
/// </summary>
internal struct ZScore(int period, bool isSample) : IIndicatorKernel<ZScore>
{
    private readonly double share = 1d / (isSample ? period - 1 : period);
    private RollingDeviation closes = new(period);

    public static IndicatorInfo Info { get; } = new(
        "z-score", "Volatility", [IndicatorParameter.Period(20, min: 2), IndicatorParameter.Choice("sample")], ["z"]);

    public readonly int WarmUp => period;

    public static ZScore Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0], parameters[1] != 0);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var mean = closes.Add(candle.Close, out var squares);
        outputs[0] = squares == 0 ? 0 : (candle.Close - mean) / Math.Sqrt(squares * share);
    }
}
