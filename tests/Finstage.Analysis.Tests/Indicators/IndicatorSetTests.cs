using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;

namespace Finstage.Analysis.Tests.Indicators;

public sealed class IndicatorSetTests
{
    [Fact]
    public void Update_WholeCatalog_SameAsEachAlone()
    {
        var candles = SampleSeries.Of("random", 300);
        var set = new IndicatorSet(IndicatorCatalog.All.Select(i => i.Id), SeriesContext.Daily);
        foreach (var candle in candles)
        {
            set.Update(candle);
        }

        Assert.All(set.Indicators, indicator => Assert.Equal(
            Judge.Stream(IndicatorCatalog.Create(indicator.Key.Text, SeriesContext.Daily), candles)[^1], indicator.Values.ToArray()));
    }

    [Fact]
    public void Update_NotFinite_ThrowsAndChangesNothing()
    {
        var candles = SampleSeries.Of("random", 50);
        var set = new IndicatorSet(["sma:5", "obv"], SeriesContext.Daily);
        set.Update(candles[0]);

        Assert.Throws<NotFiniteCandleException>(() => set.Update(candles[1] with { Low = double.NaN }));

        Assert.All(set.Indicators, indicator => Assert.Equal(1, indicator.Samples));
    }

    [Fact]
    public void Reset_AfterCandles_ForgetsThem()
    {
        var set = new IndicatorSet(["sma:5"], SeriesContext.Daily);
        set.Update(SampleSeries.Of("random", 1)[0]);

        set.Reset();

        Assert.Equal(0, set.Indicators[0].Samples);
    }
}
