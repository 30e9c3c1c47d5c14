namespace Finstage.Analysis.Strategies.Combined;

/// <summary>TRIPLE_CONFIRMATION: the long average, RSI and the volume agree.</summary>
internal readonly struct TripleConfirmation(Series close, Series average, Series rsi, KnownVolume volume) : IStrategyRule<TripleConfirmation>
{
    private const double Margin = 0.02;
    private const double Multiple = 1.5;
    private const double Low = 30;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("TRIPLE_CONFIRMATION", "Combined", [new StrategyParameter("average", 200, 2, 1_000), new StrategyParameter("rsi", 14, 2, 1_000)]),
    ];

    public static TripleConfirmation Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Close, inputs.Use($"sma:{parameters[0]}"), inputs.Use($"rsi:{parameters[1]}"), new KnownVolume(inputs));

    public void Watch(Watch watch) => watch.Outside(rsi, Low, 100 - Low);

    public void Judge(Row row, ref Verdict say)
    {
        if (IsUp(row) && !IsUp(row - 1))
        {
            say.Buy(85, "triple-confirmation.buy", close[row], average[row], rsi[row], volume.Ratio(row));
        }

        if (IsDown(row) && !IsDown(row - 1))
        {
            say.Sell(85, "triple-confirmation.sell", close[row], average[row], rsi[row], volume.Ratio(row));
        }
    }

    private bool IsUp(Row row) => Compare.Below(rsi[row], Low) && average[row] > 0
        && Compare.Above(close[row], average[row] * (1 + Margin)) && volume.AtLeast(Multiple, row);

    private bool IsDown(Row row) => Compare.Above(rsi[row], 100 - Low) && average[row] > 0
        && Compare.Below(close[row], average[row] * (1 - Margin)) && volume.AtLeast(Multiple, row);
}
