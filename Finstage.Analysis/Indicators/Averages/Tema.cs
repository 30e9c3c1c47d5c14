using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Averages;

/// <summary>Triple exponential moving average of the close (Patrick Mulloy, 1994): 3·EMA − 3·EMA of EMA + EMA of EMA of EMA.</summary>
internal struct Tema(int period, EmaSeed seed) : IIndicatorKernel<Tema>
{
    private ExponentialMean first = ExponentialMean.Ema(period);
    private ExponentialMean second = ExponentialMean.EmaOfEma(period, seed);
    private ExponentialMean third = ExponentialMean.EmaOfEma(period, seed);

    public static IndicatorInfo Info { get; } =
        new("tema", "Averages", [IndicatorParameter.Period(20), IndicatorParameter.Choice("seed")], ["tema"]);

    public readonly int WarmUp => seed == EmaSeed.Early ? period : (3 * period) - 2;

    public static Tema Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new((int)parameters[0], (EmaSeed)(int)parameters[1]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var once = first.Add(candle.Close);
        var twice = second.AddKnown(once);
        outputs[0] = (3 * (once - twice)) + third.AddKnown(twice);
    }
}
