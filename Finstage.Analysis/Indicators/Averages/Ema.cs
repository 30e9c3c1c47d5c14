using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Averages;

/// <summary>Exponential moving average of the close: weight 2/(period+1), seeded with the simple average.</summary>
internal struct Ema(int period) : IIndicatorKernel<Ema>
{
    private ExponentialMean mean = ExponentialMean.Ema(period);

    public static IndicatorInfo Info { get; } =
        new("ema", "Averages", [IndicatorParameter.Period(20)], ["ema"]);

    public readonly int WarmUp => period;

    public static Ema Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs) => outputs[0] = mean.Add(candle.Close);
}
