namespace Finstage.Analysis.Strategies.Volatility;

/// <summary>MEAN_REVERSION: the close falls far under its average while the long average still holds.</summary>
internal readonly struct MeanReversion(Series close, Series z, Series average, double distance) : IStrategyRule<MeanReversion>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("MEAN_REVERSION", "Volatility", [new StrategyParameter("period", 20, 2, 1_000), new StrategyParameter("average", 200, 2, 1_000), new StrategyParameter("distance", 2, 0.1, 10)]),
    ];

    // The z-score comes with the Bollinger bands of the same period.
    public static MeanReversion Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Close, inputs.Use($"bollinger:{parameters[0]},2", "z"), inputs.Use($"sma:{parameters[1]}"), parameters[2]);

    public void Watch(Watch watch) => watch.Outside(z, -distance, distance);

    public void Judge(Row row, ref Verdict say)
    {
        if (IsLow(row) && !IsLow(row - 1))
        {
            say.Buy(60 + Math.Min(20, 10 * (-z[row] - distance)), "mean-reversion.buy", z[row], average[row]);
        }

        if (IsHigh(row) && !IsHigh(row - 1))
        {
            say.Sell(60 + Math.Min(20, 10 * (z[row] - distance)), "mean-reversion.sell", z[row], average[row]);
        }
    }

    private bool IsLow(Row row) => Compare.Below(z[row], -distance) && Compare.Above(close[row], average[row]);

    private bool IsHigh(Row row) => Compare.Above(z[row], distance) && Compare.Below(close[row], average[row]);
}
