using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Strategies.Combined;

/// <summary>MULTI_TIMEFRAME_TREND: the trend here agrees with that of the interval above. Hourly and daily candles only.</summary>
internal struct MultiTimeframeTrend(Inputs inputs, Series average, Series rsi, UpperTrend? upper) : IStrategyRule<MultiTimeframeTrend>
{
    private const double Middle = 50;

    private readonly Series close = inputs.Close;
    private Edge up;
    private Edge down;
    private bool isReady;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("MULTI_TIMEFRAME_TREND", "Combined", [new StrategyParameter("average", 20, 2, 1_000), new StrategyParameter("rsi", 14, 2, 1_000)]),
    ];

    public static MultiTimeframeTrend Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        CandleInterval? above = inputs.Context.Interval switch
        {
            CandleInterval.OneHour => CandleInterval.OneDay,
            CandleInterval.OneDay => CandleInterval.OneWeek,
            _ => null,
        };
        return new MultiTimeframeTrend(
            inputs,
            inputs.Use($"sma:{parameters[0]}"),
            inputs.Use($"rsi:{parameters[1]}"),
            above is { } interval ? new UpperTrend(inputs.Context, interval, (int)parameters[0], (int)parameters[1]) : null);
    }

    public void Judge(Row row, ref Verdict say)
    {
        if (upper is null)
        {
            return;
        }

        var (c, mean, strength) = (close[row], average[row], rsi[row]);
        upper.Add(row.Time, c);
        var mayFire = isReady;
        isReady |= upper.HasValue && !double.IsNaN(mean) && !double.IsNaN(strength);
        if (up.Enters(upper.IsUp && Compare.Above(c, mean) && Compare.Above(strength, Middle)) && mayFire)
        {
            say.Buy(75, "multi-timeframe.buy", mean, strength, upper.Average, upper.Rsi);
        }

        if (down.Enters(upper.IsDown && Compare.Below(c, mean) && Compare.Below(strength, Middle)) && mayFire)
        {
            say.Sell(75, "multi-timeframe.sell", mean, strength, upper.Average, upper.Rsi);
        }
    }
}
