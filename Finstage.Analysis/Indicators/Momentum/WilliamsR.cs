using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Williams %R (Larry Williams, 1973): how far the close lies beneath the period's high, as a share of its range, 0 to −100;
/// −50 when there is no range.
/// </summary>
internal struct WilliamsR(int period) : IIndicatorKernel<WilliamsR>
{
    private RollingRange extremes = new(period);

    public static IndicatorInfo Info { get; } = new("williams-r", "Momentum", [IndicatorParameter.Period(14)], ["williamsR"]);

    public readonly int WarmUp => period;

    public static WilliamsR Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var high = extremes.Add(candle.High, candle.Low, out var low);
        var range = high - low;
        outputs[0] = range == 0 ? -50 : 100 * (candle.Close - high) / range;
    }
}
