namespace Finstage.Analysis.Strategies.Trend;

/// <summary>MA_{n}_BREAKOUT: the close leaves a corridor of 2 % around its simple average.</summary>
internal readonly struct MaBreakout(Series close, Series average, double margin) : IStrategyRule<MaBreakout>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } = [Of(20), Of(50), Of(100), Of(150), Of(200)];

    public static MaBreakout Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Close, inputs.Use($"sma:{parameters[0]}"), parameters[1]);

    public void Watch(Watch watch)
    {
        watch.Crossings(close, average, 1 + margin);
        watch.Crossings(close, average, 1 - margin);
        watch.Crossings(average, 0);
    }

    public void Judge(Row row, ref Verdict say)
    {
        var (c, mean) = (close[row], average[row]);
        if (IsAbove(row) && !IsAbove(row - 1))
        {
            say.Buy(75, "ma-breakout.buy", c, mean, 100 * ((c / mean) - 1));
        }

        if (IsBelow(row) && !IsBelow(row - 1))
        {
            say.Sell(75, "ma-breakout.sell", c, mean, 100 * ((c / mean) - 1));
        }
    }

    private bool IsAbove(Row row) => average[row] > 0 && Compare.Above(close[row], average[row] * (1 + margin));

    private bool IsBelow(Row row) => average[row] > 0 && Compare.Below(close[row], average[row] * (1 - margin));

    private static StrategyInfo Of(int period) => new(
        $"MA_{period}_BREAKOUT", "Trend", [new StrategyParameter("period", period, 2, 1_000), new StrategyParameter("margin", 0.02, 0, 0.5)]);
}
