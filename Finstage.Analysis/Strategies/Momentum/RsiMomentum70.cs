namespace Finstage.Analysis.Strategies.Momentum;

/// <summary>RSI_MOMENTUM_70: RSI crosses 70 above the average, or 30 below it: with the trend, not against it.</summary>
internal readonly struct RsiMomentum70(Series close, Series rsi, Series average, double level) : IStrategyRule<RsiMomentum70>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("RSI_MOMENTUM_70", "Momentum", [new StrategyParameter("period", 14, 2, 1_000), new StrategyParameter("average", 50, 2, 1_000), new StrategyParameter("level", 70, 50, 99)]),
    ];

    public static RsiMomentum70 Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Close, inputs.Use($"rsi:{parameters[0]}"), inputs.Use($"sma:{parameters[1]}"), parameters[2]);

    public void Watch(Watch watch)
    {
        watch.Rises(rsi, level);
        watch.Falls(rsi, 100 - level);
    }

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.CrossesAbove(rsi, level, row) && Compare.Above(close[row], average[row]))
        {
            say.Buy(60, "rsi-70.buy", rsi[row], close[row], average[row]);
        }
        else if (Compare.CrossesBelow(rsi, 100 - level, row) && Compare.Below(close[row], average[row]))
        {
            say.Sell(60, "rsi-70.sell", rsi[row], close[row], average[row]);
        }
    }
}
