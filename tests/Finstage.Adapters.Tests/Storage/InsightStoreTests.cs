using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Clustering;
using Finstage.Analysis.Patterns;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Statistics;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class InsightStoreTests : StoreTests
{
    [Fact]
    public async Task ReadPatterns_NothingSaved_IsNone()
    {
        await using var test = await OpenAsync();

        Assert.Null(await test.Store.Insights.ReadPatternsAsync(CandleInterval.OneDay, Stop));
        Assert.Null(await test.Store.Insights.ReadClustersAsync(CandleInterval.OneDay, Stop));
    }

    [Fact]
    public async Task SavePatterns_Twice_KeepsTheLastAsItWas()
    {
        await using var test = await OpenAsync();
        await test.Store.Insights.SavePatternsAsync(Patterns(Stat("OLD"), Stat("B")), Stop);
        var run = Patterns(Stat("C"), Stat("B"), Stat("A") with { Horizon = Horizon.OneMonth, QValue = 0.04 });

        await test.Store.Insights.SavePatternsAsync(run, Stop);

        var read = (await test.Store.Insights.ReadPatternsAsync(CandleInterval.OneDay, Stop))!;
        Assert.Equal((run.At, run.Interval), (read.At, read.Interval));
        Assert.Equal(run.Report with { Counts = [], Stats = [] }, read.Report with { Counts = [], Stats = [] });
        Assert.Equal(run.Report.Counts, read.Report.Counts);
        Assert.Equal(run.Report.Stats.Select(s => s with { Steps = [] }), read.Report.Stats.Select(s => s with { Steps = [] }), StatComparer);
        Assert.Equal(run.Report.Stats.Select(s => s.Key), read.Report.Stats.Select(s => s.Key));
    }

    [Fact]
    public async Task SavePatterns_RowThatBreaksARule_LeavesTheFormerRun()
    {
        await using var test = await OpenAsync();
        await test.Store.Insights.SavePatternsAsync(Patterns(Stat("A")), Stop);

        await Assert.ThrowsAnyAsync<Exception>(() => test.Store.Insights.SavePatternsAsync(Patterns(Stat("B"), Stat("B")), Stop));

        var read = (await test.Store.Insights.ReadPatternsAsync(CandleInterval.OneDay, Stop))!;
        Assert.Equal(["A:BUY>B:SELL"], read.Report.Stats.Select(s => s.Key));
    }

    [Fact]
    public async Task SaveClusters_Twice_KeepsTheLastAsItWas()
    {
        await using var test = await OpenAsync();
        await test.Store.Insights.SaveClustersAsync(Clusters(5), Stop);
        var run = Clusters(3);

        await test.Store.Insights.SaveClustersAsync(run, Stop);

        var read = (await test.Store.Insights.ReadClustersAsync(CandleInterval.OneDay, Stop))!;
        Assert.Equal((run.At, run.Series, run.Candles, run.FirstTime, run.LastTime), (read.At, read.Series, read.Candles, read.FirstTime, read.LastTime));
        Assert.Equal((run.Model.Until, run.Model.Windows), (read.Model.Until, read.Model.Windows));
        Assert.Equal(run.Model.Scale.Means, read.Model.Scale.Means);
        Assert.Equal(run.Model.Silhouettes, read.Model.Silhouettes);
        Assert.Equal(run.Model.Clusters.Select(c => c with { Centroid = [] }), read.Model.Clusters.Select(c => c with { Centroid = [] }), (a, b) =>
            (a.Number, a.Size, a.TypicalDistance, a.FarDistance) == (b.Number, b.Size, b.TypicalDistance, b.FarDistance));
        Assert.Equal(run.Model.Clusters.SelectMany(c => c.Centroid), read.Model.Clusters.SelectMany(c => c.Centroid));
        Assert.Equal(run.Returns, read.Returns);
        Assert.Equal(run.Today, read.Today);

        // The model that was read places a window as the one that was fitted.
        var window = Enumerable.Range(0, 20).Select(i => Candle(i, 10 + i)).ToArray();
        Assert.Equal(run.Model.Place(window), read.Model.Place(window));
    }

    [Fact]
    public async Task Read_OtherInterval_IsItsOwn()
    {
        await using var test = await OpenAsync();
        await test.Store.Insights.SavePatternsAsync(Patterns(Stat("A")), Stop);
        await test.Store.Insights.SavePatternsAsync(Patterns(Stat("B")) with { Interval = CandleInterval.OneHour }, Stop);

        Assert.Equal("A:BUY>B:SELL", (await test.Store.Insights.ReadPatternsAsync(CandleInterval.OneDay, Stop))!.Report.Stats.Single().Key);
        Assert.Equal("B:BUY>B:SELL", (await test.Store.Insights.ReadPatternsAsync(CandleInterval.OneHour, Stop))!.Report.Stats.Single().Key);
    }

    private static bool StatComparer(PatternStat a, PatternStat b) => (a with { Steps = b.Steps }) == b;

    private static PatternRun Patterns(params PatternStat[] stats) => new(
        CandleInterval.OneDay, Start, new PatternReport(
            4, 5_000, Day(1), Day(900), [new PatternCount(PatternKind.Pair, 30, 20, 1), new PatternCount(PatternKind.Candlestick, 12, 36, 0)], stats));

    private static PatternStat Stat(string first) => new(
        PatternKind.Pair, [new PatternStep(first, Direction.Buy), new PatternStep("B", Direction.Sell)], Horizon.OneWeek,
        new BlockMean(40, 35, 20, 0.01, 0.002), new BlockMean(40, 35, 20, 0.008, 0.002), 25, 0.009, 0.07, -0.06, 3, Day(880), 0.0012, 0.31);

    private static ClusterRun Clusters(int count)
    {
        var random = new Random(count);
        var clusters = Enumerable.Range(1, count).Select(n => new Cluster(
            n, 100 - n, [.. Enumerable.Range(0, WindowFeatures.Stride).Select(_ => random.NextDouble())], 3.3, 6.1)).ToArray();
        var mean = new BlockMean(50, 45, 20, 0.01, 0.002);
        return new ClusterRun(
            CandleInterval.OneDay, Start, 4, 5_000, Day(1), Day(900),
            new ClusterModel(700, 290, new FeatureScale([1, 2, 3], [0.1, 0, 0.3]), clusters, new Dictionary<int, double> { [3] = 0.2, [5] = 0.1 / 3 }),
            [
                new ClusterReturn(1, Horizon.OneDay, mean, mean, 0.01, 0.6),
                new ClusterReturn(2, Horizon.OneWeek, BlockMean.None, BlockMean.None, double.NaN, double.NaN),
            ],
            [new ClusterToday("AAPL", Day(900), new ClusterPlace(2, 4.4, true), 1), new ClusterToday("^GSPC", Day(899), new ClusterPlace(1, 2.5, false), 0)]);
    }
}
