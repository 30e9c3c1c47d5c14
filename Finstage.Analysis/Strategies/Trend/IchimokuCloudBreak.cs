namespace Finstage.Analysis.Strategies.Trend;

/// <summary>ICHIMOKU_CLOUD_BREAK: the close leaves the cloud drawn at this candle, with Tenkan and Kijun in order.</summary>
internal readonly struct IchimokuCloudBreak(Series close, Series tenkan, Series kijun, Series spanA, Series spanB)
    : IStrategyRule<IchimokuCloudBreak>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("ICHIMOKU_CLOUD_BREAK", "Trend", [new StrategyParameter("tenkan", 9, 1, 1_000), new StrategyParameter("kijun", 26, 1, 1_000), new StrategyParameter("spanB", 52, 1, 1_000), new StrategyParameter("displacement", 26, 1, 1_000)]),
    ];

    public static IchimokuCloudBreak Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var name = $"ichimoku:{parameters[0]},{parameters[1]},{parameters[2]},{parameters[3]}";
        return new IchimokuCloudBreak(
            inputs.Close, inputs.Use(name, "tenkan"), inputs.Use(name, "kijun"), inputs.Use(name, "spanA"), inputs.Use(name, "spanB"));
    }

    public void Watch(Watch watch)
    {
        watch.Crossings(close, spanA);
        watch.Crossings(close, spanB);
    }

    public void Judge(Row row, ref Verdict say)
    {
        var (c, fast, slow) = (close[row], tenkan[row], kijun[row]);
        if (Compare.Above(fast, slow))
        {
            var upper = Math.Max(spanA[row], spanB[row]);
            if (Compare.Above(c, upper) && Compare.AtMost(close[row - 1], Math.Max(spanA[row - 1], spanB[row - 1])))
            {
                say.Buy(75, "ichimoku.buy", c, upper, fast, slow);
            }
        }
        else if (Compare.Below(fast, slow))
        {
            var lower = Math.Min(spanA[row], spanB[row]);
            if (Compare.Below(c, lower) && Compare.AtLeast(close[row - 1], Math.Min(spanA[row - 1], spanB[row - 1])))
            {
                say.Sell(75, "ichimoku.sell", c, lower, fast, slow);
            }
        }
    }
}
