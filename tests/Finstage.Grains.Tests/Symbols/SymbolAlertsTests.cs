using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;
using static Finstage.Grains.Tests.Hosts.TestSeries;

namespace Finstage.Grains.Tests.Symbols;

/// <summary>Which signals of a symbol's grain come into the outbox.</summary>
public sealed class SymbolAlertsTests
{
    private static readonly Chat Korean = new("-100", "ko", Enabled: true);
    private static readonly Chat English = new("-200", "en", Enabled: true);
    private static readonly Chat Off = new("-300", "ko", Enabled: false);
    private static readonly Chat Terminal = new(Chat.ConsoleId, "ko", Enabled: false);

    [Fact]
    public async Task Apply_Backfill_NeverAlerts()
    {
        await using var world = await World.StartAsync([Korean]);

        var result = await world.Aapl().ApplyAsync(Batch(EndingWith(AlertPriority.High)));

        Assert.Equal(0, result.Alerts);
        Assert.Empty(await world.OutboxAsync());
    }

    [Fact]
    public async Task Apply_LiveCandle_WritesOneRowPerEnabledChatAndSignal()
    {
        await using var world = await World.StartAsync([Korean, English, Off, Terminal]);
        var candles = EndingWith(AlertPriority.High);
        await world.Aapl().ApplyAsync(Batch(candles[..^1]));

        var result = await world.Aapl().ApplyAsync(Batch(candles[^1..], BatchOrigin.Live));

        var told = Signals(candles).Where(s => s.Time == candles[^1].Time && s.Priority != AlertPriority.Low).ToArray();
        var rows = await world.OutboxAsync();
        Assert.Equal(2 * told.Length, result.Alerts);
        foreach (var chat in new[] { "-100", "-200" })
        {
            Assert.Equal(
                told.Select(s => $"signal|AAPL|1h|{s.Strategy}|{s.Time}|{s.Direction}").Order(StringComparer.Ordinal),
                rows.Where(r => r.Chat == chat).Select(r => r.Alert.Key).Order(StringComparer.Ordinal));
        }

        Assert.Equal(2 * told.Length, rows.Length);
        Assert.All(rows, r => Assert.Equal((AlertStream.Live, world.Now), (r.Alert.Stream, r.Alert.AsOf)));
    }

    [Fact]
    public async Task Apply_LiveHistory_AlertsOnlyWhatClosedJustNow()
    {
        await using var world = await World.StartAsync([Korean]);
        var candles = Walk(1, 500);

        // The last candle closed at "now" less three hours.
        await world.Aapl().ApplyAsync(Batch(candles, BatchOrigin.Live, asOf: world.Now + (3 * 3_600)));
        Assert.Empty(await world.OutboxAsync());

        await world.Aapl().ApplyAsync(Batch(Walk(1, 500), BatchOrigin.Live, source: "other", replace: true));
        Assert.All(await world.OutboxAsync(), r => Assert.True(Payload(r).Time >= candles[^3].Time));
    }

    [Fact]
    public async Task Apply_LowSignals_NeverEnterTheOutbox()
    {
        await using var world = await World.StartAsync([Korean]);
        var candles = Walk(1, 600);
        Assert.Contains(Signals(candles), s => s.Priority == AlertPriority.Low);

        await world.Aapl().ApplyAsync(Batch(candles, BatchOrigin.Replay));

        var rows = await world.OutboxAsync();
        Assert.Equal(Signals(candles).Count(s => s.Priority != AlertPriority.Low), rows.Length);
        Assert.All(rows, r => Assert.True(Payload(r).Confidence >= 60));
    }

    [Fact]
    public async Task Apply_Replay_TakesEachCandlesCloseForNow()
    {
        await using var world = await World.StartAsync([Korean]);
        var candles = Walk(1, 400);
        await world.Aapl().ApplyAsync(Batch(candles[..300]));

        await world.Aapl().ApplyAsync(Batch(candles[300..], BatchOrigin.Replay, asOf: world.Now + 1_000_000));

        var rows = await world.OutboxAsync();
        Assert.Equal(
            Signals(candles).Where(s => s.Time >= candles[300].Time && s.Priority != AlertPriority.Low).Select(s => s.Time + 3_600),
            rows.Select(r => r.Alert.AsOf));
        Assert.All(rows, r => Assert.Equal((AlertStream.Replay, Payload(r).Time + 3_600), (r.Alert.Stream, r.Alert.AsOf)));
        Assert.All(rows.Where(r => r.Alert.Delivery == AlertDelivery.Batch), r => Assert.Equal(r.Alert.AsOf + 900, r.Alert.DueAt));
    }

    [Fact]
    public async Task Apply_ReplayTwice_AlertsOnce()
    {
        await using var world = await World.StartAsync([Korean]);
        var candles = Walk(1, 400);
        await world.Aapl().ApplyAsync(Batch(candles[..390], BatchOrigin.Replay));
        var before = (await world.OutboxAsync()).Select(r => r.Id);
        await world.Cluster.PutAllAwayAsync();

        await world.Aapl().ApplyAsync(Batch(candles[..390], BatchOrigin.Replay));

        Assert.Equal(before, (await world.OutboxAsync()).Select(r => r.Id));
    }

    [Fact]
    public async Task Apply_ConsoleOnly_TellsTheConsoleWhateverChatsThereAre()
    {
        await using var world = await World.StartAsync([Korean, Terminal]);
        var candles = EndingWith(AlertPriority.High);
        await world.Aapl().ApplyAsync(Batch(candles[..^1]));

        await world.Aapl().ApplyAsync(Batch(candles[^1..], BatchOrigin.Live, audience: Audience.ConsoleOnly));

        var rows = await world.OutboxAsync();
        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.Equal(Chat.ConsoleId, r.Chat));
    }

    [Fact]
    public async Task Apply_CorrectionAndItsReversal_AlertsNothingAgain()
    {
        await using var world = await World.StartAsync([Korean]);
        var candles = EndingWith(AlertPriority.High);
        await world.Aapl().ApplyAsync(Batch(candles[..^1]));
        await world.Aapl().ApplyAsync(Batch(candles[^1..], BatchOrigin.Live));
        Assert.NotEmpty(await world.OutboxAsync());
        var other = Others(candles[^1]).First(c => Signals(candles).Except(Signals([.. candles[..^1], c])).Any());
        var fallen = await world.Aapl().ApplyAsync(Batch([other], BatchOrigin.Live));
        Assert.True(fallen.Superseded > 0);
        var inBetween = (await world.OutboxAsync()).Length;

        var risen = await world.Aapl().ApplyAsync(Batch([candles[^1]], BatchOrigin.Live));

        Assert.Equal((1, 0), (risen.Corrected, risen.Alerts));
        Assert.Equal(inBetween, (await world.OutboxAsync()).Length);
    }

    [Fact]
    public async Task Apply_ReplayedCorrection_AlertsNothingOfTheHistoryItChanges()
    {
        await using var world = await World.StartAsync([Korean]);
        var candles = Walk(1, 500);
        await world.Aapl().ApplyAsync(Batch(candles));
        var candle = candles[200] with { Close = candles[200].Close * 1.3, High = candles[200].High * 1.3 };

        var result = await world.Aapl().ApplyAsync(Batch([candle], BatchOrigin.Replay));

        Assert.True(result.Signals > result.Alerts);
        Assert.All(await world.OutboxAsync(), r => Assert.Equal(candle.Time, Payload(r).Time));
    }

    [Fact]
    public async Task Apply_CommitFails_LeavesNoAlertAndTheNextCallWritesIt()
    {
        await using var world = await World.StartAsync([Korean]);
        var candles = EndingWith(AlertPriority.High);
        await world.Aapl().ApplyAsync(Batch(candles[..^1]));
        world.Market.FailNextCommit = true;
        await Assert.ThrowsAnyAsync<Exception>(() => world.Aapl().ApplyAsync(Batch(candles[^1..], BatchOrigin.Live)));
        Assert.Empty(await world.OutboxAsync());

        var result = await world.Aapl().ApplyAsync(Batch(candles[^1..], BatchOrigin.Live));

        Assert.Equal(result.Alerts, (await world.OutboxAsync()).Length);
        Assert.True(result.Alerts > 0);
    }

    [Fact]
    public async Task Apply_KnownSymbol_PutsItsCurrencyIntoTheAlert()
    {
        await using var world = await World.StartAsync([Korean]);
        await world.Store.PutSymbolsAsync([new SymbolInfo(Symbol, "애플", "Apple", SymbolCategory.Stock, "NASDAQ", "USD", true)], World.Stop);
        var candles = EndingWith(AlertPriority.High);
        await world.Aapl().ApplyAsync(Batch(candles[..^1]));

        await world.Aapl().ApplyAsync(Batch(candles[^1..], BatchOrigin.Live));

        Assert.All(await world.OutboxAsync(), r => Assert.Equal("USD", Payload(r).Currency));
    }

    // What the candle might have been in place of what it was.
    private static IEnumerable<Candle> Others(Candle candle) => new[] { 0.7, 0.85, 1.15, 1.3 }.Select(by => candle with
    {
        Close = candle.Close * by, High = Math.Max(candle.High, candle.Close * by), Low = Math.Min(candle.Low, candle.Close * by),
    });

    private static SignalPayload Payload(OutboxRow row) => SignalPayload.Parse(row.Alert.Payload);
}
