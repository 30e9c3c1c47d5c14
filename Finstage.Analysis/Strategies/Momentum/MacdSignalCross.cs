namespace Finstage.Analysis.Strategies.Momentum;

/// <summary>MACD_SIGNAL_CROSS: MACD crosses its signal line; surer while it is still on the other side of zero.</summary>
internal readonly struct MacdSignalCross(Series macd, Series signal) : IStrategyRule<MacdSignalCross>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("MACD_SIGNAL_CROSS", "Momentum", [new StrategyParameter("fast", 12, 2, 1_000), new StrategyParameter("slow", 26, 3, 1_000), new StrategyParameter("signal", 9, 2, 1_000)]),
    ];

    public static MacdSignalCross Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var name = $"macd:{parameters[0]},{parameters[1]},{parameters[2]}";
        return new MacdSignalCross(inputs.Use(name), inputs.Use(name, "signal"));
    }

    public void Watch(Watch watch) => watch.Crossings(macd, signal);

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.CrossesAbove(macd, signal, row))
        {
            say.Buy(Compare.Below(macd[row], 0) ? 75 : 65, "macd-signal-cross.buy", macd[row], signal[row]);
        }
        else if (Compare.CrossesBelow(macd, signal, row))
        {
            say.Sell(Compare.Above(macd[row], 0) ? 75 : 65, "macd-signal-cross.sell", macd[row], signal[row]);
        }
    }
}
