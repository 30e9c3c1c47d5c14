using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>What picking by the past would have brought.</summary>
public sealed class WalkForwardTests
{
    [Fact]
    public void Of_OneThatKnows_IsPickedAndGoesOn()
    {
        var set = Set(edge: 0.5);
        var walk = WalkForward.Of(set, Horizon.OneDay, new WalkForwardOptions { TrainDates = 300, TestDates = 100 });
        Assert.Equal(12, walk.Folds.Count);
        Assert.All(walk.Folds, f => Assert.Equal("X", f.Strategy));
        Assert.True(walk.Average > 0.2 * Chance.Deviation);
        Assert.True(walk.SuccessRate > 0.5);
        for (var i = 1; i < walk.Folds.Count; i++)
        {
            Assert.Equal(walk.Folds[i - 1].TestTo.AddDays(1), walk.Folds[i].TestFrom);
        }
    }

    [Fact]
    public void Of_AnyFold_IsWhatTheOutcomesSay()
    {
        var set = Set(edge: 0);
        var walk = WalkForward.Of(set, Horizon.OneWeek, new WalkForwardOptions { TrainDates = 400, TestDates = 150 });
        var series = set.Series[0];
        var columns = series.Forward(Horizon.OneWeek)!;
        var epoch = new DateOnly(1970, 1, 1);
        foreach (var fold in walk.Folds)
        {
            var (train, test, end) = (fold.TrainFrom.DayNumber - epoch.DayNumber, fold.TestFrom.DayNumber - epoch.DayNumber, fold.TestTo.DayNumber - epoch.DayNumber);
            var scores = set.Strategies.Select((id, k) =>
            {
                // Only what has ended before the next window begins is known.
                var known = Returns(k, row => row >= train && columns.Exit(row) >= 0 && columns.Exit(row) < test);
                var mean = known.Average();
                return (id, known.Count, mean, Score: mean / Math.Sqrt(known.Sum(r => (r - mean) * (r - mean)) / (known.Count - 1) / known.Count), k);
            }).ToList();
            var best = scores.MaxBy(s => s.Score);
            Assert.Equal((best.id, best.Count), (fold.Strategy, fold.TrainTotal));
            Assert.Equal(best.mean, fold.TrainAverage, 1e-12);
            var next = Returns(best.k, row => row >= test && row <= end);
            Assert.Equal((next.Count, next.Count(r => r > 0)), (fold.Total, fold.Successes));
            Assert.Equal(next.Average(), fold.Average, 1e-12);
        }

        Assert.True(walk.Folds.Count > 5);

        List<double> Returns(int strategy, Func<int, bool> isIn)
        {
            var range = series.Of(strategy);
            return [.. Enumerable.Range(range.Start.Value, range.End.Value - range.Start.Value).Where(i => isIn(series.Rows[i]))
                .Select(i => series.Directions[i] * columns.Returns[series.Rows[i]]).Where(r => !double.IsNaN(r))];
        }
    }

    [Fact]
    public void Of_TooShort_HasNoFolds()
    {
        var walk = WalkForward.Of(Set(0), Horizon.OneDay, new WalkForwardOptions { TrainDates = 2_000 });
        Assert.Empty(walk.Folds);
        Assert.True(double.IsNaN(walk.Average) && double.IsNaN(walk.Drift) && double.IsNaN(walk.TrainAverage));
    }

    private static OutcomeSet Set(double edge)
    {
        var (series, knows) = Chance.Series(17, 1_450, 290, edge);
        var random = new Random(3);
        var others = Enumerable.Range(0, 4).SelectMany(k => Enumerable.Range(0, 1_449).Where(_ => random.Next(5) == 0)
            .Select(row => new Signal($"N{k}", series.Candles[row].Time, random.Next(2) == 0 ? Direction.Buy : Direction.Sell, 50, 1, "x", default)));
        return OutcomeSet.Of([series], [[.. knows.Concat(others).OrderBy(s => s.Time)]], ["X", "N0", "N1", "N2", "N3"]);
    }
}
