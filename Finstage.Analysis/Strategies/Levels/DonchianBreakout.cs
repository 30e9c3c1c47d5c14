namespace Finstage.Analysis.Strategies.Levels;

/// <summary>DONCHIAN_BREAKOUT: the close passes the extremes of the candles before, for the first time in ten.</summary>
internal struct DonchianBreakout(Series close, Series upper, Series lower) : IStrategyRule<DonchianBreakout>
{
    private const int Calm = 10;
    private EdgeAfter above = new(Calm);
    private EdgeAfter below = new(Calm);

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("DONCHIAN_BREAKOUT", "Levels", [new StrategyParameter("period", 20, 2, 1_000)]),
    ];

    public static DonchianBreakout Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var channel = $"donchian:{parameters[0]},1";
        return new DonchianBreakout(inputs.Close, inputs.Use(channel, "upper"), inputs.Use(channel, "lower"));
    }

    public void Judge(int row, ref Verdict say)
    {
        var c = close[row];
        if (above.Enters(Compare.Above(c, upper[row])))
        {
            say.Buy(65, "donchian.buy", c, upper[row]);
        }

        if (below.Enters(Compare.Below(c, lower[row])))
        {
            say.Sell(65, "donchian.sell", c, lower[row]);
        }
    }
}
