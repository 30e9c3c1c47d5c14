using Finstage.Analysis.Charts;

namespace Finstage.Analysis.Tests.Charts;

public sealed class ValueScaleTests
{
    [Theory]
    [InlineData(100, 150, "100 110 120 130 140 150")]
    [InlineData(0.101, 0.1042, "0.101 0.102 0.103 0.104")]
    [InlineData(2_100, 3_390, "2,250 2,500 2,750 3,000 3,250")]
    [InlineData(-3, 3, "-2 0 2")]
    [InlineData(2e9, 9e9, "2B 4B 6B 8B")]
    public void Ticks_OfARange_AreRound(double low, double high, string expected)
    {
        var scale = new ValueScale(new Frame(0, 0, 100, 300), low, high);

        Assert.Equal(expected, string.Join(' ', scale.Ticks(6).Select(t => t.Text)));
    }

    [Fact]
    public void Down_OfAValue_IsInTheFrameAndHigherForMore()
    {
        var scale = new ValueScale(new Frame(0, 50, 100, 350), 10, 20);

        Assert.InRange(scale.Down(20), 50, 100);
        Assert.InRange(scale.Down(10), 300, 350);
        Assert.Equal(200, scale.Down(15), 1e-9);
    }
}
