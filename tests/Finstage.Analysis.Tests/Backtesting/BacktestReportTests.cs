using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Tests.Data;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>What is stored and shown is what table, luck and leaderboards say.</summary>
public sealed class BacktestReportTests
{
    private static readonly LuckOptions Quick = new() { Resamples = 100, Draws = 100 };

    [Fact]
    public void Make_EveryRow_IsThatOfTheTableAndItsTests()
    {
        var series = Series(900);
        var report = BacktestReport.Make(series, luck: Quick);
        var luck = LuckTable.Of(BacktestTable.Of(OutcomeSet.Replay(series, StrategyCatalog.All)), Quick);
        var boards = Leaderboard.Of(luck).Rows.Concat(Leaderboard.OfEach(luck).Rows).ToDictionary(r => r.Row with { Figures = null! });
        Assert.NotEmpty(boards);

        Assert.Equal(luck.Table.Rows.Where(r => r.Symbol is null || r.Direction is null), report.Rows.Select(r => r.Row));
        foreach (var row in report.Rows)
        {
            Assert.Equal(luck.Of(row.Row), row.Luck);
            Assert.Equal(boards.TryGetValue(row.Row with { Figures = null! }, out var ranked) ? ranked.DeflatedSharpe : double.NaN, row.DeflatedSharpe);
        }

        Assert.Equal((3, 2_700L, series[0].Candles[0].Time), (report.Scope.Series, report.Scope.Candles, report.Scope.FirstTime));
        Assert.Equal(Horizons.On(CandleInterval.OneDay), report.Walks.Select(w => w.Horizon));
    }

    [Fact]
    public void Make_AnyParallelism_IsIdentical()
    {
        var reports = ((int[])[1, 3, 8]).Select(n => BacktestReport.Make(
            Series(500), options: new BacktestOptions { Parallelism = n }, luck: Quick with { Parallelism = n })).ToArray();

        Assert.All(reports, r => Assert.Equal(reports[0].Rows, r.Rows)); // records: equal to the last bit
        Assert.All(reports, r => Assert.Equal(reports[0].Walks.SelectMany(w => w.Folds), r.Walks.SelectMany(w => w.Folds)));
        Assert.All(reports, r => Assert.Equal(reports[0].Scope with { Luck = Quick }, r.Scope with { Luck = Quick }));
    }

    [Fact]
    public void Make_Progress_GoesUpToOne()
    {
        var seen = new Seen();
        BacktestReport.Make(Series(300), luck: Quick, progress: seen);

        Assert.Equal(1, seen.Values.Max());
        Assert.All(seen.Values, v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void Make_NoCandles_IsEmpty()
    {
        var report = BacktestReport.Make([new SeriesHistory("A", Chance.Daily, [])], luck: Quick);
        Assert.Empty(report.Rows);
        Assert.Equal((0, 0), (report.Scope.Series, report.Scope.Strategies.Trials));
    }

    [Fact]
    public void OfEach_ManySymbols_DeflatesByAllThatWasTried()
    {
        var luck = LuckTable.Of(BacktestTable.Of(OutcomeSet.Replay(Series(900), StrategyCatalog.All)), Quick);
        var each = Leaderboard.OfEach(luck);
        var alone = Enumerable.Range(0, 3).Select(i => Leaderboard.Of(luck, $"S{i}")).ToArray();

        Assert.Equal(alone.Sum(b => b.Trials), each.Trials);
        Assert.InRange(each.EffectiveTrials, alone.Max(b => b.EffectiveTrials), each.Trials);
        Assert.Equal(each.Rows, Leaderboard.Rank(each.Rows.Reverse()));
    }

    [Fact]
    public void MeanCorrelation_OfTrials_IsThatOfEveryPair()
    {
        var table = BacktestTable.Of(OutcomeSet.Replay(Series(400), StrategyCatalog.All.Take(6).ToList(), new BacktestOptions { Horizons = [Horizon.OneWeek] }));
        Trial[] trials = [.. from s in Enumerable.Range(0, 4) from k in Enumerable.Range(0, 6) select new Trial(s, k, 0)];
        var columns = trials.Select(t => ColumnOf(table, t)).Where(c => c.Any(x => x != 0)).ToArray();
        var pairs = from i in Enumerable.Range(0, columns.Length) from j in Enumerable.Range(0, i) select Correlation(columns[i], columns[j]);

        Assert.Equal(pairs.Average(), TrialCorrelation.Of(table, trials), 1e-9);
    }

    private static double[] ColumnOf(BacktestTable table, Trial trial)
    {
        // The symbols do not have all dates in common.
        var dates = table.Set.Series.SelectMany(s => s.Times.ToArray()).Distinct().Order().ToList();
        var column = new double[dates.Count];
        foreach (var series in table.Set.Series.Where((_, i) => trial.Symbol == 0 || trial.Symbol == i + 1))
        {
            var range = series.Of(trial.Strategy);
            for (var i = range.Start.Value; i < range.End.Value; i++)
            {
                var r = series.Forward(Horizon.OneWeek)!.Returns[series.Rows[i]];
                column[dates.BinarySearch(series.Times[series.Rows[i]])] += double.IsNaN(r) ? 0 : series.Directions[i] * r;
            }
        }

        return column;
    }

    private static double Correlation(double[] a, double[] b)
    {
        var (x, y) = (a.Average(), b.Average());
        var (xx, yy) = (a.Sum(v => (v - x) * (v - x)), b.Sum(v => (v - y) * (v - y)));
        return a.Zip(b, (p, q) => (p - x) * (q - y)).Sum() / Math.Sqrt(xx * yy);
    }

    private static SeriesHistory[] Series(int count) =>
        [.. Enumerable.Range(0, 3).Select(i => new SeriesHistory($"S{i}", Chance.Daily, RandomSeries.Of(SeriesKind.Walk, count, 40 + i)))];

    private sealed class Seen : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value)
        {
            lock (Values)
            {
                Values.Add(value);
            }
        }
    }
}
