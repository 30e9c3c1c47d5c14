namespace Finstage.Analysis.Strategies.Levels;

/// <summary>PIVOT_REVERSAL: the low reaches the second support of the previous session, the close is back above the first.</summary>
internal readonly struct PivotReversal(
    Series open, Series high, Series low, Series close, Series average, Series r1, Series s1, Series r2, Series s2) : IStrategyRule<PivotReversal>
{
    private const string Pivots = "pivot-points:0,0";

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("PIVOT_REVERSAL", "Levels", [new StrategyParameter("average", 20, 2, 1_000)]),
    ];

    public static PivotReversal Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) => new(
        inputs.Open,
        inputs.High,
        inputs.Low,
        inputs.Close,
        inputs.Use($"sma:{parameters[0]}"),
        inputs.Use(Pivots, "r1"),
        inputs.Use(Pivots, "s1"),
        inputs.Use(Pivots, "r2"),
        inputs.Use(Pivots, "s2"));

    public void Watch(Watch watch)
    {
        watch.AtMost(low, s2);
        watch.AtLeast(high, r2);
    }

    public void Judge(Row row, ref Verdict say)
    {
        var c = close[row];
        if (Compare.AtMost(low[row], s2[row]) && Compare.Above(c, s1[row]) && Compare.Above(c, open[row])
            && Compare.Below(close[row - 1], average[row - 1]))
        {
            say.Buy(55, "pivot-reversal.buy", low[row], s2[row], c, s1[row]);
        }

        if (Compare.AtLeast(high[row], r2[row]) && Compare.Below(c, r1[row]) && Compare.Below(c, open[row])
            && Compare.Above(close[row - 1], average[row - 1]))
        {
            say.Sell(55, "pivot-reversal.sell", high[row], r2[row], c, r1[row]);
        }
    }
}
