using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Averages;

/// <summary>Weighted moving average of the close: weights fall by one from the newest (<c>period</c>) to the oldest (1).</summary>
internal struct Wma(int period) : IIndicatorKernel<Wma>
{
    private RollingWeightedMean mean = new(period);

    public static IndicatorInfo Info { get; } = new("wma", "Averages", [IndicatorParameter.Period(14)], ["wma"]);

    public readonly int WarmUp => period;

    public static Wma Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs) => outputs[0] = mean.Add(candle.Close);
}
