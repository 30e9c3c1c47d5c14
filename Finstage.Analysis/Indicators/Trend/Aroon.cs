using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Trend;

/// <summary>
/// Aroon (Tushar Chande, 1995): how recent the highest high and the lowest low of the period are, 100 for this candle, 0 for
/// <c>period</c> candles ago, and up − down as oscillator. Of equal extremes the earliest counts, with <c>ties</c> 1 the latest.
/// </summary>
internal struct Aroon(int period, bool latest) : IIndicatorKernel<Aroon>
{
    private RollingExtremeAge highest = new(period + 1, latest);
    private RollingExtremeAge lowest = new(period + 1, latest);

    public static IndicatorInfo Info { get; } = new(
        "aroon", "Trend", [IndicatorParameter.Period(25), IndicatorParameter.Choice("ties")], ["oscillator", "up", "down"]);

    public readonly int WarmUp => period + 1;

    public static Aroon Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0], parameters[1] != 0);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var highAge = highest.Add(candle.High);
        var lowAge = lowest.Add(-candle.Low);
        if (highAge < 0)
        {
            outputs.Fill(double.NaN);
            return;
        }

        var up = 100d * (period - highAge) / period;
        var down = 100d * (period - lowAge) / period;
        outputs[2] = down;
        outputs[1] = up;
        outputs[0] = up - down;
    }
}
