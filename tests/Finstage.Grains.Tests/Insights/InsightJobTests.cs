using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Insights;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;

namespace Finstage.Grains.Tests.Insights;

public sealed class InsightJobTests
{
    [Fact]
    public async Task Run_StoredSeries_KeepsWhatItFound()
    {
        await using var world = await World.StartAsync();
        await FillAsync(world);

        var clusters = await new ClusterJob(world.Store, world.Store.Insights, world.Time).RunAsync(world.Grains, World.Stop);
        var patterns = await new PatternJob(world.Store, world.Store.Insights, world.Time).RunAsync(world.Grains, World.Stop);

        Assert.Contains("3 symbols placed", clusters, StringComparison.Ordinal);
        Assert.Contains("2 series", patterns, StringComparison.Ordinal);
        var run = (await world.Store.Insights.ReadClustersAsync(CandleInterval.OneDay, World.Stop))!;

        // Nobody can buy the VIX: it is placed, but neither fitted on nor measured.
        Assert.Equal(2, run.Series);
        Assert.Equal(["A", "B", "^VIX"], run.Today.Select(t => t.Symbol).Order(StringComparer.Ordinal));
        Assert.Equal(World.Start, run.At);
        Assert.Equal(2, (await world.Store.Insights.ReadPatternsAsync(CandleInterval.OneDay, World.Stop))!.Report.Series);
    }

    [Fact]
    public async Task RunBacktests_StoredSeries_KeepsTheFiguresOfEachInterval()
    {
        await using var world = await World.StartAsync();
        await FillAsync(world);
        await world.Grains.Get<ISymbolGrain>("A").ApplyAsync(TestSeries.Batch(TestSeries.Walk(4, 700), symbol: "A"));
        var job = new BacktestJob(world.Store, world.Store.Backtests, world.Time);

        var said = await job.RunAsync(world.Grains, World.Stop);
        var again = await job.RunAsync(world.Grains, World.Stop);

        Assert.Contains("groups of 2 series", said, StringComparison.Ordinal);
        Assert.Equal(said, again);
        var (daily, hourly) = (await world.Store.Backtests.FindAsync(CandleInterval.OneDay, World.Stop), await world.Store.Backtests.FindAsync(CandleInterval.OneHour, World.Stop));
        Assert.Equal((2, 3_000L, World.Start), (daily!.Scope.Series, daily.Scope.Candles, daily.At));
        Assert.Equal((1, 700L), (hourly!.Scope.Series, hourly.Scope.Candles));

        // The figures are those of the signals that the grains stored; nobody can buy the VIX.
        var rows = await world.Store.Backtests.ReadRowsAsync(new BacktestQuery(CandleInterval.OneDay, Horizon: Horizon.OneDay), World.Stop);
        Assert.Equal(["A", "B"], rows.Select(r => r.Row.Symbol).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        var signals = await world.Store.ReadSignalsAsync(new SignalQuery("B", CandleInterval.OneDay, Limit: 10_000), World.Stop);
        var last = (await world.Store.ReadSeriesAsync("B", World.Stop)).Single().LastTime;
        Assert.Equal(signals.Count(s => s.Signal.Time < last), rows.Single(r => r.Row is { Symbol: "B", Strategy: null }).Row.Figures.Total);
        Assert.All(await world.Store.Backtests.ReadRowsAsync(new BacktestQuery(CandleInterval.OneHour, Horizon: Horizon.FourHours), World.Stop), r => Assert.NotEqual("B", r.Row.Symbol));
    }

    [Fact]
    public async Task Run_GivenUp_LeavesWhatWasFoundBefore()
    {
        await using var world = await World.StartAsync();
        await FillAsync(world);
        var job = new PatternJob(world.Store, world.Store.Insights, world.Time);
        await job.RunAsync(world.Grains, World.Stop);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RunAsync(world.Grains, stop.Token));

        Assert.NotNull(await world.Store.Insights.ReadPatternsAsync(CandleInterval.OneDay, World.Stop));
        Assert.Null(job.Progress.View);
    }

    [Fact]
    public async Task Run_NothingStored_SaysThatThereIsTooLittle()
    {
        await using var world = await World.StartAsync();

        Assert.Contains("too little", await new ClusterJob(world.Store, world.Store.Insights, world.Time).RunAsync(world.Grains, World.Stop), StringComparison.Ordinal);
        Assert.Equal("1d: no series; 1h: no series", await new BacktestJob(world.Store, world.Store.Backtests, world.Time).RunAsync(world.Grains, World.Stop));
        Assert.Contains("0 tests", await new PatternJob(world.Store, world.Store.Insights, world.Time).RunAsync(world.Grains, World.Stop), StringComparison.Ordinal);
    }

    private static async Task FillAsync(World world)
    {
        var market = world.Grains.Get<IMarketGrain>(IMarketGrain.Main);
        await market.PutAsync(new SymbolInfo("^VIX", "VIX", "VIX", SymbolCategory.Volatility, "CBOE", string.Empty, true));
        foreach (var (symbol, seed) in (IEnumerable<(string, int)>)[("A", 1), ("B", 2), ("^VIX", 3)])
        {
            var candles = TestSeries.Walk(seed, 1_500, CandleInterval.OneDay);
            await world.Grains.Get<ISymbolGrain>(symbol).ApplyAsync(TestSeries.Batch(candles, symbol: symbol, interval: CandleInterval.OneDay));
        }
    }
}
