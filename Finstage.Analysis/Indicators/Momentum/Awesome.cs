using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Awesome oscillator (Bill Williams, 1995): the fast simple average of the candles' middles minus the slow one; normalized, in
/// percent of the middle.
/// </summary>
internal struct Awesome(int fast, int slow) : IIndicatorKernel<Awesome>
{
    private RollingMean fastMean = new(fast);
    private RollingMean slowMean = new(slow);

    public static IndicatorInfo Info { get; } = new(
        "awesome",
        "Momentum",
        [IndicatorParameter.Period(5, "fast"), IndicatorParameter.Period(34, "slow", 2)],
        ["oscillator", "normalized"]);

    public readonly int WarmUp => Math.Max(fast, slow);

    public static Awesome Create(ReadOnlySpan<double> parameters, SeriesContext series) => parameters[0] < parameters[1]
        ? new((int)parameters[0], (int)parameters[1])
        : throw new IndicatorException("awesome: fast must be less than slow.");

    public void Update(in Candle candle, Span<double> outputs)
    {
        var middle = Prices.Middle(candle);
        var oscillator = fastMean.Add(middle) - slowMean.Add(middle);
        outputs[1] = Prices.Percent(oscillator, middle);
        outputs[0] = oscillator;
    }
}
