namespace Finstage.Analysis.Strategies.Momentum;

/// <summary>MACD_HISTOGRAM_TURN: below zero, the histogram rises after it fell on each of three candles.</summary>
internal readonly struct MacdHistogramTurn(Series histogram) : IStrategyRule<MacdHistogramTurn>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("MACD_HISTOGRAM_TURN", "Momentum", [new StrategyParameter("fast", 12, 2, 1_000), new StrategyParameter("slow", 26, 3, 1_000), new StrategyParameter("signal", 9, 2, 1_000)]),
    ];

    public static MacdHistogramTurn Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Use($"macd:{parameters[0]},{parameters[1]},{parameters[2]}", "histogram"));

    public void Watch(Watch watch)
    {
        watch.TurnsUp(histogram);
        watch.TurnsDown(histogram);
    }

    public void Judge(Row row, ref Verdict say)
    {
        var (now, before) = (histogram[row], histogram[row - 1]);
        if (now < 0)
        {
            if (now > before && Compare.Below(now, 0) && Compare.Above(now, before) && Fell(row - 1) && Fell(row - 2) && Fell(row - 3))
            {
                say.Buy(55, "macd-histogram.buy", now, before);
            }
        }
        else if (now < before && Compare.Above(now, 0) && Compare.Below(now, before) && Rose(row - 1) && Rose(row - 2) && Rose(row - 3))
        {
            say.Sell(55, "macd-histogram.sell", now, before);
        }
    }

    private bool Fell(Row row) => Compare.Below(histogram[row], histogram[row - 1]);

    private bool Rose(Row row) => Compare.Above(histogram[row], histogram[row - 1]);
}
