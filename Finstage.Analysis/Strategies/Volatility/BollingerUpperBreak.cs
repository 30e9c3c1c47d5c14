namespace Finstage.Analysis.Strategies.Volatility;

/// <summary>BOLLINGER_UPPER_BREAK: the close leaves the Bollinger bands; surer the farther it is outside.</summary>
internal readonly struct BollingerUpperBreak(Series close, Series upper, Series lower, Series deviation) : IStrategyRule<BollingerUpperBreak>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("BOLLINGER_UPPER_BREAK", "Volatility", [new StrategyParameter("period", 20, 2, 1_000), new StrategyParameter("multiplier", 2, 0.1, 10)]),
    ];

    public static BollingerUpperBreak Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var bands = FormattableString.Invariant($"bollinger:{parameters[0]},{parameters[1]}");
        return new BollingerUpperBreak(inputs.Close, inputs.Use(bands, "upper"), inputs.Use(bands, "lower"), inputs.Use(bands, "deviation"));
    }

    public void Watch(Watch watch)
    {
        watch.Crossings(close, upper);
        watch.Crossings(close, lower);
    }

    public void Judge(Row row, ref Verdict say)
    {
        var c = close[row];
        if (Compare.Above(c, upper[row]) && !Compare.Above(close[row - 1], upper[row - 1]))
        {
            say.Buy(60 + Beyond(c - upper[row], row), "bollinger-break.buy", c, upper[row], (c - upper[row]) / deviation[row]);
        }

        if (Compare.Below(c, lower[row]) && !Compare.Below(close[row - 1], lower[row - 1]))
        {
            say.Sell(60 + Beyond(lower[row] - c, row), "bollinger-break.sell", c, lower[row], (lower[row] - c) / deviation[row]);
        }
    }

    private double Beyond(double distance, Row row) => Math.Min(20, 10 * distance / deviation[row]);
}
