using Finstage.Analysis.Candles;
using Finstage.Analysis.Clustering;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Clustering;

public sealed class ClusterFitTests
{
    private static readonly ClusterOptions Quick = new() { Starts = 3, Most = 6 };

    [Fact]
    public void Fit_AnyNumberOfThreadsAndAnyOrder_IsTheSame()
    {
        var series = Walks(6, 800);

        var expected = Text(ClusterFit.Fit(series, int.MaxValue, Quick with { Parallelism = 1 }));

        Assert.Equal(expected, Text(ClusterFit.Fit(series, int.MaxValue, Quick with { Parallelism = 4 })));
        Assert.Equal(expected, Text(ClusterFit.Fit([.. series.Reverse()], int.MaxValue, Quick)));
        Assert.NotEqual(expected, Text(ClusterFit.Fit(series, int.MaxValue, Quick with { Seed = 2 })));
    }

    [Fact]
    public void Fit_FutureCandlesAppended_StaysTheSame() => AssertKnowsNoFuture(ClusterFit.Fit);

    [Fact]
    public void Fit_ThatLooksAhead_IsFound() => Assert.ThrowsAny<Exception>(() => AssertKnowsNoFuture(
        (series, _, options, progress, stop) => ClusterFit.Fit(series, int.MaxValue, options, progress, stop)));

    [Fact]
    public void Fit_WindowsCountedFromTheEnd_IsFound() => Assert.ThrowsAny<Exception>(() => AssertKnowsNoFuture(
        (series, until, options, progress, stop) => ClusterFit.Fit(
            [.. series.Select(s => s with { Candles = s.Candles[(s.Candles.Length % WindowFeatures.Length)..] })], until, options, progress, stop)));

    [Fact]
    public void Fit_TooFewWindows_IsNone() => Assert.Null(ClusterFit.Fit(Walks(1, 500), int.MaxValue, Quick));

    [Fact]
    public void Fit_GivenUp_Stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => ClusterFit.Fit(Walks(3, 800), int.MaxValue, Quick, null, stop.Token));
    }

    [Fact]
    public void Fit_Clusters_AreNumberedBySizeAndHoldEveryWindow()
    {
        var series = Walks(5, 800);
        var moving = series.Sum(s => s.Candles.Chunk(20).Count(w => WindowFeatures.TryTake(w, new double[WindowFeatures.Stride])));

        var model = ClusterFit.Fit(series, int.MaxValue, Quick)!;

        Assert.Equal(Enumerable.Range(1, model.Clusters.Count), model.Clusters.Select(c => c.Number));
        Assert.Equal(model.Clusters.Select(c => c.Size).OrderDescending(), model.Clusters.Select(c => c.Size));
        Assert.Equal((moving, moving), (model.Windows, model.Clusters.Sum(c => c.Size)));
        Assert.Equal(model.Silhouettes.MaxBy(s => s.Value).Key, model.Clusters.Count);
        Assert.All(model.Clusters, c => Assert.InRange(c.TypicalDistance, 0, c.FarDistance));
    }

    [Fact]
    public void Place_AFittedWindow_IsTheNearestCentroid()
    {
        var series = Walks(4, 800);
        var model = ClusterFit.Fit(series, int.MaxValue, Quick)!;
        Span<double> features = new double[WindowFeatures.Stride];
        foreach (var start in Enumerable.Range(0, 40).Select(i => 20 * i))
        {
            var window = series[0].Candles.AsSpan(start, 20);
            WindowFeatures.TryTake(window, features);
            model.Scale.Apply(features);
            var own = features.ToArray();

            var place = model.Place(window)!.Value;

            var distances = model.Clusters.Select(c => Math.Sqrt(c.Centroid.Zip(own, (a, b) => (a - b) * (a - b)).Sum())).ToArray();
            Assert.Equal(distances.Min(), place.Distance, 9);
            Assert.Equal(Array.IndexOf(distances, distances.Min()) + 1, place.Cluster);
            Assert.Equal(place.Distance > model.Clusters[place.Cluster - 1].FarDistance, place.IsFar);
        }
    }

    [Fact]
    public void Fit_PlantedShapes_FindsThemAndNamesThem()
    {
        // Rises, falls, peaks and troughs in turn, each with a little noise.
        Func<double, double>[] shapes = [x => x, x => -x, x => -4 * (x - 0.5) * (x - 0.5), x => 4 * (x - 0.5) * (x - 0.5)];
        var random = new Random(1);
        var candles = new Candle[20 * 400];
        for (var i = 0; i < candles.Length; i++)
        {
            var close = 100 + (10 * shapes[i / 20 % 4](i % 20 / 19.0)) + (0.4 * random.NextDouble());
            candles[i] = new Candle(86_400L * i, close, close, close, close, 1_000 + random.Next(100));
        }

        var model = ClusterFit.Fit([new SeriesHistory("A", SeriesContext.Daily, candles)], int.MaxValue, Quick)!;

        Assert.Equal(4, model.Clusters.Count);
        Assert.Equal([1, 2, 3, 4], model.Clusters.Select(c => (int)c.Shape).Order());
        Assert.All(model.Clusters, c => Assert.Equal(100, c.Size));
    }

    [Fact]
    public void UsualDate_MoreCandles_MovesRarelyAndLeavesEnoughToJudgeBy()
    {
        var whole = Walks(3, 2_500);
        var dates = Enumerable.Range(0, 50).Select(days =>
            ClusterFit.UsualDate([.. whole.Select(s => s with { Candles = s.Candles[..(2_300 + days)] })])!.Value).ToArray();

        Assert.True(dates.Distinct().Count() <= 2);
        Assert.All(dates, date => Assert.Equal((12, 31), (Day(date).Month, Day(date).Day)));
        Assert.Null(ClusterFit.UsualDate(Walks(2, 19)));
        static DateOnly Day(int date) => DateOnly.FromDayNumber(date + new DateOnly(1970, 1, 1).DayNumber);
    }

    [Fact(SkipUnless = nameof(HasData), Skip = Repository.NoData)]
    public void Fit_RealSeries_GivesClustersThatAreApart()
    {
        SeriesHistory[] series = [.. ((string[])["AAPL.1d", "MSFT.1d", "IXIC.1d"]).Select(n => new SeriesHistory(n, SeriesContext.Daily, RealSeries.Candles(n)))];

        var model = ClusterFit.Fit(series, ClusterFit.UsualDate(series)!.Value, Quick)!;

        Assert.InRange(model.Clusters.Count, 3, 6);
        Assert.All(model.Silhouettes.Values, s => Assert.InRange(s, 0.01, 1));
    }

    public static bool HasData => Repository.HasData;

    private delegate ClusterModel? Fitting(
        IReadOnlyList<SeriesHistory> series, int until, ClusterOptions options, IProgress<double>? progress, CancellationToken cancellation);

    /// <summary>What was fitted on the candles up to a date is what is fitted when later ones are there as well.</summary>
    private static void AssertKnowsNoFuture(Fitting fit)
    {
        var whole = Walks(4, 1_100);
        var until = SeriesContext.Daily.DateOf(whole[0].Candles[805].Time);
        SeriesHistory[] past = [.. whole.Select(s => s with { Candles = [.. s.Candles.Where(c => SeriesContext.Daily.DateOf(c.Time) <= until)] })];

        Assert.Equal(Text(fit(past, until, Quick, null, default)), Text(fit(whole, until, Quick, null, default)));
    }

    private static SeriesHistory[] Walks(int count, int length) =>
        [.. Enumerable.Range(0, count).Select(i => new SeriesHistory($"S{i}", SeriesContext.Daily, RandomSeries.Of((SeriesKind)(i % 5), length, 10 + i)))];

    private static string Text(ClusterModel? model) => model is null
        ? "none"
        : string.Join('\n', model.Clusters.Select(c => $"{c.Number} {c.Size} {c.TypicalDistance:R} {c.FarDistance:R} {string.Join(' ', c.Centroid.Select(x => x.ToString("R", null)))}"))
            + string.Join(' ', model.Silhouettes.OrderBy(s => s.Key).Select(s => $"{s.Key}:{s.Value:R}"));
}
