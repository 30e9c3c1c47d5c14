namespace Finstage.Analysis.Strategies.Volume;

/// <summary>SMART_MONEY_FLOW: Chaikin money flow leaves the middle, and on-balance volume is on the same side of its average.</summary>
internal readonly struct SmartMoneyFlow(Series flow, Series obv, Series obvAverage, VolumeStreak volume, double level)
    : IStrategyRule<SmartMoneyFlow>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("SMART_MONEY_FLOW", "Volume", [new StrategyParameter("period", 20, 2, 1_000), new StrategyParameter("level", 0.05, 0, 1)]),
    ];

    public static SmartMoneyFlow Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var name = $"obv-average:{parameters[0]}";
        return new SmartMoneyFlow(
            inputs.Use($"cmf:{parameters[0]}"), inputs.Use(name, "obv"), inputs.Use(name, "average"), new VolumeStreak(inputs), parameters[1]);
    }

    public void Watch(Watch watch)
    {
        watch.Rises(flow, level);
        watch.Falls(flow, -level);
    }

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.CrossesAbove(flow, level, row))
        {
            if (volume.At(row) && Compare.Above(obv[row], obvAverage[row]))
            {
                say.Buy(65, "smart-money.buy", flow[row], obv[row], obvAverage[row]);
            }
        }
        else if (Compare.CrossesBelow(flow, -level, row) && volume.At(row) && Compare.Below(obv[row], obvAverage[row]))
        {
            say.Sell(65, "smart-money.sell", flow[row], obv[row], obvAverage[row]);
        }
    }
}
