namespace Finstage.Analysis.Strategies.Trend;

/// <summary>GOLDEN_CROSS_{f}_{s}: the fast simple average crosses the slow one; downward it is the dead cross.</summary>
internal struct GoldenCross(Series fast, Series slow, double confidence) : IStrategyRule<GoldenCross>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } = [Of(5, 20, 65), Of(20, 60, 75), Of(50, 200, 85)];

    public static GoldenCross Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Use($"sma:{parameters[0]}"), inputs.Use($"sma:{parameters[1]}"), parameters[2]);

    public readonly void Watch(Watch watch) => watch.Crossings(fast, slow);

    public readonly void Judge(Row row, ref Verdict say)
    {
        if (Compare.CrossesAbove(fast, slow, row))
        {
            say.Buy(confidence, "golden-cross.buy", fast[row], slow[row]);
        }
        else if (Compare.CrossesBelow(fast, slow, row))
        {
            say.Sell(confidence, "golden-cross.sell", fast[row], slow[row]);
        }
    }

    private static StrategyInfo Of(int fast, int slow, int confidence) => new(
        $"GOLDEN_CROSS_{fast}_{slow}",
        "Trend",
        [new StrategyParameter("fast", fast, 2, 1_000), new StrategyParameter("slow", slow, 2, 1_000), new StrategyParameter("confidence", confidence, 0, 100)]);
}
