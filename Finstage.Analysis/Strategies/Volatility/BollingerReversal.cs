namespace Finstage.Analysis.Strategies.Volatility;

/// <summary>BOLLINGER_REVERSAL: outside the bands with RSI agreeing, yet the candle closes the other way.</summary>
internal readonly struct BollingerReversal(Series open, Series close, Series percentB, Series rsi, double level) : IStrategyRule<BollingerReversal>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("BOLLINGER_REVERSAL", "Volatility", [new StrategyParameter("period", 20, 2, 1_000), new StrategyParameter("multiplier", 2, 0.1, 10), new StrategyParameter("rsi", 14, 2, 1_000), new StrategyParameter("level", 35, 1, 50)]),
    ];

    public static BollingerReversal Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) => new(
        inputs.Open,
        inputs.Close,
        inputs.Use(FormattableString.Invariant($"bollinger:{parameters[0]},{parameters[1]}"), "percentB"),
        inputs.Use($"rsi:{parameters[2]}"),
        parameters[3]);

    public void Watch(Watch watch) => watch.Outside(percentB, 0, 1);

    public void Judge(Row row, ref Verdict say)
    {
        if (IsLow(row) && !IsLow(row - 1))
        {
            say.Buy(70, "bollinger-reversal.buy", percentB[row], rsi[row]);
        }

        if (IsHigh(row) && !IsHigh(row - 1))
        {
            say.Sell(70, "bollinger-reversal.sell", percentB[row], rsi[row]);
        }
    }

    private bool IsLow(Row row) =>
        Compare.Below(percentB[row], 0) && Compare.Below(rsi[row], level) && Compare.Above(close[row], open[row]);

    private bool IsHigh(Row row) =>
        Compare.Above(percentB[row], 1) && Compare.Above(rsi[row], 100 - level) && Compare.Below(close[row], open[row]);
}
