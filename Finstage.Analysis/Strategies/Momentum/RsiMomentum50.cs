namespace Finstage.Analysis.Strategies.Momentum;

/// <summary>RSI_MOMENTUM_50: RSI crosses its middle.</summary>
internal readonly struct RsiMomentum50(Series rsi) : IStrategyRule<RsiMomentum50>
{
    private const double Middle = 50;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("RSI_MOMENTUM_50", "Momentum", [new StrategyParameter("period", 14, 2, 1_000)]),
    ];

    public static RsiMomentum50 Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Use($"rsi:{parameters[0]}"));

    public void Watch(Watch watch) => watch.Crossings(rsi, Middle);

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.CrossesAbove(rsi, Middle, row))
        {
            say.Buy(55, "rsi-50.buy", rsi[row - 1], rsi[row]);
        }
        else if (Compare.CrossesBelow(rsi, Middle, row))
        {
            say.Sell(55, "rsi-50.sell", rsi[row - 1], rsi[row]);
        }
    }
}
