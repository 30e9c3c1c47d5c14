using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Rate of change: the close against the close <c>period</c> candles ago, in percent and as a difference (momentum). The percentage
/// of a base that is not above zero is absent.
/// </summary>
internal struct Roc(int period) : IIndicatorKernel<Roc>
{
    private Delay closes = new(period);

    public static IndicatorInfo Info { get; } = new("roc", "Momentum", [IndicatorParameter.Period(14)], ["roc", "momentum"]);

    public readonly int WarmUp => period + 1;

    public static Roc Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var old = closes.Add(candle.Close);
        var change = candle.Close - old;
        outputs[1] = change;
        outputs[0] = Prices.Percent(change, old);
    }
}
