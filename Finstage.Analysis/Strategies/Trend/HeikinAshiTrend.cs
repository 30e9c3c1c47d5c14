namespace Finstage.Analysis.Strategies.Trend;

/// <summary>HEIKIN_ASHI_TREND: a Heikin-Ashi candle without a wick behind it ends a run of at least three the other way.</summary>
internal struct HeikinAshiTrend(Inputs inputs) : IStrategyRule<HeikinAshiTrend>
{
    private const int Run = 3;

    private readonly Series high = inputs.High;
    private readonly Series low = inputs.Low;
    private readonly Series haOpen = inputs.Use("heikin-ashi", "open");
    private readonly Series haClose = inputs.Use("heikin-ashi", "close");

    // The number of the candle on which the run began that is under way.
    private long since;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } = [new("HEIKIN_ASHI_TREND", "Trend", [])];

    public static HeikinAshiTrend Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) => new(inputs);

    public readonly void Watch(Watch watch) => watch.Crossings(haClose, haOpen);

    public void Judge(Row row, ref Verdict say)
    {
        var (now, before) = (SideOf(row), SideOf(row - 1));
        if (now == before)
        {
            return;
        }

        var number = row.Number;
        var run = number - since;
        since = number;
        if (run < Run)
        {
            return;
        }

        if (now > 0 && before < 0 && Compare.AtLeast(low[row], haOpen[row]))
        {
            say.Buy(60, "heikin-ashi.buy", run);
        }
        else if (now < 0 && before > 0 && Compare.AtMost(high[row], haOpen[row]))
        {
            say.Sell(60, "heikin-ashi.sell", run);
        }
    }

    // 1 rises, -1 falls, 0 neither.
    private readonly int SideOf(Row row) =>
        Compare.Above(haClose[row], haOpen[row]) ? 1 : Compare.Below(haClose[row], haOpen[row]) ? -1 : 0;
}
