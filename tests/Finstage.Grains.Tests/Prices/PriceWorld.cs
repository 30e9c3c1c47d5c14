using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Grains.Tests.Hosts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Finstage.Grains.Tests.Prices;

/// <summary>Grains with a watchlist and a feed that does as a test says.</summary>
internal sealed class PriceWorld : IAsyncDisposable
{
    private PriceWorld(World world, PlannedFeed feed)
    {
        (World, Feed) = (world, feed);
        Watch = new FeedWatch(world.Time, NullLogger<FeedWatch>.Instance);
    }

    public World World { get; }

    public PlannedFeed Feed { get; }

    public HistoryOptions Options { get; } = new() { Years = 1, Intraday = ["none"] };

    public FeedWatch Watch { get; }

    public static async Task<PriceWorld> StartAsync(params string[] symbols)
    {
        PriceWorld? test = null;
        var world = await World.StartAsync([new Chat("7", "en", true)], [new LateWork(HistoryJob.JobName, () => test!.Job())]);
        await world.Store.PutSymbolsAsync([.. symbols.Select(Describe)], World.Stop);
        return test = new PriceWorld(world, new PlannedFeed(world.Time));
    }

    public static SymbolInfo Describe(string code) => new(code, code, code, SymbolCategory.Stock, "NASDAQ", "USD", Enabled: true);

    /// <summary>Runs the history job, as a program that has just been started does.</summary>
    public Task<string> RunAsync() => Job().RunAsync(World.Grains, World.Stop);

    public HistoryJob Job(IProgress<JobProgressView>? told = null) =>
        new(Updater(), Highs(), Feed, Options, NullLogger<HistoryJob>.Instance, told);

    public HighsUpdater Highs() => new(Updater(), Feed, Watch, World.Time);

    public MonitorJob Monitor() => new(Updater(), Feed, World.Market, Options, World.Time, NullLogger<MonitorJob>.Instance);

    public SeriesUpdater Updater() => new(Feed, World.Market, World.Store.History, Options, Watch, World.Time);

    /// <summary>The clock goes on without anything else happening.</summary>
    public void Later(TimeSpan by) => World.Time.Jump(by);

    public async Task<SeriesRow?> RowAsync(string symbol, CandleInterval interval = CandleInterval.OneDay) =>
        (await World.Store.ReadSeriesAsync(symbol, World.Stop)).FirstOrDefault(s => s.Interval == interval);

    /// <summary>The close of the last stored day.</summary>
    public async Task<double> LastCloseAsync(string symbol) => (await World.CandlesAsync(CandleInterval.OneDay, symbol))[^1].Close;

    /// <summary>What is stored is what the feed has, from the series' first candle on.</summary>
    public async Task AssertIsWholeAsync(string symbol, CandleInterval interval = CandleInterval.OneDay)
    {
        var row = await RowAsync(symbol, interval);
        Assert.NotNull(row);
        Assert.Equal(Feed.Closed(symbol, interval, row.FirstTime), await World.CandlesAsync(interval, symbol));
        Feed.Requests.Clear();
    }

    public async ValueTask DisposeAsync() => await World.DisposeAsync();
}
