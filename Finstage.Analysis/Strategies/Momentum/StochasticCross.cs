namespace Finstage.Analysis.Strategies.Momentum;

/// <summary>STOCHASTIC_CROSS: %K crosses %D at the edge of the range.</summary>
internal readonly struct StochasticCross(Series k, Series d, double level) : IStrategyRule<StochasticCross>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("STOCHASTIC_CROSS", "Momentum", [new StrategyParameter("period", 14, 1, 1_000), new StrategyParameter("smooth", 3, 1, 100), new StrategyParameter("signal", 3, 1, 100), new StrategyParameter("level", 20, 1, 50)]),
    ];

    public static StochasticCross Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var name = $"stochastic:{parameters[0]},{parameters[1]},{parameters[2]}";
        return new StochasticCross(inputs.Use(name, "k"), inputs.Use(name, "d"), parameters[3]);
    }

    public void Watch(Watch watch) => watch.Crossings(k, d);

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.Below(d[row], level))
        {
            if (Compare.CrossesAbove(k, d, row))
            {
                say.Buy(60, "stochastic-cross.buy", k[row], d[row]);
            }
        }
        else if (Compare.Above(d[row], 100 - level) && Compare.CrossesBelow(k, d, row))
        {
            say.Sell(60, "stochastic-cross.sell", k[row], d[row]);
        }
    }
}
