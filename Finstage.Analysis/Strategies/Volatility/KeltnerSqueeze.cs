namespace Finstage.Analysis.Strategies.Volatility;

/// <summary>KELTNER_SQUEEZE: the Bollinger bands leave the Keltner channel after a calm inside it.</summary>
internal struct KeltnerSqueeze(Series close, Series average, Series upper, Series lower, Series outerUpper, Series outerLower)
    : IStrategyRule<KeltnerSqueeze>
{
    private const int Calm = 6;

    // The number of the first candle of the squeeze.
    private long since;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("KELTNER_SQUEEZE", "Volatility", [new StrategyParameter("period", 20, 2, 1_000), new StrategyParameter("bollinger", 2, 0.1, 10), new StrategyParameter("keltner", 1.5, 0.1, 10)]),
    ];

    public static KeltnerSqueeze Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var bands = FormattableString.Invariant($"bollinger:{parameters[0]},{parameters[1]}");
        var channel = FormattableString.Invariant($"keltner:{parameters[0]},{parameters[2]},{parameters[0]}");
        return new KeltnerSqueeze(
            inputs.Close,
            inputs.Use($"sma:{parameters[0]}"),
            inputs.Use(bands, "upper"),
            inputs.Use(bands, "lower"),
            inputs.Use(channel, "upper"),
            inputs.Use(channel, "lower"));
    }

    public readonly void Watch(Watch watch)
    {
        watch.Crossings(upper, outerUpper);
        watch.Crossings(lower, outerLower);
    }

    public void Judge(Row row, ref Verdict say)
    {
        var wasInside = IsInside(row - 1);
        if (IsInside(row))
        {
            since = wasInside ? since : row.Number;
            return;
        }

        var calm = wasInside ? row.Number - since : 0;
        if (calm < Calm)
        {
            return;
        }

        if (Compare.Above(close[row], average[row]))
        {
            say.Buy(70, "keltner-squeeze.buy", calm, close[row], average[row]);
        }
        else if (Compare.Below(close[row], average[row]))
        {
            say.Sell(70, "keltner-squeeze.sell", calm, close[row], average[row]);
        }
    }

    private readonly bool IsInside(Row row) =>
        Compare.Below(upper[row], outerUpper[row]) && Compare.Above(lower[row], outerLower[row]);
}
