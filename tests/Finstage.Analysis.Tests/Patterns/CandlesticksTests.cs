using Finstage.Analysis.Candles;
using Finstage.Analysis.Patterns;

namespace Finstage.Analysis.Tests.Patterns;

public sealed class CandlesticksTests
{
    private static readonly Candle Flat = Of(50, 50, 50, 50);

    [Theory]
    [InlineData(10, 11.1, 7, 11, CandlestickPatterns.Hammer)] // body 1, lower shadow 3, upper 0.1
    [InlineData(11, 11.1, 7, 10, CandlestickPatterns.Hammer)] // of either colour
    [InlineData(10, 14, 9.8, 11, CandlestickPatterns.Inverted)]
    [InlineData(10, 11, 8.1, 11, CandlestickPatterns.None)] // the lower shadow is less than two bodies
    [InlineData(10, 10.1, 7, 10.1, CandlestickPatterns.None)] // a doji is no hammer
    [InlineData(10, 13, 9.9, 10.1, CandlestickPatterns.Inverted)] // but may be an inverted one
    public void Bullish_OneCandle_Shape(double open, double high, double low, double close, CandlestickPatterns expected) =>
        Assert.Equal(expected, Candlesticks.Bullish(Flat, Flat, Of(open, high, low, close)));

    [Fact]
    public void Bullish_Engulfing_ContainsAndIsLarger()
    {
        Assert.Equal(CandlestickPatterns.Engulfing, Candlesticks.Bullish(Flat, Of(11, 11.5, 9.5, 10), Of(10, 12.5, 9, 12)));
        Assert.Equal(CandlestickPatterns.None, Candlesticks.Bullish(Flat, Of(11, 11.5, 9.5, 10), Of(10, 11.5, 9, 11)));
        Assert.Equal(CandlestickPatterns.None, Candlesticks.Bullish(Flat, Of(10, 11.5, 9.5, 11), Of(9.5, 12.5, 9, 12)));
    }

    [Fact]
    public void Bullish_Harami_LiesWithinALongBody()
    {
        Assert.Equal(CandlestickPatterns.Harami, Candlesticks.Bullish(Flat, Of(14, 14.5, 9.5, 10), Of(11, 12.7, 10.3, 12)));
        Assert.Equal(CandlestickPatterns.None, Candlesticks.Bullish(Flat, Of(14, 20, 5, 10), Of(11, 12.7, 10.3, 12)));
        Assert.Equal(CandlestickPatterns.None, Candlesticks.Bullish(Flat, Of(14, 14.5, 9.5, 10), Of(10.5, 13.5, 10, 13)));
    }

    [Fact]
    public void Bullish_Star_ClosesAboveTheMiddle()
    {
        var (first, star) = (Of(20, 20.5, 9.5, 10), Of(9, 10.5, 8, 10));
        Assert.Equal(CandlestickPatterns.Star, Candlesticks.Bullish(first, star, Of(11, 17.5, 10, 16)));
        Assert.Equal(CandlestickPatterns.None, Candlesticks.Bullish(first, star, Of(11, 17.5, 10, 15)));
        Assert.Equal(CandlestickPatterns.None, Candlesticks.Bullish(first, Of(14, 16, 13, 16), Of(15.5, 17.5, 15, 17)));
    }

    [Fact]
    public void Bullish_Three_EachOpensWithinTheBodyBefore()
    {
        Assert.Equal(CandlestickPatterns.Three, Candlesticks.Bullish(Of(10, 12.3, 9.8, 12), Of(11, 14.3, 10.8, 14), Of(13, 16.3, 12.8, 16)));
        Assert.Equal(CandlestickPatterns.None, Candlesticks.Bullish(Of(10, 12.3, 9.8, 12), Of(12.5, 14.3, 12, 14), Of(13, 16.3, 12.8, 16)));
    }

    [Fact]
    public void Bearish_AnyThree_IsBullishUpsideDown()
    {
        var random = new Random(5);
        var found = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var three = Enumerable.Range(0, 3).Select(_ => Draw(random)).ToArray();
            var bullish = Candlesticks.Bullish(three[0], three[1], three[2]);
            found |= (int)bullish;

            Assert.Equal(bullish, Candlesticks.Bearish(Mirror(three[0]), Mirror(three[1]), Mirror(three[2])));
        }

        Assert.Equal(63, found);
    }

    [Fact]
    public void IsDoji_SmallBody_True()
    {
        Assert.True(Candlesticks.IsDoji(Of(10, 11, 9, 10.2)));
        Assert.False(Candlesticks.IsDoji(Of(10, 11, 9, 10.3)));
        Assert.True(Candlesticks.IsDoji(Flat));
    }

    [Fact]
    public void All_Order_StrongestFirst()
    {
        Assert.Equal(["three", "star", "engulfing", "hammer", "inverted", "harami"], Candlesticks.All.Select(p => p.Name));
        Assert.Equal(Candlesticks.All.OrderByDescending(p => p.Confidence), Candlesticks.All);
    }

    private static Candle Draw(Random random)
    {
        var (open, close) = (random.Next(20), random.Next(20));
        return Of(open, Math.Max(open, close) + random.Next(6), Math.Min(open, close) - random.Next(6), close);
    }

    private static Candle Mirror(Candle c) => Of(-c.Open, -c.Low, -c.High, -c.Close);

    private static Candle Of(double open, double high, double low, double close) => new(0, open, high, low, close, 1);
}
