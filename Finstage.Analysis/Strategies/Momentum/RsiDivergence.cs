namespace Finstage.Analysis.Strategies.Momentum;

/// <summary>RSI_DIVERGENCE: the price makes a lower low, RSI does not. A swing is known three candles after it.</summary>
internal struct RsiDivergence(Inputs inputs, Series high, Series low, Series rsi) : IStrategyRule<RsiDivergence>
{
    private const int Side = 3;
    private const int Nearest = 5;
    private const int Farthest = 60;
    private const double Least = 3;

    private Swing lastLow;
    private Swing lastHigh;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("RSI_DIVERGENCE", "Momentum", [new StrategyParameter("period", 14, 2, 1_000)]),
    ];

    public static RsiDivergence Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs, inputs.High, inputs.Low, inputs.Use($"rsi:{parameters[0]}"));

    // A swing is a turn, known some candles later.
    public readonly void Watch(Watch watch)
    {
        watch.Crossings(low.Before(Side - 1), low.Before(Side));
        watch.Crossings(high.Before(Side - 1), high.Before(Side));
    }

    public void Judge(int row, ref Verdict say)
    {
        var at = row - Side;
        if (low[at] < low[at + 1] && low[at] < low[at - 1] && IsSwing(low, at, -1))
        {
            var swing = new Swing(inputs.NumberAt(row), low[at], rsi[at]);
            if (swing.IsNear(lastLow) && Compare.Below(swing.Price, lastLow.Price) && Compare.AtLeast(swing.Rsi - lastLow.Rsi, Least))
            {
                say.Buy(70 + Math.Min(20, swing.Rsi - lastLow.Rsi), "rsi-divergence.buy", swing.Price, lastLow.Price, swing.Rsi, lastLow.Rsi);
            }

            lastLow = swing;
        }

        if (high[at] > high[at + 1] && high[at] > high[at - 1] && IsSwing(high, at, 1))
        {
            var swing = new Swing(inputs.NumberAt(row), high[at], rsi[at]);
            if (swing.IsNear(lastHigh) && Compare.Above(swing.Price, lastHigh.Price) && Compare.AtLeast(lastHigh.Rsi - swing.Rsi, Least))
            {
                say.Sell(70 + Math.Min(20, lastHigh.Rsi - swing.Rsi), "rsi-divergence.sell", swing.Price, lastHigh.Price, swing.Rsi, lastHigh.Rsi);
            }

            lastHigh = swing;
        }
    }

    // Before the series' first candle the prices are NaN, so that no swing is found there.
    private static bool IsSwing(in Series prices, int at, int sign)
    {
        var price = sign * prices[at];
        for (var i = 1; i <= Side; i++)
        {
            if (!Compare.Above(price, sign * prices[at - i]) || !Compare.Above(price, sign * prices[at + i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A swing: the number of the candle on which it became known (0: none yet), its price and its RSI.</summary>
    private readonly record struct Swing(long Known, double Price, double Rsi)
    {
        public bool IsNear(in Swing before) => before.Known > 0 && Known - before.Known is >= Nearest and <= Farthest;
    }
}
