using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class BacktestStoreTests : StoreTests
{
    [Fact]
    public async Task Find_NothingSaved_IsNone()
    {
        await using var test = await OpenAsync();

        Assert.Null(await test.Store.Backtests.FindAsync(CandleInterval.OneDay, Stop));
        Assert.Empty(await test.Store.Backtests.ReadRowsAsync(new BacktestQuery(CandleInterval.OneDay), Stop));
        Assert.Empty(await test.Store.Backtests.ReadWalksAsync(CandleInterval.OneDay, Stop));
    }

    [Fact]
    public async Task Save_Twice_KeepsTheLastAsItWas()
    {
        await using var test = await OpenAsync();
        await test.Store.Backtests.SaveAsync(Run(seed: 1), Stop);
        var run = Run(seed: 2);

        await test.Store.Backtests.SaveAsync(run, Stop);

        var (report, store) = (run.Report, test.Store.Backtests);
        Assert.Equal(new BacktestHead(run.Interval, run.At, report.Scope with { Luck = report.Scope.Luck with { Parallelism = -1 } }), await store.FindAsync(run.Interval, Stop));
        var read = new List<LeaderboardRow>();
        foreach (var direction in (Direction?[])[null, Direction.Buy, Direction.Sell])
        {
            read.AddRange(await store.ReadRowsAsync(new BacktestQuery(run.Interval, Direction: direction), Stop));
        }

        // Records: equal to the last bit, what cannot be told included.
        Assert.Equal(report.Rows.OrderBy(KeyOf, StringComparer.Ordinal), read.OrderBy(KeyOf, StringComparer.Ordinal));
        Assert.Contains(read, r => double.IsNaN(r.Row.Figures.ProfitFactor));
        var walks = await store.ReadWalksAsync(run.Interval, Stop);
        Assert.Equal(report.Walks.Select(w => w.Horizon), walks.Select(w => w.Horizon));
        Assert.Equal(report.Walks.SelectMany(w => w.Folds), walks.SelectMany(w => w.Folds));
        Assert.NotEmpty(walks.SelectMany(w => w.Folds));
    }

    [Fact]
    public async Task ReadRows_Filters_TakeWhatTheyName()
    {
        await using var test = await OpenAsync();
        var run = Run(seed: 3);
        await test.Store.Backtests.SaveAsync(run, Stop);
        var strategy = run.Report.Rows.First(r => r.Row.Strategy is not null).Row.Strategy!;

        var together = await ReadAsync(test, new BacktestQuery(CandleInterval.OneDay, BacktestQuery.Together, BacktestQuery.Together));
        var one = await ReadAsync(test, new BacktestQuery(CandleInterval.OneDay, "B", strategy, Horizon.OneWeek));
        var each = await ReadAsync(test, new BacktestQuery(CandleInterval.OneDay, Strategy: strategy, Horizon: Horizon.OneWeek));

        Assert.Equal([Horizon.OneDay, Horizon.OneWeek, Horizon.OneMonth], together.Select(r => r.Row.Horizon));
        Assert.All(together, r => Assert.Equal((null, null), (r.Row.Symbol, r.Row.Strategy)));
        Assert.Equal(("B", strategy, Horizon.OneWeek), one.Select(r => (r.Row.Symbol!, r.Row.Strategy!, r.Row.Horizon)).Single());
        Assert.Equal([null, "A", "B"], each.Select(r => r.Row.Symbol));
        Assert.Empty(await ReadAsync(test, new BacktestQuery(CandleInterval.OneHour)));
    }

    [Fact]
    public async Task Save_RowThatBreaksARule_LeavesTheFormerRun()
    {
        await using var test = await OpenAsync();
        var run = Run(seed: 4);
        await test.Store.Backtests.SaveAsync(run, Stop);
        var broken = run with { At = run.At.AddDays(1), Report = run.Report with { Rows = [.. run.Report.Rows, run.Report.Rows[0]] } };

        await Assert.ThrowsAnyAsync<Exception>(() => test.Store.Backtests.SaveAsync(broken, Stop));

        Assert.Equal(run.At, (await test.Store.Backtests.FindAsync(run.Interval, Stop))!.At);
        Assert.NotEmpty(await ReadAsync(test, new BacktestQuery(run.Interval)));
    }

    private static Task<IReadOnlyList<LeaderboardRow>> ReadAsync(TestStore test, BacktestQuery query) =>
        test.Store.Backtests.ReadRowsAsync(query, Stop);

    private static string KeyOf(LeaderboardRow row) => $"{row.Row.Symbol}|{row.Row.Strategy}|{row.Row.Horizon}|{row.Row.Direction}";

    private static BacktestRun Run(int seed)
    {
        SeriesHistory[] series = [.. ((string[])["A", "B"]).Select((s, i) => new SeriesHistory(s, new SeriesContext(CandleInterval.OneDay, TradingCalendar.Utc), Walk(seed + (100 * i))))];
        return new BacktestRun(CandleInterval.OneDay, Start, BacktestReport.Make(series, luck: new LuckOptions { Seed = seed, Resamples = 100, Draws = 100, MinSamples = 5 }));
    }

    private static Candle[] Walk(int seed)
    {
        var random = new Random(seed);
        var close = 100.0;
        return [.. Enumerable.Range(0, 900).Select(i =>
        {
            var open = close;
            close *= 1 + (0.04 * (random.NextDouble() - 0.49));
            return new Candle(Day(i), open, Math.Max(open, close) * 1.005, Math.Min(open, close) * 0.995, close, 1_000 + random.Next(1_000));
        })];
    }
}
