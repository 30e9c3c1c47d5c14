namespace Finstage.Analysis.Strategies.Momentum;

/// <summary>MACD_ZERO_CROSS: MACD crosses zero, that is its fast average crosses its slow one.</summary>
internal readonly struct MacdZeroCross(Series macd) : IStrategyRule<MacdZeroCross>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("MACD_ZERO_CROSS", "Momentum", [new StrategyParameter("fast", 12, 2, 1_000), new StrategyParameter("slow", 26, 3, 1_000)]),
    ];

    // The row names MACD alone, which has its value before the signal line.
    public static MacdZeroCross Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Use($"macd:{parameters[0]},{parameters[1]},9", warmUp: (int)parameters[1]));

    public void Watch(Watch watch) => watch.Crossings(macd, 0);

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.CrossesAbove(macd, 0, row))
        {
            say.Buy(65, "macd-zero-cross.buy", macd[row]);
        }
        else if (Compare.CrossesBelow(macd, 0, row))
        {
            say.Sell(65, "macd-zero-cross.sell", macd[row]);
        }
    }
}
