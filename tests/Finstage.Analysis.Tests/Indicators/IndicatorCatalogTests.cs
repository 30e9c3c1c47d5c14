using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;

namespace Finstage.Analysis.Tests.Indicators;

public sealed class IndicatorCatalogTests
{
    [Fact]
    public void All_Ids_AreThoseThatAreKnown()
    {
        string[] known =
        [
            "sma", "ema", "wma", "dema", "tema", "hma", "kama", "vwma", "smma",
            "rsi", "stoch-rsi", "stochastic", "williams-r", "cci", "roc", "trix", "cmo", "ultimate", "awesome", "macd", "ppo",
            "atr", "bollinger", "keltner", "donchian", "standard-deviation", "choppiness", "z-score",
            "adx", "aroon", "psar", "supertrend", "ichimoku", "vortex",
            "obv", "obv-average", "mfi", "cmf", "adl", "chaikin-oscillator", "force", "vwap", "vwap-rolling", "volume-average", "volume-streak",
            "pivot-points", "heikin-ashi", "swing-high", "swing-low", "rolling-high", "rolling-low",
        ];

        Assert.Equal(known.Order(), IndicatorCatalog.All.Select(i => i.Id).Order());
    }

    [Fact]
    public void All_Entries_AreSound() => Assert.All(IndicatorCatalog.All, info =>
    {
        Assert.Matches("^[a-z-]+$", info.Id);
        Assert.Contains(info.Family, new[] { "Averages", "Momentum", "Trend", "Volatility", "Volume", "Levels" });
        Assert.NotEmpty(info.Outputs);
        Assert.Distinct(info.Outputs);
        Assert.Distinct(info.Parameters.Select(p => p.Name));
        Assert.All(info.Parameters, p => Assert.InRange(p.Default, p.Min, p.Max));
        Assert.NotEmpty(IndicatorTexts.Name(info.Id, CultureInfo.InvariantCulture));
    });

    [Theory]
    [InlineData("macd", "macd:12,26,9")]
    [InlineData("macd:12,26,9", "macd:12,26,9")]
    [InlineData("MACD: 5 , 8", "macd:5,8,9")]
    [InlineData("obv", "obv")]
    [InlineData("bollinger:multiplier=2.5", "bollinger:20,2.5,0")]
    [InlineData("bollinger:10,sample=1", "bollinger:10,2,1")]
    public void Key_Text_IsCanonical(string text, string expected) =>
        Assert.Equal(expected, IndicatorCatalog.Key(text).Text);

    [Theory]
    [InlineData("rsj:14", "There is no indicator 'rsj'. Did you mean rsi")]
    [InlineData("bolinger", "Did you mean bollinger")]
    [InlineData("xyzxyzxyz", "There is no indicator 'xyzxyzxyz'.")]
    [InlineData("", "There is no indicator ''.")]
    [InlineData("rsi:perod=9", "rsi has no parameter 'perod', but takes period. Did you mean period?")]
    [InlineData("rsi:0", "rsi: period must be a whole number from 1 to 10000, not '0'.")]
    [InlineData("rsi:10001", "rsi: period must be a whole number from 1 to 10000, not '10001'.")]
    [InlineData("rsi:1.5", "rsi: period must be a whole number from 1 to 10000, not '1.5'.")]
    [InlineData("rsi:NaN", "rsi: period must be a whole number from 1 to 10000, not 'NaN'.")]
    [InlineData("rsi:", "rsi: period must be a whole number from 1 to 10000, not ''.")]
    [InlineData("rsi:14,3", "rsi takes period, but 2 values were given.")]
    [InlineData("obv:1", "obv takes no parameters, but 1 values were given.")]
    [InlineData("macd:26,12,9", "macd: fast must be less than slow.")]
    [InlineData("psar:0.3,0.2", "psar: step must not be above limit.")]
    public void Create_BadText_SaysWhatToWrite(string text, string message)
    {
        var thrown = Assert.Throws<IndicatorException>(() => IndicatorCatalog.Create(text, SeriesContext.Daily));

        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_BeforeAndAfterWarmUp_CountsDown()
    {
        var indicator = IndicatorCatalog.Create("macd", SeriesContext.Daily);
        Judge.Stream(indicator, SampleSeries.Of("random", 20));

        Assert.Equal(14, indicator.Missing);

        Judge.Stream(indicator, SampleSeries.Of("random", 20));

        Assert.Equal(0, indicator.Missing);
        Assert.True(indicator.IsReady);
    }

    [Fact]
    public void Run_TooLittleRoom_ThrowsAndChangesNothing()
    {
        var indicator = IndicatorCatalog.Create("macd", SeriesContext.Daily);

        Assert.Throws<ArgumentException>(() => indicator.Run(SampleSeries.Of("random", 20), new double[59]));

        Assert.Equal(0, indicator.Samples);
    }
}
