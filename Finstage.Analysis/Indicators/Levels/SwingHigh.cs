using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Levels;

/// <summary>
/// Swing highs: a high strictly beyond those of the <c>left</c> candles before and the <c>right</c> candles after it, and so known
/// <c>right</c> candles late. Point has a value on the candle on which a swing becomes known; last is the newest known one, age how
/// many candles ago it was.
/// </summary>
internal struct SwingHigh(int left, int right) : IIndicatorKernel<SwingHigh>
{
    private SwingFinder finder = new(left, right);

    public static IndicatorInfo Info { get; } = new(
        "swing-high", "Levels", [IndicatorParameter.Period(3, "left"), IndicatorParameter.Period(3, "right")], ["point", "last", "age"]);

    public readonly int WarmUp => left + right + 1;

    public static SwingHigh Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0], (int)parameters[1]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var point = finder.Add(candle.High);
        outputs[2] = finder.Age;
        outputs[1] = finder.Last;
        outputs[0] = point;
    }
}
