namespace Finstage.Analysis.Strategies.Momentum;

/// <summary>RSI_DIVERGENCE: the price makes a lower low, RSI does not. A swing is known three candles after it.</summary>
internal struct RsiDivergence(Series high, Series low, Series rsi) : IStrategyRule<RsiDivergence>
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
        new(inputs.High, inputs.Low, inputs.Use($"rsi:{parameters[0]}"));

    // A swing is a turn, known some candles later.
    public readonly void Watch(Watch watch)
    {
        watch.TurnsUp(low, Side - 1);
        watch.TurnsDown(high, Side - 1);
    }

    public void Judge(Row row, ref Verdict say)
    {
        var at = row - Side;
        if (IsSwing(low, row, -1))
        {
            var swing = new Swing(row.Number, low[at], rsi[at]);
            if (swing.IsNear(lastLow) && Compare.Below(swing.Price, lastLow.Price) && Compare.AtLeast(swing.Rsi - lastLow.Rsi, Least))
            {
                say.Buy(70 + Math.Min(20, swing.Rsi - lastLow.Rsi), "rsi-divergence.buy", swing.Price, lastLow.Price, swing.Rsi, lastLow.Rsi);
            }

            lastLow = swing;
        }

        if (IsSwing(high, row, 1))
        {
            var swing = new Swing(row.Number, high[at], rsi[at]);
            if (swing.IsNear(lastHigh) && Compare.Above(swing.Price, lastHigh.Price) && Compare.AtLeast(lastHigh.Rsi - swing.Rsi, Least))
            {
                say.Sell(70 + Math.Min(20, lastHigh.Rsi - swing.Rsi), "rsi-divergence.sell", swing.Price, lastHigh.Price, swing.Rsi, lastHigh.Rsi);
            }

            lastHigh = swing;
        }
    }

    // Whether the middle of the last candles is beyond all others. Before the series' first candle the prices are NaN: no swing.
    private static bool IsSwing(in Series prices, Row row, int sign)
    {
        var price = sign * prices[row - Side];
        for (var i = 1; i <= Side; i++)
        {
            if (!Compare.Above(price, sign * prices[row - (Side - i)]) || !Compare.Above(price, sign * prices[row - (Side + i)]))
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
