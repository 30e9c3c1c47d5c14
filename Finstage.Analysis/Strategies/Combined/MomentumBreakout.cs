namespace Finstage.Analysis.Strategies.Combined;

/// <summary>MOMENTUM_BREAKOUT: a new extreme of 20 candles, with speed and volume.</summary>
internal readonly struct MomentumBreakout(Series close, Series upper, Series lower, Series change, KnownVolume volume, double least)
    : IStrategyRule<MomentumBreakout>
{
    private const double Multiple = 1.5;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("MOMENTUM_BREAKOUT", "Combined", [new StrategyParameter("period", 20, 2, 1_000), new StrategyParameter("roc", 10, 1, 1_000), new StrategyParameter("percent", 5, 0, 100)]),
    ];

    public static MomentumBreakout Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var channel = $"donchian:{parameters[0]},1";
        return new MomentumBreakout(
            inputs.Close,
            inputs.Use(channel, "upper"),
            inputs.Use(channel, "lower"),
            inputs.Use($"roc:{parameters[1]}"),
            new KnownVolume(inputs),
            parameters[2]);
    }

    public void Watch(Watch watch) => watch.Outside(change, -least, least);

    public void Judge(Row row, ref Verdict say)
    {
        if (IsUp(row) && !IsUp(row - 1))
        {
            say.Buy(75, "momentum-breakout.buy", close[row], upper[row], change[row], volume.Ratio(row));
        }

        if (IsDown(row) && !IsDown(row - 1))
        {
            say.Sell(75, "momentum-breakout.sell", close[row], lower[row], change[row], volume.Ratio(row));
        }
    }

    private bool IsUp(Row row) =>
        Compare.Above(change[row], least) && Compare.Above(close[row], upper[row]) && volume.Above(Multiple, row);

    private bool IsDown(Row row) =>
        Compare.Below(change[row], -least) && Compare.Below(close[row], lower[row]) && volume.Above(Multiple, row);
}
