using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volatility;

/// <summary>
/// Donchian channel (Richard Donchian, 1960s): the highest high and the lowest low of the period, their middle, and their distance as
/// a share of it. With offset 1 it leaves this candle out, so that a close can break it; with offset 0 it counts it.
/// </summary>
internal struct Donchian(int period, int offset) : IIndicatorKernel<Donchian>
{
    private RollingRange extremes = new(period);
    private double previousUpper = double.NaN;
    private double previousLower = double.NaN;

    public static IndicatorInfo Info { get; } = new(
        "donchian",
        "Volatility",
        [IndicatorParameter.Period(20), IndicatorParameter.Choice("offset", byDefault: 1)],
        ["middle", "upper", "lower", "width"]);

    public readonly int WarmUp => period + offset;

    public static Donchian Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0], (int)parameters[1]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var high = extremes.Add(candle.High, candle.Low, out var low);
        var upper = offset == 0 ? high : previousUpper;
        var lower = offset == 0 ? low : previousLower;
        previousUpper = high;
        previousLower = low;
        var middle = (upper + lower) / 2;
        outputs[3] = middle > 0 ? (upper - lower) / middle : double.NaN;
        outputs[2] = lower;
        outputs[1] = upper;
        outputs[0] = middle;
    }
}
