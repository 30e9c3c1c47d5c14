using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Chande momentum oscillator (Tushar Chande, 1994): rises minus falls of the close over rises plus falls, −100 to 100; 0 when
/// nothing changed.
/// </summary>
internal struct Cmo(int period) : IIndicatorKernel<Cmo>
{
    private RollingSumPair sums = new(period);
    private double previous = double.NaN;

    public static IndicatorInfo Info { get; } = new("cmo", "Momentum", [IndicatorParameter.Period(14)], ["cmo"]);

    public readonly int WarmUp => period + 1;

    public static Cmo Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var change = candle.Close - previous;
        previous = candle.Close;
        if (double.IsNaN(change))
        {
            outputs[0] = double.NaN;
            return;
        }

        var up = sums.Add(change > 0 ? change : 0, change < 0 ? -change : 0, out var down);
        var total = up + down;
        outputs[0] = total == 0 ? 0 : 100 * (up - down) / total;
    }
}
