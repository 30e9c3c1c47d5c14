using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Indicators.Volume;

/// <summary>How many candles in a row, up to this one, have a known volume above zero: whether a volume rule may speak.</summary>
internal struct VolumeStreak : IIndicatorKernel<VolumeStreak>
{
    private double streak;

    public static IndicatorInfo Info { get; } = new("volume-streak", "Volume", [], ["streak"]);

    public readonly int WarmUp => 1;

    public static VolumeStreak Create(ReadOnlySpan<double> parameters, SeriesContext series) => default;

    public void Update(in Candle candle, Span<double> outputs) =>
        outputs[0] = streak = candle.Volume > 0 ? streak + 1 : 0;
}
