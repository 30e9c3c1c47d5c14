using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Tests.Statistics;

/// <summary>Order statistics against sorting.</summary>
public sealed class SelectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    public void Pick_AnyPlace_IsWhatSortingPutsThere(int count)
    {
        var random = new Random(count);
        for (var round = 0; round < 30; round++)
        {
            // Of many equal values, of ascending ones, and of any.
            var values = Enumerable.Range(0, count)
                .Select(i => (round % 3) switch { 0 => random.Next(4), 1 => i, _ => random.NextDouble() - 0.5 }).Select(x => (double)x).ToArray();
            var sorted = values.Order().ToArray();
            var place = random.Next(count);
            Assert.Equal(sorted[place], Selection.Pick(values.ToArray(), place));
            Assert.Equal((sorted[(count - 1) / 2] + sorted[count / 2]) / 2, Selection.Median(values), 1e-15);
            Assert.Equal(sorted, values.Order());
        }
    }

    [Fact]
    public void Median_OfNone_IsNaN() => Assert.True(double.IsNaN(Selection.Median([])));

    [Fact]
    public void Pick_AllEqual_Ends() => Assert.Equal(1, Selection.Pick(Enumerable.Repeat(1.0, 200_000).ToArray(), 77));
}
