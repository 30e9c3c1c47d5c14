using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Averages;

/// <summary>Hull moving average of the close (Alan Hull, 2005): WMA(√n) of 2·WMA(n/2) − WMA(n), with whole parts of n/2 and √n.</summary>
internal struct Hma(int period) : IIndicatorKernel<Hma>
{
    private RollingWeightedMean whole = new(period);
    private RollingWeightedMean half = new(period / 2);
    private RollingWeightedMean smooth = new(Root(period));

    public static IndicatorInfo Info { get; } = new("hma", "Averages", [IndicatorParameter.Period(14, min: 2)], ["hma"]);

    public readonly int WarmUp => period + Root(period) - 1;

    public static Hma Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var raw = (2 * half.Add(candle.Close)) - whole.Add(candle.Close);
        outputs[0] = double.IsNaN(raw) ? double.NaN : smooth.Add(raw);
    }

    private static int Root(int period) => (int)Math.Sqrt(period);
}
