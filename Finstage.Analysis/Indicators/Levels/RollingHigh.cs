using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Levels;

/// <summary>The highest high of the newest <c>period</c> candles, leaving out the newest <c>offset</c>.</summary>
internal struct RollingHigh(int period, int offset) : IIndicatorKernel<RollingHigh>
{
    private RollingMax window = new(period);
    private Delay delay = new(offset);

    public static IndicatorInfo Info { get; } = new(
        "rolling-high", "Levels", [IndicatorParameter.Period(20), new IndicatorParameter("offset", 0, 0, 10_000)], ["high"]);

    public readonly int WarmUp => period + offset;

    public static RollingHigh Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0], (int)parameters[1]);

    public void Update(in Candle candle, Span<double> outputs) => outputs[0] = delay.Add(window.Add(candle.High));
}
