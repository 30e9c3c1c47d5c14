namespace Finstage.Analysis.Strategies.Levels;

/// <summary>DONCHIAN_BREAKOUT: the close passes the extremes of the candles before, for the first time in ten.</summary>
internal readonly struct DonchianBreakout(Series close, Series upper, Series lower) : IStrategyRule<DonchianBreakout>
{
    private const int Calm = 10;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("DONCHIAN_BREAKOUT", "Levels", [new StrategyParameter("period", 20, 2, 1_000)]),
    ];

    public static DonchianBreakout Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var channel = $"donchian:{parameters[0]},1";
        return new DonchianBreakout(inputs.Close, inputs.Use(channel, "upper"), inputs.Use(channel, "lower"));
    }

    public void Watch(Watch watch)
    {
        watch.AtLeast(close, upper);
        watch.AtMost(close, lower);
    }

    public void Judge(Row row, ref Verdict say)
    {
        if (IsAbove(row) && !WasAbove(row))
        {
            say.Buy(65, "donchian.buy", close[row], upper[row]);
        }

        if (IsBelow(row) && !WasBelow(row))
        {
            say.Sell(65, "donchian.sell", close[row], lower[row]);
        }
    }

    private bool IsAbove(Row row) => Compare.Above(close[row], upper[row]);

    private bool IsBelow(Row row) => Compare.Below(close[row], lower[row]);

    private bool WasAbove(Row row)
    {
        for (var i = 1; i <= Calm; i++)
        {
            if (IsAbove(row - i))
            {
                return true;
            }
        }

        return false;
    }

    private bool WasBelow(Row row)
    {
        for (var i = 1; i <= Calm; i++)
        {
            if (IsBelow(row - i))
            {
                return true;
            }
        }

        return false;
    }
}
