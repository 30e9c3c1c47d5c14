namespace Finstage.Analysis.Strategies.Volatility;

/// <summary>BOLLINGER_REVERSAL: outside the bands with RSI agreeing, yet the candle closes the other way.</summary>
internal struct BollingerReversal(Series open, Series close, Series percentB, Series rsi, double level) : IStrategyRule<BollingerReversal>
{
    private Edge up;
    private Edge down;

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

    public void Judge(int row, ref Verdict say)
    {
        var (b, strength) = (percentB[row], rsi[row]);
        if (up.Enters(Compare.Below(b, 0) && Compare.Below(strength, level) && Compare.Above(close[row], open[row])))
        {
            say.Buy(70, "bollinger-reversal.buy", b, strength);
        }

        if (down.Enters(Compare.Above(b, 1) && Compare.Above(strength, 100 - level) && Compare.Below(close[row], open[row])))
        {
            say.Sell(70, "bollinger-reversal.sell", b, strength);
        }
    }
}
