using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Averages;

/// <summary>Double exponential moving average of the close (Patrick Mulloy, 1994): 2·EMA − EMA of EMA.</summary>
internal struct Dema(int period, EmaSeed seed) : IIndicatorKernel<Dema>
{
    private ExponentialMean first = ExponentialMean.Ema(period);
    private ExponentialMean second = ExponentialMean.EmaOfEma(period, seed);

    public static IndicatorInfo Info { get; } =
        new("dema", "Averages", [IndicatorParameter.Period(14), IndicatorParameter.Choice("seed")], ["dema"]);

    public readonly int WarmUp => seed == EmaSeed.Early ? period : (2 * period) - 1;

    public static Dema Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new((int)parameters[0], (EmaSeed)(int)parameters[1]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var once = first.Add(candle.Close);
        outputs[0] = (2 * once) - second.AddKnown(once);
    }
}
