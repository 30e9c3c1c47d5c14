using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Tests.Data;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>The tests for luck: against plain forms of themselves, on pure chance, and on a planted edge.</summary>
public sealed class LuckTableTests
{
    private static readonly SeriesContext Daily = new(CandleInterval.OneDay, TradingCalendar.Nyse);

    private static int Seeds => Environment.GetEnvironmentVariable("FINSTAGE_HEAVY_TESTS") == "1" ? 2_000 : 200;

    [Fact]
    public void Of_PureNoise_SeldomPasses()
    {
        // Of 200 seeds 10 pass a 5 % test by chance; more than 18 would be a test that is too easily pleased.
        var results = Enumerable.Range(1, Seeds).AsParallel().Select(seed => Chance.Test(seed, 0)).ToList();
        var most = 18 * Seeds / 200;
        Assert.InRange(results.Count(r => r.Luck.RandomEntryP <= 0.05), 1, most);
        Assert.InRange(results.Count(r => r.Luck.Average.Low > 0 || r.Luck.Average.High < 0), 1, most);
        Assert.InRange(results.Count(r => r.Figures.ProbabilisticSharpe >= 0.95), 1, most);
    }

    [Fact]
    public void Of_PlantedEdge_IsFound()
    {
        // A quarter of a deviation in 200 signals.
        var results = Enumerable.Range(1, Seeds).AsParallel().Select(seed => Chance.Test(seed + 10_000, 0.25)).ToList();
        var least = 80 * Seeds / 100;
        Assert.InRange(results.Count(r => r.Luck.RandomEntryP <= 0.05), least, Seeds);
        Assert.InRange(results.Count(r => r.Luck.Average.Low > 0), least, Seeds);
        Assert.InRange(results.Count(r => r.Figures.ProbabilisticSharpe >= 0.95), least, Seeds);
        Assert.InRange(results.Count(r => r.Luck.RandomEntryP <= 0.05 && r.Luck.Average.Low > 0 && r.Figures.ProbabilisticSharpe >= 0.95), least, Seeds);
    }

    [Fact]
    public void Of_AnyParallelism_IsIdentical()
    {
        var table = BacktestTable.Of(OutcomeSet.Replay(Series(), StrategyCatalog.All));
        var options = new LuckOptions { Resamples = 150, Draws = 150 };
        var one = LuckTable.Of(table, options with { Parallelism = 1 });
        var many = LuckTable.Of(table, options with { Parallelism = 6 });
        Assert.Equal(table.Rows.Select(one.Of), table.Rows.Select(many.Of));
        Assert.Contains(table.Rows, r => !double.IsNaN(one.Of(r).RandomEntryP));
        var other = LuckTable.Of(table, options with { Seed = 2 });
        Assert.NotEqual(table.Rows.Select(one.Of), table.Rows.Select(other.Of));
    }

    [Fact]
    public void RandomEntry_EveryGroup_IsWhatShiftingTheSignalsGives()
    {
        SeriesHistory[] series = [.. Series().Take(2), new("E", Daily, RandomSeries.Of(SeriesKind.AroundZero, 260, 8))];
        var table = BacktestTable.Of(OutcomeSet.Replay(series, StrategyCatalog.All, new BacktestOptions { Horizons = [Horizon.OneDay, Horizon.OneMonth] }));
        const int Draws = 100;
        var luck = LuckTable.Of(table, new LuckOptions { Draws = Draws, Resamples = 100 });
        foreach (var horizon in table.Horizons)
        {
            // The same chance as the test has, and the shift done signal by signal.
            var longest = series.Max(s => s.Candles.Length - horizon.Sessions(s.Context.Calendar));
            var random = new Random((1 * 397) + (int)horizon);
            var shifts = Enumerable.Range(0, Draws).Select(_ => random.Next(1, longest)).ToArray();
            foreach (var row in table.Rows.Where(r => r.Horizon == horizon && r.Figures.Total >= 10))
            {
                var atLeast = shifts.Count(shift => Shifted(table, row, shift) >= row.Figures.Average - 1e-12);
                Assert.Equal((1.0 + atLeast) / (1 + Draws), luck.Of(row).RandomEntryP, 1e-12);
            }
        }
    }

    [Fact]
    public void Bootstrap_EveryGroup_IsWhatResampledDatesGive()
    {
        var series = Series();
        var set = OutcomeSet.Replay(series, StrategyCatalog.All, new BacktestOptions { Horizons = [Horizon.OneWeek] });
        var table = BacktestTable.Of(set);
        const int Resamples = 120;
        var luck = LuckTable.Of(table, new LuckOptions { Draws = 100, Resamples = Resamples });
        var dates = series.SelectMany(s => s.Candles.Select(c => c.Time / 86_400)).Distinct().Order().ToList();
        var weights = new DateWeights(dates.Count, Resamples, Math.Max(10, Math.Ceiling(Math.Cbrt(dates.Count))), 31 + (int)Horizon.OneWeek, new ParallelOptions());
        foreach (var row in table.Rows.Where(r => r.Figures.Total >= 10))
        {
            var outcomes = Outcomes(table, row).Select(o => (Weights: weights.Of(dates.IndexOf(o.Date)).ToArray(), o.Return)).ToList();
            var averages = new List<double>();
            var rates = new List<double>();
            for (var b = 0; b < Resamples; b++)
            {
                var drawn = outcomes.SelectMany(o => Enumerable.Repeat(o.Return, (int)o.Weights[b])).ToList();
                if (drawn.Count >= 2)
                {
                    averages.Add(drawn.Average());
                    rates.Add((double)drawn.Count(r => r > 0) / drawn.Count);
                }
            }

            var found = luck.Of(row);
            AssertMiddle(averages, found.Average);
            AssertMiddle(rates, found.SuccessRate);
            Assert.True(found.Sharpe.Low <= found.Sharpe.High || double.IsNaN(found.Sharpe.Low));
        }
    }

    [Fact]
    public void DateWeights_EveryResample_HasAsManyDates()
    {
        var weights = new DateWeights(500, 200, 20, 3, new ParallelOptions());
        var all = Enumerable.Range(0, 500).Select(d => weights.Of(d).ToArray()).ToArray();
        Assert.All(Enumerable.Range(0, 200), b => Assert.Equal(500, all.Sum(w => w[b])));

        // Blocks: neighbours are mostly drawn together. A date starts a block of its own in one of 20 cases.
        var apart = Enumerable.Range(1, 499).Sum(d => Enumerable.Range(0, 200).Count(b => all[d][b] != all[d - 1][b]));
        Assert.InRange(apart / (499 * 200.0), 0.02, 0.15);
        Assert.Equal(1, all.Average(w => w.Average()), 1e-9);
    }

    [Fact]
    public void Of_TooFewOutcomes_SaysNothing()
    {
        var (series, signals) = Chance.Series(5, 300, 9);
        var table = BacktestTable.Of(OutcomeSet.Of([series], [signals], ["X"]));
        var luck = LuckTable.Of(table, new LuckOptions { Resamples = 100, Draws = 100 });
        Assert.All(table.Rows, row => Assert.Equal(LuckFigures.Unknown, luck.Of(row)));
    }

    [Fact]
    public void Of_HourlySeries_IsTested()
    {
        var context = new SeriesContext(CandleInterval.OneHour, TradingCalendar.Utc);
        SeriesHistory[] series = [new("H", context, RandomSeries.Of(SeriesKind.Walk, 1_200, 14, CandleInterval.OneHour))];
        var table = BacktestTable.Of(OutcomeSet.Replay(series, StrategyCatalog.All));
        var luck = LuckTable.Of(table, new LuckOptions { Resamples = 100, Draws = 100 });
        var row = luck.Find(null, null, Horizon.FourHours);
        Assert.InRange(row.RandomEntryP, 1.0 / 101, 1);
        Assert.True(row.Average.Low < row.Average.High);
    }

    [Fact]
    public void Of_GivenUp_Ends()
    {
        var table = BacktestTable.Of(OutcomeSet.Replay(Series(), StrategyCatalog.All));
        Assert.ThrowsAny<OperationCanceledException>(() => LuckTable.Of(table, cancellation: new CancellationToken(canceled: true)));
    }

    private static void AssertMiddle(List<double> values, Interval95 found)
    {
        var sorted = values.Order().ToArray();
        var cut = (int)(0.025 * sorted.Length);
        Assert.Equal(sorted[cut], found.Low, 1e-9);
        Assert.Equal(sorted[^(cut + 1)], found.High, 1e-9);
    }

    private static IEnumerable<(long Date, double Return)> Outcomes(BacktestTable table, BacktestRow row) =>
        from own in Signals(table, row)
        let r = own.Series.Forward(row.Horizon)!.Returns[own.Row]
        where !double.IsNaN(r)
        select (own.Series.Times[own.Row] / 86_400, own.Direction * r);

    private static double Shifted(BacktestTable table, BacktestRow row, int shift)
    {
        var returns = new List<double>();
        foreach (var own in Signals(table, row))
        {
            var columns = own.Series.Forward(row.Horizon)!;
            var ring = columns.Count - row.Horizon.Sessions(own.Series.Context.Calendar);
            if (own.Row < ring && !double.IsNaN(columns.Returns[own.Row]))
            {
                returns.Add(own.Direction * columns.Returns[(own.Row + shift) % ring]);
            }
        }

        returns.RemoveAll(double.IsNaN);
        return returns.Average();
    }

    private static IEnumerable<(OutcomeSeries Series, int Row, int Direction)> Signals(BacktestTable table, BacktestRow row)
    {
        foreach (var series in table.Set.Series.Where(s => row.Symbol is null || s.Symbol == row.Symbol))
        {
            for (var k = 0; k < table.Set.Strategies.Count; k++)
            {
                if (row.Strategy is null || table.Set.Strategies[k] == row.Strategy)
                {
                    var range = series.Of(k);
                    for (var i = range.Start.Value; i < range.End.Value; i++)
                    {
                        if (row.Direction is null || (int)row.Direction == series.Directions[i])
                        {
                            yield return (series, series.Rows[i], series.Directions[i]);
                        }
                    }
                }
            }
        }
    }

    private static SeriesHistory[] Series() =>
    [
        new("A", Daily, RandomSeries.Of(SeriesKind.Walk, 420, 21)),
        new("B", Daily, RandomSeries.Of(SeriesKind.Trends, 300, 22)),
        new("C", Daily, RandomSeries.Of(SeriesKind.Grid, 350, 23)),
    ];
}
