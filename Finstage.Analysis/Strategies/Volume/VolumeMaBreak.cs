namespace Finstage.Analysis.Strategies.Volume;

/// <summary>VOLUME_MA_BREAK: the close crosses its average on more than the usual volume.</summary>
internal readonly struct VolumeMaBreak(Series close, Series average, KnownVolume volume, double multiple) : IStrategyRule<VolumeMaBreak>
{
    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("VOLUME_MA_BREAK", "Volume", [new StrategyParameter("average", 20, 2, 1_000), new StrategyParameter("multiple", 1.5, 0, 100)]),
    ];

    public static VolumeMaBreak Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs.Close, inputs.Use($"sma:{parameters[0]}"), new KnownVolume(inputs), parameters[1]);

    public void Watch(Watch watch) => watch.Crossings(close, average);

    public void Judge(Row row, ref Verdict say)
    {
        if (Compare.CrossesAbove(close, average, row))
        {
            if (volume.AtLeast(multiple, row))
            {
                say.Buy(65, "volume-ma-break.buy", close[row], average[row], volume.Ratio(row));
            }
        }
        else if (Compare.CrossesBelow(close, average, row) && volume.AtLeast(multiple, row))
        {
            say.Sell(65, "volume-ma-break.sell", close[row], average[row], volume.Ratio(row));
        }
    }
}
