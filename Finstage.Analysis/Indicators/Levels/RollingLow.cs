using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Levels;

/// <summary>The lowest low of the newest <c>period</c> candles, leaving out the newest <c>offset</c>.</summary>
internal struct RollingLow(int period, int offset) : IIndicatorKernel<RollingLow>
{
    private RollingMin window = new(period);
    private Delay delay = new(offset);

    public static IndicatorInfo Info { get; } = new(
        "rolling-low", "Levels", [IndicatorParameter.Period(20), new IndicatorParameter("offset", 0, 0, 10_000)], ["low"]);

    public readonly int WarmUp => period + offset;

    public static RollingLow Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0], (int)parameters[1]);

    public void Update(in Candle candle, Span<double> outputs) => outputs[0] = delay.Add(window.Add(candle.Low));
}
