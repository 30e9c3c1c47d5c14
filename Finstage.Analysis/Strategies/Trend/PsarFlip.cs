namespace Finstage.Analysis.Strategies.Trend;

/// <summary>PSAR_FLIP: the parabolic stop changes sides; its first trend is a guess, so the first reversal is no flip.</summary>
internal struct PsarFlip(Series value, Series direction) : IStrategyRule<PsarFlip>
{
    private bool hasReversed;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("PSAR_FLIP", "Trend", [new StrategyParameter("step", 0.02, 0.0001, 1), new StrategyParameter("limit", 0.2, 0.0001, 1)]),
    ];

    // With its first trend shown, the stop has a value from the second candle on; what is left out is left out here.
    public static PsarFlip Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var name = FormattableString.Invariant($"psar:{parameters[0]},{parameters[1]},0,1");
        return new PsarFlip(inputs.Use(name), inputs.Use(name, "direction"));
    }

    public readonly void Watch(Watch watch) => watch.Crossings(direction, 0);

    public void Judge(Row row, ref Verdict say)
    {
        var now = direction[row];
        var before = direction[row - 1];
        var reverses = double.IsNaN(before) ? now < 0 : now * before < 0;
        if (!reverses)
        {
            return;
        }

        if (hasReversed)
        {
            if (now > 0)
            {
                say.Buy(55, "psar-flip.buy", value[row]);
            }
            else
            {
                say.Sell(55, "psar-flip.sell", value[row]);
            }
        }

        hasReversed = true;
    }
}
