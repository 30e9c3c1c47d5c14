namespace Finstage.Analysis.Strategies.Trend;

/// <summary>MA_CROSSOVER_20_50: the fast exponential average crosses the slow one.</summary>
internal readonly struct MaCrossover(Series fast, Series slow) : IStrategyRule<MaCrossover>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("MA_CROSSOVER_20_50", "Trend", [new StrategyParameter("fast", 20, 2, 1_000), new StrategyParameter("slow", 50, 2, 1_000)]),
    ];

    public static MaCrossover Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Use($"ema:{parameters[0]}"), inputs.Use($"ema:{parameters[1]}"));

    public void Watch(Watch watch) => watch.Crossings(fast, slow);

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.CrossesAbove(fast, slow, row))
        {
            say.Buy(70, "ema-cross.buy", fast[row], slow[row]);
        }
        else if (Compare.CrossesBelow(fast, slow, row))
        {
            say.Sell(70, "ema-cross.sell", fast[row], slow[row]);
        }
    }
}
