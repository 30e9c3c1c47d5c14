namespace Finstage.Analysis.Strategies.Momentum;

/// <summary>RSI_OVERSOLD_BOUNCE: RSI falls below 30; a buy only.</summary>
internal readonly struct RsiOversoldBounce(Series rsi, double level) : IStrategyRule<RsiOversoldBounce>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("RSI_OVERSOLD_BOUNCE", "Momentum", [new StrategyParameter("period", 14, 2, 1_000), new StrategyParameter("level", 30, 1, 50)]),
    ];

    public static RsiOversoldBounce Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Use($"rsi:{parameters[0]}"), parameters[1]);

    public void Watch(Watch watch) => watch.Falls(rsi, level);

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.Below(rsi[row], level) && !Compare.Below(rsi[row - 1], level))
        {
            say.Buy(70, "rsi-oversold.buy", rsi[row]);
        }
    }
}
