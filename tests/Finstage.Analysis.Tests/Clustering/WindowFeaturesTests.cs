using Finstage.Analysis.Candles;
using Finstage.Analysis.Clustering;

namespace Finstage.Analysis.Tests.Clustering;

public sealed class WindowFeaturesTests
{
    [Fact]
    public void TryTake_AStraightLine_IsTheHandWorkedShape()
    {
        // Closes 1 … 20: mean 10.5, population deviation √(399/12); each change is 1, and volumes are 100, then 300.
        var features = Take(Candles(i => i + 1, i => i < 10 ? 100 : 300));

        var deviation = Math.Sqrt(399 / 12.0);
        Assert.Equal(-9.5 / deviation, features[0], 12);
        Assert.Equal(9.5 / deviation, features[19], 12);
        Assert.Equal(Math.Log(1 / 10.5), features[WindowFeatures.Volatility], 12);
        Assert.Equal(Math.Log(3), features[WindowFeatures.VolumeGrowth], 12);
        Assert.Equal(Math.Log(300 / 200.0), features[WindowFeatures.VolumePeak], 12);
        Assert.Equal(0, features[23]);
    }

    [Fact]
    public void TryTake_TheSameWindowInAnotherCurrency_IsTheSame()
    {
        var random = new Random(3);
        var closes = Enumerable.Range(0, 20).Select(_ => 50 + random.NextDouble()).ToArray();

        var here = Take(Candles(i => closes[i], i => i + 1));
        var there = Take(Candles(i => 1_300 * closes[i], i => 7 * (i + 1)));

        Assert.All(here.Zip(there), pair => Assert.Equal(pair.First, pair.Second, 9));
    }

    [Fact]
    public void TryTake_VolumeUnknown_LeavesOnlyVolumeOut()
    {
        var features = Take(Candles(i => 10 + Math.Sin(i), i => i == 7 ? 0 : 100));

        Assert.Equal([double.NaN, double.NaN], features[WindowFeatures.VolumeGrowth..23]);
        Assert.DoesNotContain(double.NaN, features[..WindowFeatures.VolumeGrowth]);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    [InlineData(-3)]
    public void TryTake_NothingMoves_HasNoShape(double price) =>
        Assert.False(WindowFeatures.TryTake(Candles(_ => price, _ => 1), new double[WindowFeatures.Stride]));

    [Fact]
    public void Scale_OfWindows_HasMeanNoughtAndItsWeightAsDeviation()
    {
        var random = new Random(9);
        double[] rows =
        [
            .. Enumerable.Range(0, 300).SelectMany(n => Take(Candles(_ => 10 + random.NextDouble(), i => n % 5 == 0 ? 0 : 1 + random.Next(100)))),
        ];

        FeatureScale.Of(rows).Apply(rows);

        var known = Enumerable.Range(0, 300).Where(n => n % 5 != 0).Select(n => rows[(n * WindowFeatures.Stride) + WindowFeatures.VolumePeak]).ToArray();
        Assert.Equal(0, known.Average(), 9);
        Assert.Equal(FeatureScale.Weight, Math.Sqrt(known.Average(x => x * x)), 9);
        Assert.Equal(0, rows[WindowFeatures.VolumePeak]);
    }

    private static double[] Take(Candle[] window)
    {
        var features = new double[WindowFeatures.Stride];
        Assert.True(WindowFeatures.TryTake(window, features));
        return features;
    }

    private static Candle[] Candles(Func<int, double> close, Func<int, double> volume) =>
        [.. Enumerable.Range(0, WindowFeatures.Length).Select(i => new Candle(86_400L * i, close(i), close(i), close(i), close(i), volume(i)))];
}
