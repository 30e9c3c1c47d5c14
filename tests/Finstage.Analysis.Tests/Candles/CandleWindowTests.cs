using Finstage.Analysis.Candles;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Candles;

public sealed class CandleWindowTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(5, 5)]
    [InlineData(12, 5)]
    public void Add_MoreThanItHolds_KeepsTheNewest(int added, int kept)
    {
        var window = Filled(5, added);

        Assert.Equal(kept, window.Count);
        Assert.Equal(Enumerable.Range(added - kept, kept).Select(Of), Enumerable.Range(0, kept).Select(i => window[i]));
    }

    [Fact]
    public void Add_NotAfterTheNewest_Throws()
    {
        var window = Filled(5, 3);

        Assert.Throws<ArgumentException>(() => window.Add(Of(2)));
        Assert.Equal(3, window.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(9)]
    public void Newest_OfSome_IsACopyOldestFirst(int count) =>
        Assert.Equal(Enumerable.Range(7 - Math.Min(count, 5), Math.Min(count, 5)).Select(Of), Filled(5, 7).Newest(count));

    [Fact]
    public void Clear_OfAFullOne_MakesItNew()
    {
        var window = Filled(5, 7);

        window.Clear();
        window.Add(Of(0));

        Assert.Equal([Of(0)], window.Newest(5));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Index_OutOfRange_Throws(int index) => Assert.Throws<ArgumentOutOfRangeException>(() => Filled(5, 3)[index]);

    [Fact]
    public void Construct_WithoutRoom_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new CandleWindow(0));

    [Fact]
    public void Add_OnceMade_AllocatesNothing()
    {
        var window = Filled(5, 7);
        var next = 7;
        var bytes = Allocation.Of(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                window.Add(Of(next++));
            }
        });

        Assert.Equal(0, bytes);
    }

    private static CandleWindow Filled(int capacity, int added)
    {
        var window = new CandleWindow(capacity);
        for (var i = 0; i < added; i++)
        {
            window.Add(Of(i));
        }

        return window;
    }

    private static Candle Of(int i) => new(i * 60, i, i + 1, i - 1, i, i * 10);
}
