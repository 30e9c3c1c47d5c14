namespace Finstage.Analysis.Strategies.Volume;

/// <summary>VOLUME_SURGE: twice the usual volume on a day that moves by a percent; said of every such candle.</summary>
internal readonly struct VolumeSurge(Series close, KnownVolume volume, double multiple, double move) : IStrategyRule<VolumeSurge>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("VOLUME_SURGE", "Volume", [new StrategyParameter("multiple", 2, 1, 100), new StrategyParameter("move", 0.01, 0, 1)]),
    ];

    public static VolumeSurge Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Close, new KnownVolume(inputs), parameters[0], parameters[1]);

    public void Watch(Watch watch) => volume.Watch(watch, multiple);

    public void Judge(Row row, ref Verdict say)
    {
        if (!volume.AtLeast(multiple, row) || !(close[row - 1] > 0))
        {
            return;
        }

        var ratio = volume.Ratio(row);
        var confidence = 60 + Math.Min(25, 5 * (ratio - multiple));
        var change = 100 * ((close[row] / close[row - 1]) - 1);
        if (Compare.AtLeast(close[row], close[row - 1] * (1 + move)))
        {
            say.Buy(confidence, "volume-surge.buy", ratio, change);
        }
        else if (Compare.AtMost(close[row], close[row - 1] * (1 - move)))
        {
            say.Sell(confidence, "volume-surge.sell", ratio, change);
        }
    }
}
