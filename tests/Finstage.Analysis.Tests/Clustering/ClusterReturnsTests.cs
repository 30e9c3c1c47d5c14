using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Clustering;
using Finstage.Analysis.Statistics;
using Finstage.Analysis.Tests.Data;

namespace Finstage.Analysis.Tests.Clustering;

public sealed class ClusterReturnsTests
{
    private static readonly ClusterOptions Quick = new() { Starts = 2, Most = 4 };

    [Fact]
    public void Measure_RandomSeries_IsTheNaiveTable()
    {
        SeriesHistory[] series = [.. Enumerable.Range(0, 4).Select(i => new SeriesHistory($"S{i}", SeriesContext.Daily, RandomSeries.Of(SeriesKind.Walk, 900 + (7 * i), i)))];
        var until = SeriesContext.Daily.DateOf(series[0].Candles[500].Time);
        var model = ClusterFit.Fit(series, until, Quick)!;

        var measured = ClusterReturns.Measure(model, series);

        foreach (var (horizon, ahead) in (IEnumerable<(Horizon, int)>)[(Horizon.OneDay, 1), (Horizon.OneWeek, 5), (Horizon.OneMonth, 21)])
        {
            var naive = new List<(int Cluster, double Return, double Excess)>();
            foreach (var one in series)
            {
                var c = one.Candles;
                double Return(int i) => (c[i + ahead].Close / c[i].Close) - 1;
                var after = Enumerable.Range(0, c.Length - ahead).Where(i => SeriesContext.Daily.DateOf(c[i].Time) > until).ToArray();
                var drift = after.Average(Return);
                naive.AddRange(after.Where(i => i % 20 == 19).Select(i => (model.Place(c.AsSpan(i - 19, 20))!.Value.Cluster, Return(i), Return(i) - drift)));
            }

            foreach (var cluster in model.Clusters)
            {
                var mine = measured.Single(m => m.Cluster == cluster.Number && m.Horizon == horizon);
                var theirs = naive.Where(n => n.Cluster == cluster.Number).ToArray();
                Assert.Equal(theirs.Length, mine.Returns.Count);
                if (theirs.Length > 0)
                {
                    Assert.Equal(theirs.Average(t => t.Return), mine.Returns.Mean, 10);
                    Assert.Equal(theirs.Average(t => t.Excess), mine.Excess.Mean, 10);
                    Assert.Equal(theirs.Count(t => t.Return > 0) / (double)theirs.Length, mine.UpShare, 10);
                }
            }
        }
    }

    [Fact]
    public void Measure_NothingAfterTheFit_KnowsNothing()
    {
        SeriesHistory[] series = [new("A", SeriesContext.Daily, RandomSeries.Of(SeriesKind.Walk, 900, 1))];
        var model = ClusterFit.Fit(series, int.MaxValue, Quick)!;

        Assert.All(ClusterReturns.Measure(model, series), m =>
        {
            Assert.Equal(0, m.Returns.Count);
            Assert.Equal(ClusterDirection.Unknown, m.Direction);
        });
    }

    [Theory]
    [InlineData(0.05, 0.01, 0.002, ClusterDirection.Up)]
    [InlineData(-0.05, -0.01, 0.002, ClusterDirection.Down)]
    [InlineData(0.05, 0.01, 0.01, ClusterDirection.Neutral)] // the interval holds zero
    [InlineData(0.05, -0.01, 0.002, ClusterDirection.Neutral)] // it rises, but less than the market
    [InlineData(-0.05, 0.01, 0.002, ClusterDirection.Neutral)] // it falls, but less than the market
    public void Direction_OfMeanAndInterval_IsAsWritten(double mean, double excess, double error, ClusterDirection expected) => Assert.Equal(
        expected,
        new ClusterReturn(1, Horizon.OneWeek, new BlockMean(50, 50, 30, mean, error), new BlockMean(50, 50, 30, excess, error), mean, 0.5).Direction);

    [Fact]
    public void Direction_OfFewWindows_IsUnknown() => Assert.Equal(
        ClusterDirection.Unknown,
        new ClusterReturn(1, Horizon.OneWeek, new BlockMean(9, 9, 9, 1, 0.001), new BlockMean(9, 9, 9, 1, 0.001), 1, 1).Direction);

    [Fact]
    public void Today_OfEachSymbol_IsItsNewestWindow()
    {
        SeriesHistory[] series =
        [
            new("A", SeriesContext.Daily, RandomSeries.Of(SeriesKind.Walk, 907, 1)),
            new("SHORT", SeriesContext.Daily, RandomSeries.Of(SeriesKind.Walk, 19, 1)),
        ];
        var model = ClusterFit.Fit(series, int.MaxValue, Quick)!;

        var today = Assert.Single(ClusterReturns.Today(model, series));

        Assert.Equal(("A", series[0].Candles[^1].Time), (today.Symbol, today.Time));
        Assert.Equal(model.Place(series[0].Candles.AsSpan(887))!.Value, today.Place);
        Assert.Equal(model.Place(series[0].Candles.AsSpan(886, 20))!.Value.Cluster, today.Before);
    }
}
