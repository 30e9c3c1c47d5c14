using Finstage.Adapters.Storage;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Grains.Symbols;
using Finstage.Grains.Tests.Hosts;
using static Finstage.Grains.Tests.Hosts.TestSeries;

namespace Finstage.Grains.Tests.Symbols;

/// <summary>The keeper without a grain around it, as the console's import uses it.</summary>
public sealed class SeriesKeeperTests
{
    public static readonly SymbolInfo Unknown = new(Symbol, Symbol, Symbol, SymbolCategory.Stock, string.Empty, string.Empty, true);

    private static readonly SeriesContext Hourly = new(CandleInterval.OneHour, TradingCalendar.Utc);

    [Fact]
    public async Task Apply_WithoutLoading_ReadsWhatIsStoredFirst()
    {
        await using var test = await TestStore.OpenAsync();
        var store = test.Store;
        var candles = Walk(1, 300);
        await Keeper(store).ApplyAsync(Batch(candles[..200]), World.Stop);

        var (result, chats) = await Keeper(store).ApplyAsync(Batch(candles[100..]), World.Stop);

        Assert.Equal((100, 100, 1), (result.Added, result.Duplicates, result.Version));
        Assert.Empty(chats);
        Assert.Equal(Signals(candles), await SignalsAsync(store));
    }

    [Fact]
    public async Task Load_SeriesJudgedByOtherRules_IsJudgedAgainWithoutAlerts()
    {
        await using var test = await TestStore.OpenAsync();
        var store = test.Store;
        await store.SeedChatsAsync([new Chat("1", "ko", true)], World.Stop);
        var candles = EndingWith(AlertPriority.High);
        var expected = Signals(candles);
        var stray = expected[0] with { Strategy = "NO_LONGER" };
        await store.CommitAsync(
            new SeriesCommit(Symbol, CandleInterval.OneHour, "csv", 1, 0, "rules of old", candles, [stray, expected[1] with { Confidence = 1 }],
                [], [], Audience.EveryChat, World.Start),
            World.Stop);
        var keeper = Keeper(store);

        await keeper.LoadAsync(World.Stop);

        Assert.Equal(expected, await SignalsAsync(store));
        Assert.Equal(0, await store.CountWaitingAsync(World.Stop));
        Assert.Equal((1, candles.Length), (keeper.View!.Version, (int)keeper.View.Candles));
        var revision = Assert.Single(await store.ReadSeriesAsync(Symbol, World.Stop)).Revision;
        await Keeper(store).LoadAsync(World.Stop);
        Assert.Equal(revision, Assert.Single(await store.ReadSeriesAsync(Symbol, World.Stop)).Revision);
    }

    [Fact]
    public async Task Load_LongSeries_EqualsAPlainRun()
    {
        await using var test = await TestStore.OpenAsync();
        var store = test.Store;
        var candles = Walk(1, 20_500, CandleInterval.OneMinute);
        var context = new SeriesContext(CandleInterval.OneMinute, TradingCalendar.Utc);
        foreach (var part in candles[..^1].Chunk(CandleBatch.MaxCandles))
        {
            await new SeriesKeeper(store, TimeProvider.System, Unknown, context)
                .ApplyAsync(Batch(part, interval: CandleInterval.OneMinute), World.Stop);
        }

        await new SeriesKeeper(store, TimeProvider.System, Unknown, context)
            .ApplyAsync(Batch(candles[^1..], interval: CandleInterval.OneMinute), World.Stop);

        Assert.Equal(
            Signals(candles, CandleInterval.OneMinute),
            Sorted((await store.ReadSignalsAsync(new SignalQuery(Symbol, CandleInterval.OneMinute, Limit: 100_000), World.Stop)).Select(r => r.Signal)));
    }

    [Fact]
    public async Task View_NothingStored_IsNull()
    {
        await using var test = await TestStore.OpenAsync();
        var store = test.Store;
        var keeper = Keeper(store);

        await keeper.LoadAsync(World.Stop);

        Assert.Null(keeper.View);
        Assert.Equal(0, keeper.Window.Count);
    }

    private static SeriesKeeper Keeper(SqlStore store) => new(store, TimeProvider.System, Unknown, Hourly);

    private static async Task<Signal[]> SignalsAsync(SqlStore store) =>
        Sorted((await store.ReadSignalsAsync(new SignalQuery(Symbol, Limit: 100_000), World.Stop)).Select(r => r.Signal));
}
