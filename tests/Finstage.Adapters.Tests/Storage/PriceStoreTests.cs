using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class PriceStoreTests : StoreTests
{
    private static readonly DateOnly Session = new(2025, 3, 3);

    private static readonly Chat On = new("1", "ko", true);

    [Fact]
    public async Task Read_UnknownSymbol_IsEmpty()
    {
        await using var test = await OpenAsync();

        Assert.Equal(new PriceMemory(null, PriceAlertState.Empty, null, null), await test.Store.Prices.ReadAsync("AAPL", Stop));
    }

    [Fact]
    public async Task Commit_TheSameAlertAgain_IsToldOnce()
    {
        await using var test = await OpenAsync(On);
        var rise = Rise(1, 103);

        var first = await test.Store.Prices.CommitAsync(Commit(103, rise), Stop);
        var again = await test.Store.Prices.CommitAsync(Commit(103, rise), Stop);
        var higher = await test.Store.Prices.CommitAsync(Commit(107, rise, Rise(2, 107)), Stop);

        Assert.Equal((1, 1, 1), (first.NewAlerts, first.NewRows, first.Chats.Count));
        Assert.Equal((0, 0, 0), (again.NewAlerts, again.NewRows, again.Chats.Count));
        Assert.Equal((1, 1), (higher.NewAlerts, higher.NewRows));
        Assert.Equal([2, 1], (await test.Store.Prices.ReadAlertsAsync("AAPL", 10, Stop)).Select(r => r.Alert.Level));
        Assert.Equal(Rise(1, 103), (await test.Store.Prices.ReadAlertsAsync(null, 10, Stop))[1].Alert);
        Assert.Equal(2, (await test.Store.ReadWaitingAsync("1", 10, Stop)).Count);
    }

    [Fact]
    public async Task Commit_QuoteAndState_AreReadAsTheyWere()
    {
        await using var test = await OpenAsync();
        var state = new PriceAlertState
        {
            LastTime = 1_740_000_000, Session = Session, Version = 3, RiseLevel = 2, IsLowBroken = true, FallLevel = 4, FallLevelsTold = [3, 4],
            YearHigh = new HighMemory { Quote = new PricePoint(1_740_000_000, 110.25), Session = Session },
        };

        await test.Store.Prices.CommitAsync(Commit(103), Stop);
        await test.Store.Prices.CommitAsync(Commit(104.5) with { State = state }, Stop);

        var read = await test.Store.Prices.ReadAsync("AAPL", Stop);
        Assert.Equal(new LastQuote(104.5, 1_740_000_000, 100), read.Quote);
        Assert.Equal(state.FallLevelsTold, read.State.FallLevelsTold);
        Assert.Equal(state with { FallLevelsTold = [] }, read.State with { FallLevelsTold = [] });
    }

    [Fact]
    public async Task PutHighs_TheSameAndThenOthers_KeepsTheLast()
    {
        await using var test = await OpenAsync();
        var highs = new PriceHighs(new DatedHigh(Session.AddYears(-3), 250.5), Start, new DatedHigh(Session, 240), Session);

        await test.Store.Prices.PutHighsAsync("AAPL", highs, Stop);
        await test.Store.Prices.PutHighsAsync("AAPL", highs, Stop);
        Assert.Equal(highs, (await test.Store.Prices.ReadAsync("AAPL", Stop)).Highs);

        await test.Store.Prices.PutHighsAsync("AAPL", new PriceHighs(null, null, null, null), Stop);
        Assert.Equal(new PriceHighs(null, null, null, null), (await test.Store.Prices.ReadAsync("AAPL", Stop)).Highs);
    }

    [Fact]
    public async Task PutThresholds_SetAndTakenAway_IsReadBack()
    {
        await using var test = await OpenAsync();
        var own = new PriceThresholdOverride(Rise: 4.5, FromHigh: -12);

        await test.Store.Prices.PutThresholdsAsync("^TNX", own, Stop);
        Assert.Equal(own, (await test.Store.Prices.ReadAsync("^TNX", Stop)).Own);

        await test.Store.Prices.PutThresholdsAsync("^TNX", null, Stop);
        Assert.Null((await test.Store.Prices.ReadAsync("^TNX", Stop)).Own);
    }

    private static PriceAlert Rise(int level, double price) => new(
        PriceAlertKind.DayRise, level, Session, AlertPriority.Medium, new PricePoint(1_740_000_000 + level, price), new PricePoint(1_739_900_000, 100),
        price - 100, ChangeUnit.Percent);

    private static PriceCommit Commit(double price, params PriceAlert[] alerts) => new(
        "AAPL", new LastQuote(price, 1_740_000_000, 100), PriceAlertState.Empty,
        [.. alerts.Select(a => (a, (Alert?)Alert(a.Key("AAPL"))))], Audience.EveryChat, Start.AddSeconds(alerts.Length));
}
