namespace Finstage.Analysis.Strategies.Trend;

/// <summary>SUPERTREND_FLIP: SuperTrend changes its direction; the first direction is no flip.</summary>
internal readonly struct SupertrendFlip(Series value, Series direction) : IStrategyRule<SupertrendFlip>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("SUPERTREND_FLIP", "Trend", [new StrategyParameter("period", 10, 1, 1_000), new StrategyParameter("multiplier", 3, 0.1, 100)]),
    ];

    public static SupertrendFlip Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var name = FormattableString.Invariant($"supertrend:{parameters[0]},{parameters[1]}");
        return new SupertrendFlip(inputs.Use(name), inputs.Use(name, "direction"));
    }

    public void Watch(Watch watch) => watch.Crossings(direction, 0);

    public void Judge(Row row, ref Verdict say)
    {
        var turn = direction[row] * direction[row - 1];
        if (turn < 0)
        {
            if (direction[row] > 0)
            {
                say.Buy(70, "supertrend.buy", value[row]);
            }
            else
            {
                say.Sell(70, "supertrend.sell", value[row]);
            }
        }
    }
}
