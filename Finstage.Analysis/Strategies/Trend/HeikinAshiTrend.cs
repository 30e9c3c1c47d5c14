namespace Finstage.Analysis.Strategies.Trend;

/// <summary>HEIKIN_ASHI_TREND: a Heikin-Ashi candle without a wick behind it ends a run of at least three the other way.</summary>
internal struct HeikinAshiTrend(Series high, Series low, Series haOpen, Series haClose) : IStrategyRule<HeikinAshiTrend>
{
    private const int Run = 3;
    private int rising;
    private int falling;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } = [new("HEIKIN_ASHI_TREND", "Trend", [])];

    public static HeikinAshiTrend Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.High, inputs.Low, inputs.Use("heikin-ashi", "open"), inputs.Use("heikin-ashi", "close"));

    public void Judge(int row, ref Verdict say)
    {
        var (from, to) = (haOpen[row], haClose[row]);
        if (Compare.Above(to, from))
        {
            if (falling >= Run && Compare.AtLeast(low[row], from))
            {
                say.Buy(60, "heikin-ashi.buy", falling);
            }

            rising++;
            falling = 0;
        }
        else if (Compare.Below(to, from))
        {
            if (rising >= Run && Compare.AtMost(high[row], from))
            {
                say.Sell(60, "heikin-ashi.sell", rising);
            }

            falling++;
            rising = 0;
        }
        else
        {
            rising = 0;
            falling = 0;
        }
    }
}
