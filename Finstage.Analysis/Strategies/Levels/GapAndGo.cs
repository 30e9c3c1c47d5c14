using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Strategies.Levels;

/// <summary>GAP_AND_GO: a gap on volume that the candle does not take back. Daily and longer candles only.</summary>
internal readonly struct GapAndGo(Inputs inputs, double margin, double multiple) : IStrategyRule<GapAndGo>
{
    private readonly Series open = inputs.Open;
    private readonly Series high = inputs.High;
    private readonly Series low = inputs.Low;
    private readonly Series close = inputs.Close;
    private readonly KnownVolume volume = new(inputs);
    private readonly bool speaks = !inputs.Context.Interval.IsIntraday();

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("GAP_AND_GO", "Levels", [new StrategyParameter("margin", 0.01, 0, 0.5), new StrategyParameter("multiple", 1.5, 0, 100)]),
    ];

    public static GapAndGo Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) => new(inputs, parameters[0], parameters[1]);

    public void Watch(Watch watch) => volume.Watch(watch, multiple);

    public void Judge(Row row, ref Verdict say)
    {
        var (o, h, l, c) = (open[row], high[row - 1], low[row - 1], close[row]);
        if (!speaks || !((o > h && h > 0) || (o < l && l > 0)) || !volume.AtLeast(multiple, row))
        {
            return;
        }

        if (h > 0 && Compare.Above(o, h * (1 + margin)) && Compare.Above(c, o))
        {
            say.Buy(65, "gap-and-go.buy", 100 * ((o / h) - 1), c, volume.Ratio(row));
        }

        if (l > 0 && Compare.Below(o, l * (1 - margin)) && Compare.Below(c, o))
        {
            say.Sell(65, "gap-and-go.sell", 100 * ((o / l) - 1), c, volume.Ratio(row));
        }
    }
}
