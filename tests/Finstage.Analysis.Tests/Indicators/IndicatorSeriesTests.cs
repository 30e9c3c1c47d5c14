using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;

namespace Finstage.Analysis.Tests.Indicators;

public sealed class IndicatorSeriesTests
{
    [Fact]
    public void Calculate_SeveralIndicators_OneColumnPerOutput()
    {
        var candles = SampleSeries.Of("random", 100);

        var series = IndicatorSeries.Calculate(["rsi:14", "macd", "obv"], SeriesContext.Daily, candles);

        Assert.Equal(
            ["rsi:14", "macd:12,26,9.macd", "macd:12,26,9.signal", "macd:12,26,9.histogram", "obv"], series.Columns.Select(c => c.Title));
        Assert.Equal(100, series.Count);
        Assert.Equal(candles[99].Time, series.TimeAt(99));
        Assert.Equal(double.NaN, series[13, 0]);
        Assert.Equal(Judge.Stream(IndicatorCatalog.Create("rsi:14", SeriesContext.Daily), candles)[14][0], series[14, 0]);
        Assert.Equal(Judge.Stream(IndicatorCatalog.Create("macd", SeriesContext.Daily), candles)[99][2], series[99, 3]);
        Assert.Equal(Judge.Stream(IndicatorCatalog.Create("obv", SeriesContext.Daily), candles)[99][0], series[99, 4]);
    }

    [Fact]
    public void Calculate_SeriesShorterThanWarmUp_SaysHowMuchIsMissing()
    {
        var candles = SampleSeries.Of("random", 20);

        var thrown = Assert.Throws<SeriesTooShortException>(
            () => IndicatorSeries.Calculate(["rsi", "macd"], SeriesContext.Daily, candles));

        Assert.Equal(14, thrown.Missing);
        Assert.Equal("macd:12,26,9", thrown.Indicator.Text);
        Assert.Equal("macd:12,26,9 needs 34 candles and the series has 20: 14 more are needed.", thrown.Message);
    }

    [Fact]
    public void Calculate_JustEnoughCandles_LastRowIsFull()
    {
        var series = IndicatorSeries.Calculate(["macd"], SeriesContext.Daily, SampleSeries.Of("random", 34));

        Assert.All(Enumerable.Range(0, 3), column => Assert.False(double.IsNaN(series[33, column])));
    }

    [Fact]
    public void Calculate_NotFinite_Throws()
    {
        var candles = SampleSeries.Of("random", 50);
        candles[20] = candles[20] with { Close = double.NaN };

        Assert.Throws<NotFiniteCandleException>(() => IndicatorSeries.Calculate(["sma"], SeriesContext.Daily, candles));
    }
}
