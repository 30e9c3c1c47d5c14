using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volume;

/// <summary>
/// Money flow index (Gene Quong and Avrum Soudack, 1989): the money (typical price × volume) of candles whose typical price rose, as
/// a share of that of rising and falling ones, 0 to 100; 50 when there is none.
/// </summary>
internal struct Mfi(int period) : IIndicatorKernel<Mfi>
{
    private RollingSumPair flows = new(period);
    private double previous = double.NaN;

    public static IndicatorInfo Info { get; } = new("mfi", "Volume", [IndicatorParameter.Period(14)], ["mfi"]);

    public readonly int WarmUp => period + 1;

    public static Mfi Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var typical = Prices.Typical(candle);
        var before = previous;
        previous = typical;
        if (double.IsNaN(before))
        {
            outputs[0] = double.NaN;
            return;
        }

        var money = typical * candle.Volume;
        var inflow = flows.Add(typical > before ? money : 0, typical < before ? money : 0, out var outflow);
        var total = inflow + outflow;
        outputs[0] = total == 0 ? 50 : 100 * inflow / total;
    }
}
