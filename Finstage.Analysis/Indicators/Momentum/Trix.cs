using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// TRIX (Jack Hutson, 1983): the change in percent, from candle to candle, of an EMA of an EMA of an EMA of the close; average is
/// that EMA, from its second value on.
/// </summary>
internal struct Trix(int period, EmaSeed seed) : IIndicatorKernel<Trix>
{
    private ExponentialMean first = ExponentialMean.Ema(period);
    private ExponentialMean second = ExponentialMean.EmaOfEma(period, seed);
    private ExponentialMean third = ExponentialMean.EmaOfEma(period, seed);

    public static IndicatorInfo Info { get; } = new(
        "trix", "Momentum", [IndicatorParameter.Period(14), IndicatorParameter.Choice("seed")], ["trix", "average"]);

    public readonly int WarmUp => seed == EmaSeed.Early ? period + 1 : (3 * period) - 1;

    public static Trix Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new((int)parameters[0], (EmaSeed)(int)parameters[1]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var before = third.Value;
        var now = third.AddKnown(second.AddKnown(first.Add(candle.Close)));
        outputs[1] = double.IsNaN(before) ? before : now;
        outputs[0] = Prices.Percent(now - before, before);
    }
}
