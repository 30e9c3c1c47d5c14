using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Strategies.Levels;

/// <summary>HIGH_52W_BREAKOUT: the high passes the highest of the 365 days before, for the first time in five candles.</summary>
internal struct High52wBreakout(Inputs inputs, int days) : IStrategyRule<High52wBreakout>
{
    private const int Calm = 5;

    private readonly SeriesContext context = inputs.Context;
    private readonly Series high = inputs.High;
    private readonly Series low = inputs.Low;
    private DatedRange year = new(days);
    private EdgeAfter above = new(Calm);
    private EdgeAfter below = new(Calm);
    private int? firstDate;
    private bool isReady;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("HIGH_52W_BREAKOUT", "Levels", [new StrategyParameter("days", 365, 7, 3_650)]),
    ];

    public static High52wBreakout Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) => new(inputs, (int)parameters[0]);

    public void Judge(Row row, ref Verdict say)
    {
        var date = context.DateOf(row.Time);
        var (h, l) = (high[row], low[row]);
        var top = year.Before(date, out var bottom);
        year.Add(h, l);
        firstDate ??= date;
        if (date - firstDate < days)
        {
            return;
        }

        // The series is old enough; on the first such candle the extremes have their value and nothing fires.
        var mayFire = isReady;
        isReady = true;
        if (above.Enters(Compare.Above(h, top)) && mayFire)
        {
            say.Buy(80, "high-52w.buy", h, top);
        }

        if (below.Enters(Compare.Below(l, bottom)) && mayFire)
        {
            say.Sell(80, "high-52w.sell", l, bottom);
        }
    }
}
