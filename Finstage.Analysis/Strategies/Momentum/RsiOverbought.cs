namespace Finstage.Analysis.Strategies.Momentum;

/// <summary>RSI_OVERBOUGHT: RSI rises above 70; a sell only.</summary>
internal readonly struct RsiOverbought(Series rsi, double level) : IStrategyRule<RsiOverbought>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("RSI_OVERBOUGHT", "Momentum", [new StrategyParameter("period", 14, 2, 1_000), new StrategyParameter("level", 70, 50, 99)]),
    ];

    public static RsiOverbought Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Use($"rsi:{parameters[0]}"), parameters[1]);

    public void Watch(Watch watch) => watch.Rises(rsi, level);

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.Above(rsi[row], level) && !Compare.Above(rsi[row - 1], level))
        {
            say.Sell(70, "rsi-overbought.sell", rsi[row]);
        }
    }
}
