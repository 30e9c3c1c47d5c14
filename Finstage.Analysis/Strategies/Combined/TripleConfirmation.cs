namespace Finstage.Analysis.Strategies.Combined;

/// <summary>TRIPLE_CONFIRMATION: the long average, RSI and the volume agree.</summary>
internal struct TripleConfirmation(Series close, Series average, Series rsi, KnownVolume volume) : IStrategyRule<TripleConfirmation>
{
    private const double Margin = 0.02;
    private const double Multiple = 1.5;
    private Edge up;
    private Edge down;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("TRIPLE_CONFIRMATION", "Combined", [new StrategyParameter("average", 200, 2, 1_000), new StrategyParameter("rsi", 14, 2, 1_000)]),
    ];

    public static TripleConfirmation Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Close, inputs.Use($"sma:{parameters[0]}"), inputs.Use($"rsi:{parameters[1]}"), new KnownVolume(inputs));

    public void Judge(int row, ref Verdict say)
    {
        var (c, mean) = (close[row], average[row]);
        var isBusy = mean > 0 && volume.AtLeast(Multiple, row);
        if (up.Enters(isBusy && Compare.Above(c, mean * (1 + Margin)) && Compare.Below(rsi[row], 30)))
        {
            say.Buy(85, "triple-confirmation.buy", c, mean, rsi[row], volume.Ratio(row));
        }

        if (down.Enters(isBusy && Compare.Below(c, mean * (1 - Margin)) && Compare.Above(rsi[row], 70)))
        {
            say.Sell(85, "triple-confirmation.sell", c, mean, rsi[row], volume.Ratio(row));
        }
    }
}
