namespace Finstage.Analysis.Strategies.Volume;

/// <summary>OBV_TREND: on-balance volume crosses its average on the side on which the price already is.</summary>
internal readonly struct ObvTrend(Series close, Series average, Series obv, Series obvAverage, VolumeStreak volume) : IStrategyRule<ObvTrend>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("OBV_TREND", "Volume", [new StrategyParameter("period", 20, 2, 1_000)]),
    ];

    public static ObvTrend Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var name = $"obv-average:{parameters[0]}";
        return new ObvTrend(
            inputs.Close, inputs.Use($"sma:{parameters[0]}"), inputs.Use(name, "obv"), inputs.Use(name, "average"), new VolumeStreak(inputs));
    }

    public void Watch(Watch watch) => watch.Crossings(obv, obvAverage);

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.CrossesAbove(obv, obvAverage, row))
        {
            if (volume.At(row) && Compare.Above(close[row], average[row]))
            {
                say.Buy(60, "obv-trend.buy", obv[row], obvAverage[row], close[row], average[row]);
            }
        }
        else if (Compare.CrossesBelow(obv, obvAverage, row) && volume.At(row) && Compare.Below(close[row], average[row]))
        {
            say.Sell(60, "obv-trend.sell", obv[row], obvAverage[row], close[row], average[row]);
        }
    }
}
