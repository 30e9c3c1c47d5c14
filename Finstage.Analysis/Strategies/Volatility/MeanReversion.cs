namespace Finstage.Analysis.Strategies.Volatility;

/// <summary>MEAN_REVERSION: the close falls far under its average while the long average still holds.</summary>
internal struct MeanReversion(Series close, Series z, Series average, double distance) : IStrategyRule<MeanReversion>
{
    private Edge up;
    private Edge down;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("MEAN_REVERSION", "Volatility", [new StrategyParameter("period", 20, 2, 1_000), new StrategyParameter("average", 200, 2, 1_000), new StrategyParameter("distance", 2, 0.1, 10)]),
    ];

    // The z-score comes with the Bollinger bands of the same period.
    public static MeanReversion Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Close, inputs.Use($"bollinger:{parameters[0]},2", "z"), inputs.Use($"sma:{parameters[1]}"), parameters[2]);

    public void Judge(int row, ref Verdict say)
    {
        var (c, score, mean) = (close[row], z[row], average[row]);
        if (up.Enters(Compare.Below(score, -distance) && Compare.Above(c, mean)))
        {
            say.Buy(60 + Math.Min(20, 10 * (-score - distance)), "mean-reversion.buy", score, mean);
        }

        if (down.Enters(Compare.Above(score, distance) && Compare.Below(c, mean)))
        {
            say.Sell(60 + Math.Min(20, 10 * (score - distance)), "mean-reversion.sell", score, mean);
        }
    }
}
