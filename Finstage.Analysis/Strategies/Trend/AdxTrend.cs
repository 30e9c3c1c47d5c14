namespace Finstage.Analysis.Strategies.Trend;

/// <summary>ADX_TREND: a trend gains strength; the leading directional indicator says which way.</summary>
internal readonly struct AdxTrend(Series adx, Series plus, Series minus, double level) : IStrategyRule<AdxTrend>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("ADX_TREND", "Trend", [new StrategyParameter("period", 14, 2, 1_000), new StrategyParameter("level", 25, 1, 99)]),
    ];

    public static AdxTrend Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var (name, warmUp) = ($"adx:{parameters[0]}", (int)(2 * parameters[0]));
        return new AdxTrend(
            inputs.Use(name, "adx", warmUp), inputs.Use(name, "plusDi", warmUp), inputs.Use(name, "minusDi", warmUp), parameters[1]);
    }

    public void Watch(Watch watch) => watch.Rises(adx, level);

    public void Judge(Row row, ref Verdict say)
    {
        if (!Compare.CrossesAbove(adx, level, row))
        {
            return;
        }

        if (Compare.Above(plus[row], minus[row]))
        {
            say.Buy(60, "adx-trend.buy", adx[row], plus[row], minus[row]);
        }
        else if (Compare.Below(plus[row], minus[row]))
        {
            say.Sell(60, "adx-trend.sell", adx[row], plus[row], minus[row]);
        }
    }
}
