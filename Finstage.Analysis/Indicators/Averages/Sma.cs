using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Averages;

/// <summary>Simple moving average of the close: the mean of the newest <c>period</c> closes.</summary>
internal struct Sma(int period) : IIndicatorKernel<Sma>
{
    private RollingMean mean = new(period);

    public static IndicatorInfo Info { get; } =
        new("sma", "Averages", [IndicatorParameter.Period(20)], ["sma"]);

    public readonly int WarmUp => period;

    public static Sma Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs) => outputs[0] = mean.Add(candle.Close);
}
