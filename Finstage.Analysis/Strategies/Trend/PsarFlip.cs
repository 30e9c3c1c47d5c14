namespace Finstage.Analysis.Strategies.Trend;

/// <summary>PSAR_FLIP: the parabolic stop changes sides; its first trend is a guess, so the first reversal is no flip.</summary>
internal readonly struct PsarFlip(Series value, Series direction) : IStrategyRule<PsarFlip>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("PSAR_FLIP", "Trend", [new StrategyParameter("step", 0.02, 0.0001, 1), new StrategyParameter("limit", 0.2, 0.0001, 1)]),
    ];

    // The indicator leaves out its first trend: before the first reversal it has no direction.
    public static PsarFlip Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var name = FormattableString.Invariant($"psar:{parameters[0]},{parameters[1]}");
        return new PsarFlip(inputs.Use(name), inputs.Use(name, "direction"));
    }

    public void Judge(int row, ref Verdict say)
    {
        var turn = direction[row] * direction[row - 1];
        if (turn < 0)
        {
            if (direction[row] > 0)
            {
                say.Buy(55, "psar-flip.buy", value[row]);
            }
            else
            {
                say.Sell(55, "psar-flip.sell", value[row]);
            }
        }
    }
}
