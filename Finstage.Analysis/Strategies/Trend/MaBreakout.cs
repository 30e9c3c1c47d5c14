namespace Finstage.Analysis.Strategies.Trend;

/// <summary>MA_{n}_BREAKOUT: the close leaves a corridor of 2 % around its simple average.</summary>
internal struct MaBreakout(Series close, Series average, double margin) : IStrategyRule<MaBreakout>
{
    private Edge above;
    private Edge below;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } = [Of(20), Of(50), Of(100), Of(150), Of(200)];

    public static MaBreakout Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Close, inputs.Use($"sma:{parameters[0]}"), parameters[1]);

    public void Judge(int row, ref Verdict say)
    {
        var (c, mean) = (close[row], average[row]);
        if (above.Enters(mean > 0 && Compare.Above(c, mean * (1 + margin))))
        {
            say.Buy(75, "ma-breakout.buy", c, mean, 100 * ((c / mean) - 1));
        }

        if (below.Enters(mean > 0 && Compare.Below(c, mean * (1 - margin))))
        {
            say.Sell(75, "ma-breakout.sell", c, mean, 100 * ((c / mean) - 1));
        }
    }

    private static StrategyInfo Of(int period) => new(
        $"MA_{period}_BREAKOUT", "Trend", [new StrategyParameter("period", period, 2, 1_000), new StrategyParameter("margin", 0.02, 0, 0.5)]);
}
