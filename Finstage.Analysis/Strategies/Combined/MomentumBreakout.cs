namespace Finstage.Analysis.Strategies.Combined;

/// <summary>MOMENTUM_BREAKOUT: a new extreme of 20 candles, with speed and volume.</summary>
internal struct MomentumBreakout(Series close, Series upper, Series lower, Series change, KnownVolume volume, double least)
    : IStrategyRule<MomentumBreakout>
{
    private const double Multiple = 1.5;
    private Edge up;
    private Edge down;

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

    public void Judge(int row, ref Verdict say)
    {
        var (c, speed) = (close[row], change[row]);
        if (up.Enters(Compare.Above(speed, least) && Compare.Above(c, upper[row]) && volume.Above(Multiple, row)))
        {
            say.Buy(75, "momentum-breakout.buy", c, upper[row], speed, volume.Ratio(row));
        }

        if (down.Enters(Compare.Below(speed, -least) && Compare.Below(c, lower[row]) && volume.Above(Multiple, row)))
        {
            say.Sell(75, "momentum-breakout.sell", c, lower[row], speed, volume.Ratio(row));
        }
    }
}
