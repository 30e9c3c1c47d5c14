using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Averages;

/// <summary>Smoothed moving average of the close (Wilder's smoothing): weight 1/period, seeded with the simple average.</summary>
internal struct Smma(int period) : IIndicatorKernel<Smma>
{
    private ExponentialMean mean = ExponentialMean.Wilder(period);

    public static IndicatorInfo Info { get; } = new("smma", "Averages", [IndicatorParameter.Period(20)], ["smma"]);

    public readonly int WarmUp => period;

    public static Smma Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs) => outputs[0] = mean.Add(candle.Close);
}
