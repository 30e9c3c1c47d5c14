using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volume;

/// <summary>
/// Simple average of the volume. With offset 1 it leaves this candle out, as the strategies' volume rules ask; with offset 0 it counts it.
/// </summary>
internal struct VolumeAverage(int period, int offset) : IIndicatorKernel<VolumeAverage>
{
    private RollingMean mean = new(period);
    private double previous = double.NaN;

    public static IndicatorInfo Info { get; } = new(
        "volume-average",
        "Volume",
        [IndicatorParameter.Period(20), IndicatorParameter.Choice("offset")],
        ["average"]);

    public readonly int WarmUp => period + offset;

    public static VolumeAverage Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new((int)parameters[0], (int)parameters[1]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var average = mean.Add(candle.Volume);
        outputs[0] = offset == 0 ? average : previous;
        previous = average;
    }
}
