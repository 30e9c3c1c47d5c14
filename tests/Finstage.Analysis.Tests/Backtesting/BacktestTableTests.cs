using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>The grouped table: by hand, and every group against a naive backtest.</summary>
public sealed class BacktestTableTests
{
    private static readonly SeriesContext Daily = new(CandleInterval.OneDay, TradingCalendar.Nyse);

    private static readonly IReadOnlyList<string> Ids = [.. StrategyCatalog.All.Select(s => s.Id)];

    [Fact]
    public void Of_ByHand_IsWhatTheDefinitionsSay()
    {
        // Closes 100, 110, 99, 99, 108.9, 98.01: returns +10 %, −10 %, 0, +10 %, −10 %.
        double[] closes = [100, 110, 99, 99, 108.9, 98.01];
        var candles = closes.Select((c, i) => new Candle(i * 86_400L, c, c * 1.01, c * 0.98, c, 1)).ToArray();
        Signal Fired(int row, Direction direction) => new("X", row * 86_400L, direction, 50, closes[row], "x", default);
        Signal[] signals = [Fired(0, Direction.Buy), Fired(1, Direction.Buy), Fired(2, Direction.Buy), Fired(4, Direction.Sell), Fired(5, Direction.Buy)];
        var table = BacktestTable.Of(OutcomeSet.Of([new SeriesHistory("S", Daily, candles)], [signals], ["X", "Y"]));

        var buy = table.Find("S", "X", Horizon.OneDay, Direction.Buy)!.Figures;
        Assert.Equal((3, 1), (buy.Total, buy.Successes)); // the last signal has no outcome yet; 0 is no success
        Assert.Equal(1.0 / 3, buy.SuccessRate, 1e-12);
        Assert.Equal(0, buy.Average, 1e-12);
        Assert.Equal(0, buy.Median, 1e-12);
        Assert.Equal((0.1, -0.1), (Math.Round(buy.Best, 12), Math.Round(buy.Worst, 12)));
        Assert.Equal(0.1, buy.StandardDeviation, 1e-12); // √((0.01 + 0.01 + 0) / 2)
        Assert.Equal(1, buy.ProfitFactor, 1e-9);
        Assert.Equal(0, buy.Sharpe, 1e-9);
        Assert.Equal((110 * 1.01 / 100) - 1, buy.MaxFavourable, 1e-12);
        Assert.Equal((99 * 0.98 / 110) - 1, buy.MaxAdverse, 1e-12);
        Assert.Equal(3, buy.Trades);
        Assert.Equal(0.1, buy.MaxDrawdown, 1e-12); // 1 → 1.1 → 0.99 → 0.99

        // A SELL gains what the price lost; what went against it is the highest high.
        var sell = table.Find("S", "X", Horizon.OneDay, Direction.Sell)!.Figures;
        Assert.Equal(0.1, sell.Average, 1e-12);
        Assert.Equal(0, sell.MaxAdverse, 1e-12);
        Assert.Equal(1 - (98.01 * 0.98 / 108.9), sell.MaxFavourable, 1e-12);
        Assert.True(double.IsNaN(sell.StandardDeviation) && double.IsNaN(sell.ProfitFactor) && double.IsNaN(sell.Sharpe));

        var both = table.Find(null, null, Horizon.OneDay)!.Figures;
        Assert.Equal((4, 2), (both.Total, both.Successes));
        Assert.Equal(0.025, both.Average, 1e-12);
        Assert.Equal(0.05, both.Median, 1e-12);
        Assert.Equal((0.1 - 0.1 + 0 + 0.1 - 0.1) / 5, both.Drift, 1e-12);
        Assert.Equal(0.025, both.Expectancy, 1e-12);
        var deviation = Math.Sqrt(((2 * 0.075 * 0.075) + (0.125 * 0.125) + (0.025 * 0.025)) / 3);
        Assert.Equal(0.025 / deviation * Math.Sqrt(252), both.Sharpe, 1e-9);
        Assert.Equal(0.025 / Math.Sqrt(0.01 / 4) * Math.Sqrt(252), both.Sortino, 1e-9);

        Assert.Null(table.Find("S", "Y", Horizon.OneDay));
        Assert.Null(table.Find("T", "X", Horizon.OneDay));
        Assert.Null(table.Find("S", "X", Horizon.OneHour));
        Assert.Null(table.Find("S", "X", Horizon.OneMonth)); // the series is too short
    }

    [Theory]
    [InlineData(0.8, Grade.A)]
    [InlineData(0.799, Grade.B)]
    [InlineData(0.7, Grade.B)]
    [InlineData(0.6, Grade.C)]
    [InlineData(0.5, Grade.D)]
    [InlineData(0.49, Grade.F)]
    public void Grade_SuccessRate_FollowsTheRule(double rate, Grade expected) => Assert.Equal(expected, Grades.Of(rate));

    [Fact]
    public void Of_RandomSeries_EqualsTheNaiveBacktest()
    {
        SeriesHistory[] series =
        [
            new("A", Daily, RandomSeries.Of(SeriesKind.Walk, 500, 11)),
            new("B", Daily with { Calendar = TradingCalendar.Always }, RandomSeries.Of(SeriesKind.AroundZero, 430, 12)),
            new("C", Daily, RandomSeries.Of(SeriesKind.Grid, 410, 13)),
        ];
        AssertEqualsNaive(series, StrategyCatalog.All, (s, h) => h switch
        {
            Horizon.OneDay => s.Context.Calendar == TradingCalendar.Always ? 365 : 252,
            Horizon.OneWeek => s.Context.Calendar == TradingCalendar.Always ? 365.0 / 7 : 252.0 / 5,
            _ => s.Context.Calendar == TradingCalendar.Always ? 365.0 / 30 : 12,
        });
    }

    [Fact]
    public void Of_HourlySeries_EqualsTheNaiveBacktest()
    {
        var context = new SeriesContext(CandleInterval.OneHour, TradingCalendar.Utc);
        SeriesHistory[] series = [new("A", context, RandomSeries.Of(SeriesKind.Walk, 600, 14, CandleInterval.OneHour))];
        var usual = series[0].Candles.GroupBy(c => c.Time / 86_400).Select(g => g.Count()).Order().ToArray();
        var perYear = usual[usual.Length / 2] * 252.0;
        AssertEqualsNaive(series, StrategyCatalog.All, (_, h) => h switch
        {
            Horizon.OneHour => perYear,
            Horizon.FourHours => perYear / 4,
            Horizon.OneDay => 252,
            Horizon.OneWeek => 252.0 / 5,
            _ => 12,
        });
    }

    [Fact]
    public void Of_RealSeries_EqualsTheNaiveBacktest()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        var series = new[] { "AAPL.1d", "QQQ.1d", "USO.1d" }.Select(n => new SeriesHistory(n, Daily, [.. RealSeries.Candles(n).TakeLast(2_600)])).ToArray();
        AssertEqualsNaive(series, StrategyCatalog.All, (_, h) => h == Horizon.OneDay ? 252 : h == Horizon.OneWeek ? 252.0 / 5 : 12);
    }

    [Fact]
    public void Of_AnyParallelism_IsIdentical()
    {
        SeriesHistory[] series = [.. Enumerable.Range(1, 9).Select(i => new SeriesHistory($"S{i}", Daily, RandomSeries.Of((SeriesKind)(i % 5), 300 + (40 * i), i)))];
        var one = BacktestTable.Of(OutcomeSet.Replay(series, StrategyCatalog.All, new BacktestOptions { Parallelism = 1 }), 1);
        var many = BacktestTable.Of(OutcomeSet.Replay(series, StrategyCatalog.All, new BacktestOptions { Parallelism = 7 }), 7);
        Assert.NotEmpty(one.Rows);
        Assert.Equal(one.Rows, many.Rows); // records: equal to the last bit
    }

    [Fact]
    public void Of_NoSeries_IsEmpty() => Assert.Empty(BacktestTable.Of(OutcomeSet.Replay([], StrategyCatalog.All)).Rows);

    private static void AssertEqualsNaive(
        SeriesHistory[] series, IReadOnlyList<StrategyInfo> strategies, Func<SeriesHistory, Horizon, double> periodsPerYear)
    {
        var table = BacktestTable.Of(OutcomeSet.Replay(series, strategies));
        var rows = 0;
        foreach (var horizon in Horizons.On(series[0].Context.Interval))
        {
            var all = series.SelectMany(s =>
            {
                var signals = new List<Signal>();
                new SymbolEngine(s.Context, strategies).Commit(s.Candles, signals);
                return NaiveStatistics.Outcomes(s, signals, horizon, periodsPerYear(s, horizon));
            }).ToList();
            string?[] symbols = [null, .. series.Select(s => s.Symbol)];
            string?[] ids = [null, .. Ids];
            foreach (var (symbol, id) in symbols.SelectMany(s => ids.Select(i => (s, i))))
            {
                foreach (var direction in new Direction?[] { null, Direction.Buy, Direction.Sell })
                {
                    var own = all.Where(o => (symbol is null || o.Symbol == symbol) && (id is null || o.Signal.Strategy == id)
                        && (direction is null || o.Signal.Direction == direction)).ToList();
                    var row = table.Find(symbol, id, horizon, direction);
                    Assert.Equal(own.Count == 0, row is null);
                    if (row is not null)
                    {
                        NaiveStatistics.AssertEqual(NaiveStatistics.Of(own), NaiveStatistics.Of(row.Figures), $"{symbol} {id} {horizon.Code()} {direction}");
                        rows++;
                    }
                }
            }
        }

        Assert.Equal(table.Rows.Count(), rows);
        Assert.True(rows > 300, $"Only {rows} groups.");
    }
}
