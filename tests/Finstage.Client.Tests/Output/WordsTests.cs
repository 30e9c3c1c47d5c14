using Finstage.Client.Output;

namespace Finstage.Client.Tests.Output;

public sealed class WordsTests
{
    [Theory]
    [InlineData(188.589996, "188.59")]
    [InlineData(2874.560059, "2,874.56")]
    [InlineData(4.123, "4.123")]
    [InlineData(1.08345, "1.08345")]
    [InlineData(0.000123, "0.000123")]
    [InlineData(67123.4567, "67,123.46")]
    [InlineData(12345678.904, "12,345,678.90")]
    [InlineData(-37.630001, "-37.63")]
    [InlineData(0, "0.00")]
    public void Price_WithNoiseOfSinglePrecision_IsWithoutIt(double price, string expected) => Assert.Equal(expected, Words.Price(price));
}
