namespace Finstage.Analysis.Strategies.Trend;

/// <summary>TREND_FOLLOWING: three averages in order, with a strong trend in the same direction.</summary>
internal struct TrendFollowing(Series fast, Series middle, Series slow, Series adx, Series plus, Series minus) : IStrategyRule<TrendFollowing>
{
    private const double Strong = 25;
    private Edge up;
    private Edge down;

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

    public void Judge(int row, ref Verdict say)
    {
        var isStrong = Compare.Above(adx[row], Strong);
        var (first, second, third) = (fast[row], middle[row], slow[row]);
        if (up.Enters(isStrong && Compare.Above(first, second) && Compare.Above(second, third) && Compare.Above(plus[row], minus[row])))
        {
            say.Buy(70 + Surer(row), "trend-following.buy", first, second, third, adx[row]);
        }

        if (down.Enters(isStrong && Compare.Below(first, second) && Compare.Below(second, third) && Compare.Below(plus[row], minus[row])))
        {
            say.Sell(70 + Surer(row), "trend-following.sell", first, second, third, adx[row]);
        }
    }

    private readonly double Surer(int row) => Math.Min(15, (adx[row] - Strong) / 2);
}
