namespace Finstage.Analysis.Strategies.Trend;

/// <summary>TREND_FOLLOWING: three averages in order, with a strong trend in the same direction.</summary>
internal readonly struct TrendFollowing(Series fast, Series middle, Series slow, Series adx, Series plus, Series minus) : IStrategyRule<TrendFollowing>
{
    private const double Strong = 25;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("TREND_FOLLOWING", "Trend", [new StrategyParameter("fast", 20, 2, 1_000), new StrategyParameter("middle", 50, 2, 1_000), new StrategyParameter("slow", 200, 2, 1_000), new StrategyParameter("adx", 14, 2, 1_000)]),
    ];

    public static TrendFollowing Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var (name, warmUp) = ($"adx:{parameters[3]}", (int)(2 * parameters[3]));
        return new TrendFollowing(
            inputs.Use($"ema:{parameters[0]}"),
            inputs.Use($"ema:{parameters[1]}"),
            inputs.Use($"sma:{parameters[2]}"),
            inputs.Use(name, "adx", warmUp),
            inputs.Use(name, "plusDi", warmUp),
            inputs.Use(name, "minusDi", warmUp));
    }

    public void Watch(Watch watch)
    {
        watch.Rises(adx, Strong);
        watch.Crossings(fast, middle);
        watch.Crossings(middle, slow);
        watch.Crossings(plus, minus);
    }

    public void Judge(Row row, ref Verdict say)
    {
        if (IsUp(row) && !IsUp(row - 1))
        {
            say.Buy(70 + Surer(row), "trend-following.buy", fast[row], middle[row], slow[row], adx[row]);
        }

        if (IsDown(row) && !IsDown(row - 1))
        {
            say.Sell(70 + Surer(row), "trend-following.sell", fast[row], middle[row], slow[row], adx[row]);
        }
    }

    private bool IsUp(Row row) => Compare.Above(adx[row], Strong) && Compare.Above(fast[row], middle[row])
        && Compare.Above(middle[row], slow[row]) && Compare.Above(plus[row], minus[row]);

    private bool IsDown(Row row) => Compare.Above(adx[row], Strong) && Compare.Below(fast[row], middle[row])
        && Compare.Below(middle[row], slow[row]) && Compare.Below(plus[row], minus[row]);

    private double Surer(Row row) => Math.Min(15, (adx[row] - Strong) / 2);
}
