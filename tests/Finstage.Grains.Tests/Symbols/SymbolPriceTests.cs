using Finstage.Analysis.Candles;
using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;
using Finstage.Hosting;

namespace Finstage.Grains.Tests.Symbols;

public sealed class SymbolPriceTests
{
    // World.Start is Monday, 2 March 2026, 10:00 in New York; the last session closed at 100, between 99 and 102; the year's high is 107.
    private static readonly DateOnly Monday = new(2026, 3, 2);

    [Fact]
    public async Task Quote_BeyondTheThreshold_IsStoredAndToldOnce()
    {
        await using var world = await WatchedAsync();

        var result = await QuoteAsync(world, 103.5);

        // A rise of 3.5 %, and the day's high broken, which is low and only kept.
        Assert.Equal(new QuoteResult(2, 1), result);
        Assert.Equal(
            [(PriceAlertKind.DayRise, AlertPriority.Medium), (PriceAlertKind.PreviousHighBroken, AlertPriority.Low)],
            (await AlertsAsync(world)).Select(a => (a.Kind, a.Priority)).Order());
        var row = Assert.Single(await PriceRowsAsync(world));
        Assert.Equal(("price|AAPL|day_rise|1|2026-03-02", AlertPriority.Medium, AlertDelivery.Batch), (row.Alert.Key, row.Alert.Priority, row.Alert.Delivery));
        Assert.Equal(new QuoteResult(0, 0), await QuoteAsync(world, 103.5));
    }

    [Fact]
    public async Task Quote_TwiceTheThreshold_GoesOutAtOnce()
    {
        await using var world = await WatchedAsync();

        await QuoteAsync(world, 93.9);

        await Waiting.UntilAsync(() => world.Messenger.Messages.Count == 1);
        Assert.Contains("전일 대비 하락", world.Messenger.Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains("[AAPL] 애플", world.Messenger.Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quote_AfterARestart_IsNotToldAgain()
    {
        await using var world = await WatchedAsync();
        await QuoteAsync(world, 103.5);
        await world.Cluster.PutAllAwayAsync();

        Assert.Equal(new QuoteResult(0, 0), await QuoteAsync(world, 103.6, minutes: 1));

        // A further multiple is new.
        Assert.Equal(new QuoteResult(1, 1), await QuoteAsync(world, 106.1, minutes: 2));
    }

    [Fact]
    public async Task Quote_MemoryLost_IsKeptFromRepeatingByItsKey()
    {
        await using var world = await WatchedAsync();
        await QuoteAsync(world, 103.5);
        await world.Store.Prices.CommitAsync(
            new PriceCommit("AAPL", new LastQuote(100, world.Now, null), PriceAlertState.Empty, [], Audience.EveryChat, World.Start), World.Stop);
        await world.Cluster.PutAllAwayAsync();

        Assert.Equal(new QuoteResult(0, 0), await QuoteAsync(world, 103.6, minutes: 1));

        Assert.Single(await PriceRowsAsync(world));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Quote_CommitFails_IsMadeUpOnce(bool isLost)
    {
        await using var world = await WatchedAsync();
        (world.Prices.LoseNextAnswer, world.Prices.FailNextCommit) = (isLost, !isLost);
        await Assert.ThrowsAsync<IOException>(() => QuoteAsync(world, 103.5));

        await QuoteAsync(world, 103.5);

        Assert.Single(await PriceRowsAsync(world));
        Assert.Equal(2, (await AlertsAsync(world)).Length);
    }

    [Fact]
    public async Task Quote_SessionBeforeIsMissing_TellsNothingOfTheDay()
    {
        await using var world = await WatchedAsync(skip: 1);

        Assert.Equal(new QuoteResult(0, 0), await QuoteAsync(world, 107));
    }

    [Fact]
    public async Task Quote_OldOne_IsRememberedAndTellsNothing()
    {
        await using var world = await WatchedAsync();

        Assert.Equal(new QuoteResult(0, 0), await QuoteAsync(world, 107, minutes: -61));

        Assert.Equal(107, (await world.Aapl().PriceAsync()).Price);
    }

    [Fact]
    public async Task Quote_NewHighOfAllTimes_IsHigh()
    {
        await using var world = await WatchedAsync();
        await world.Aapl().RefreshHighsAsync(new EverHigh(107.5, 1_191_196_800, 1));

        await QuoteAsync(world, 108);

        Assert.Equal(AlertPriority.High, Assert.Single(await AlertsAsync(world), a => a.Kind == PriceAlertKind.AllTimeHigh).Priority);
        var view = await world.Aapl().PriceAsync();
        Assert.Equal((107.5, 107d), (view.EverHigh, view.YearHigh));
    }

    [Fact]
    public async Task Quote_HighOfAllTimesUnknown_TellsOnlyOfTheYear()
    {
        await using var world = await WatchedAsync();

        await QuoteAsync(world, 108);

        Assert.Contains(await AlertsAsync(world), a => a.Kind == PriceAlertKind.YearHigh);
        Assert.DoesNotContain(await AlertsAsync(world), a => a.Kind == PriceAlertKind.AllTimeHigh);
    }

    [Fact]
    public async Task SetThresholds_OwnOnes_HoldAtOnceAndAfterARestart()
    {
        await using var world = await WatchedAsync();
        var market = world.Grains.Get<IMarketGrain>(IMarketGrain.Main);

        await market.SetThresholdsAsync("aapl", new ThresholdChange(1, null, null));

        Assert.Equal(new ThresholdView(1, -3, -5, false, 1, null, null), (await world.Aapl().PriceAsync()).Thresholds);
        await world.Cluster.PutAllAwayAsync();
        await QuoteAsync(world, 101.5);
        Assert.Equal(PriceAlertKind.DayRise, Assert.Single(await AlertsAsync(world)).Kind);

        market = world.Grains.Get<IMarketGrain>(IMarketGrain.Main);
        await market.SetThresholdsAsync("AAPL", new ThresholdChange(null, null, null));
        Assert.Equal(new ThresholdView(3, -3, -5, false, null, null, null), (await world.Aapl().PriceAsync()).Thresholds);
    }

    [Fact]
    public async Task SetThresholds_WrongSignOrUnknownSymbol_IsRefused()
    {
        await using var world = await WatchedAsync();
        var market = world.Grains.Get<IMarketGrain>(IMarketGrain.Main);

        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => market.SetThresholdsAsync("AAPL", new ThresholdChange(null, 3, null)));
        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => market.SetThresholdsAsync("AAPLE", new ThresholdChange(1, null, null)));

        Assert.Contains("Drop is 3", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("AAPL?", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_AnotherExchange_IsJudgedByItsCalendar()
    {
        await using var world = await WatchedAsync();
        await QuoteAsync(world, 100);
        var market = world.Grains.Get<IMarketGrain>(IMarketGrain.Main);

        await market.PutAsync((await market.FindAsync("AAPL"))! with { Category = SymbolCategory.Index });

        Assert.Equal(1, (await world.Aapl().PriceAsync()).Thresholds.Rise);
    }

    private static async Task<World> WatchedAsync(int skip = 0)
    {
        var world = await World.StartAsync([new Chat("7", "ko", true)]);
        await world.Store.PutSymbolsAsync(
            [new SymbolInfo("AAPL", "애플", "Apple", SymbolCategory.Stock, "NASDAQ", "USD", Enabled: true)], World.Stop);
        var calendar = Finstage.Analysis.Calendars.TradingCalendar.Nasdaq;
        var candles = new List<Candle>();
        for (var date = calendar.PreviousSession(Monday); candles.Count < 300; date = calendar.PreviousSession(date))
        {
            var time = new DateTimeOffset(date, default, TimeSpan.Zero).ToUnixTimeSeconds();
            candles.Add(new Candle(time, 100, candles.Count == 100 ? 107 : 102, 99, 100, 1_000));
        }

        candles.Reverse();
        var daily = candles.SkipLast(skip).ToArray();
        await world.Aapl().ApplyAsync(TestSeries.Batch(daily, interval: CandleInterval.OneDay));
        return world;
    }

    private static Task<QuoteResult> QuoteAsync(World world, double price, int minutes = 0) =>
        world.Aapl().QuoteAsync(new QuoteUpdate(price, world.Now + (minutes * 60), null, world.Now + (Math.Max(0, minutes) * 60)));

    private static async Task<PriceAlert[]> AlertsAsync(World world) =>
        [.. (await world.Store.Prices.ReadAlertsAsync("AAPL", 100, World.Stop)).Select(a => a.Alert)];

    private static async Task<OutboxRow[]> PriceRowsAsync(World world) =>
        [.. (await world.Store.ReadNewestAsync(null, 100, World.Stop)).Where(r => r.Alert.Kind == AlertKind.Price)];
}
