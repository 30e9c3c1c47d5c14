namespace Finstage.Analysis.Strategies.Volatility;

/// <summary>BOLLINGER_LOWER_BOUNCE: the close comes back between the Bollinger bands.</summary>
internal readonly struct BollingerLowerBounce(Series close, Series upper, Series lower) : IStrategyRule<BollingerLowerBounce>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("BOLLINGER_LOWER_BOUNCE", "Volatility", [new StrategyParameter("period", 20, 2, 1_000), new StrategyParameter("multiplier", 2, 0.1, 10)]),
    ];

    public static BollingerLowerBounce Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var bands = FormattableString.Invariant($"bollinger:{parameters[0]},{parameters[1]}");
        return new BollingerLowerBounce(inputs.Close, inputs.Use(bands, "upper"), inputs.Use(bands, "lower"));
    }

    public void Watch(Watch watch)
    {
        watch.Crossings(close, upper);
        watch.Crossings(close, lower);
    }

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.CrossesAbove(close, lower, row))
        {
            say.Buy(65, "bollinger-bounce.buy", close[row], lower[row]);
        }

        if (Compare.CrossesBelow(close, upper, row))
        {
            say.Sell(65, "bollinger-bounce.sell", close[row], upper[row]);
        }
    }
}
