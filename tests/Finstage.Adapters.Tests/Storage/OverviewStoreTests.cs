using Finstage.Analysis.Candles;
using Finstage.Analysis.PriceAlerts;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class OverviewStoreTests : StoreTests
{
    [Fact]
    public async Task ReadNewestSignals_OfTwoSeries_GoesByWhatWasStoredLast()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 9), [Signal(8), Signal(9)]));
        await test.CommitAsync(Commit(0, Candles(1, 3), [Signal(2)], symbol: "MSFT"));

        var newest = await test.Store.Overview.ReadNewestSignalsAsync(2, Stop);

        Assert.Equal([("MSFT", Day(2)), ("AAPL", Day(9))], newest.Select(s => (s.Symbol, s.Signal.Time)));
    }

    [Fact]
    public async Task ReadNewestSignals_SupersededOne_IsAmongThem()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 9), [Signal(8)]));
        await test.CommitAsync(Commit(1, [], superseded: [KeyOf(Signal(8))], version: 2));

        Assert.NotNull((await test.Store.Overview.ReadNewestSignalsAsync(10, Stop)).Single().SupersededAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task ReadNewestSignals_LimitOutOfRange_IsRefused(int limit)
    {
        await using var test = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => test.Store.Overview.ReadNewestSignalsAsync(limit, Stop));
    }

    [Fact]
    public async Task ReadQuotes_AfterTwoPrices_HasTheLastOfEach()
    {
        await using var test = await OpenAsync();
        foreach (var (symbol, price) in (IEnumerable<(string, double)>)[("AAPL", 10), ("MSFT", 20), ("AAPL", 11)])
        {
            var quote = new LastQuote(price, 1_000, symbol == "AAPL" ? 9.5 : null);
            await test.Store.Prices.CommitAsync(new PriceCommit(symbol, quote, PriceAlertState.Empty, [], Audience.EveryChat, Start), Stop);
        }

        var quotes = await test.Store.Overview.ReadQuotesAsync(Stop);

        Assert.Equal(new LastQuote(11, 1_000, 9.5), quotes["AAPL"]);
        Assert.Equal(new LastQuote(20, 1_000, null), quotes["MSFT"]);
    }

    [Fact]
    public async Task ReadRecentCloses_OfSeries_HasTheLastOfEachAscending()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 9)));
        await test.CommitAsync(Commit(0, Candles(4, 1), symbol: "NEW"));
        await test.CommitAsync(Commit(0, Candles(1, 2), interval: CandleInterval.OneWeek));

        var closes = await test.Store.Overview.ReadRecentClosesAsync(CandleInterval.OneDay, 3, Stop);

        Assert.Equal(["AAPL", "NEW"], closes.Keys.Order());
        Assert.Equal(Day(9), closes["AAPL"].Time);
        Assert.Equal([17, 18, 19], closes["AAPL"].Closes);
        Assert.Equal([14], closes["NEW"].Closes);
    }
}
