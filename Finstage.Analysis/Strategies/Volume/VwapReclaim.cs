using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Strategies.Volume;

/// <summary>VWAP_RECLAIM: the close crosses the volume-weighted average price: the session's when intraday, else a rolling one.</summary>
internal readonly struct VwapReclaim(Inputs inputs, Series vwap) : IStrategyRule<VwapReclaim>
{
    private readonly Series close = inputs.Close;
    private readonly KnownVolume volume = new(inputs);
    private readonly SeriesContext context = inputs.Context;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("VWAP_RECLAIM", "Volume", [new StrategyParameter("period", 20, 2, 1_000)]),
    ];

    public static VwapReclaim Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs, inputs.Use(inputs.Context.Interval.IsIntraday() ? "vwap" : $"vwap-rolling:{parameters[0]}"));

    public void Watch(Watch watch) => watch.Crossings(close, vwap);

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.CrossesAbove(close, vwap, row))
        {
            if (MayFire(row))
            {
                say.Buy(60, "vwap-reclaim.buy", close[row], vwap[row], volume.Ratio(row));
            }
        }
        else if (Compare.CrossesBelow(close, vwap, row) && MayFire(row))
        {
            say.Sell(60, "vwap-reclaim.sell", close[row], vwap[row], volume.Ratio(row));
        }
    }

    private bool MayFire(Row row) => volume.Above(1, row)
        && (!context.Interval.IsIntraday() || context.DateOf(row.Time) == context.DateOf((row - 1).Time));
}
