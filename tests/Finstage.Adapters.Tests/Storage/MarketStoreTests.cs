using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class MarketStoreTests : StoreTests
{
    private static readonly SymbolInfo Apple = new("AAPL", "애플", "Apple", SymbolCategory.Stock, "NASDAQ", "USD", true);
    private static readonly SymbolInfo Oil = new("CL=F", "원유 선물", "Crude Oil", SymbolCategory.Commodity, "NYMEX", "USD", false);

    [Fact]
    public async Task PutSymbols_NewOnes_AreReadInTheirOrder()
    {
        await using var test = await OpenAsync();

        await test.Store.PutSymbolsAsync([Oil, Apple], Stop);

        Assert.Equal([Oil, Apple], await test.Store.ReadSymbolsAsync(Stop));
    }

    [Fact]
    public async Task PutSymbols_KnownOne_ChangesItInItsPlace()
    {
        await using var test = await OpenAsync();
        await test.Store.PutSymbolsAsync([Oil, Apple], Stop);
        var changed = Oil with { Enabled = true, NameEn = "Oil'; DROP TABLE symbols; --" };

        await test.Store.PutSymbolsAsync([changed], Stop);

        Assert.Equal([changed, Apple], await test.Store.ReadSymbolsAsync(Stop));
    }

    [Fact]
    public async Task ReadSymbol_KnownOrNot_IsThatOneOrNull()
    {
        await using var test = await OpenAsync();
        await test.Store.PutSymbolsAsync([Oil, Apple], Stop);

        Assert.Equal(Apple, await test.Store.ReadSymbolAsync("AAPL", Stop));
        Assert.Null(await test.Store.ReadSymbolAsync("aapl", Stop));
        Assert.Null(await test.Store.ReadSymbolAsync("MSFT", Stop));
    }

    [Fact]
    public async Task ReadCandles_Range_IncludesBothEndsAscending()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 10)));

        var candles = await test.Store.ReadCandlesAsync("AAPL", CandleInterval.OneDay, Day(3), Day(6), 100, Stop);

        Assert.Equal(Candles(3, 4), candles);
    }

    [Fact]
    public async Task ReadCandles_Limit_KeepsTheNewest()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 10)));

        Assert.Equal(Candles(4, 3), await test.Store.ReadCandlesAsync("AAPL", CandleInterval.OneDay, 0, Day(6), 3, Stop));
        Assert.Empty(await test.Store.ReadCandlesAsync("AAPL", CandleInterval.OneDay, 0, Day(6), 0, Stop));
    }

    [Fact]
    public async Task ReadCandles_OtherSeries_IsNotMixedIn()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 3)));
        await test.CommitAsync(Commit(0, Candles(4, 3), symbol: "MSFT"));
        await test.CommitAsync(Commit(0, Candles(7, 3), interval: CandleInterval.OneWeek));

        Assert.Equal(Candles(4, 3), await test.Store.ReadCandlesAsync("MSFT", CandleInterval.OneDay, 0, long.MaxValue, 100, Stop));
        Assert.Empty(await test.Store.ReadCandlesAsync("NONE", CandleInterval.OneDay, 0, long.MaxValue, 100, Stop));
    }

    [Fact]
    public async Task ReadSeries_Several_AreOrderedBySymbolAndInterval()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 3), symbol: "MSFT"));
        await test.CommitAsync(Commit(0, Candles(1, 3), interval: CandleInterval.OneWeek));
        await test.CommitAsync(Commit(0, Candles(1, 3)));

        var series = await test.Store.ReadSeriesAsync(null, Stop);

        Assert.Equal(
            [("AAPL", CandleInterval.OneDay), ("AAPL", CandleInterval.OneWeek), ("MSFT", CandleInterval.OneDay)],
            series.Select(s => (s.Symbol, s.Interval)));
        Assert.Equal("MSFT", Assert.Single(await test.Store.ReadSeriesAsync("MSFT", Stop)).Symbol);
    }

    [Fact]
    public async Task ReadSignals_AnySignal_ComesBackAsItWas()
    {
        await using var test = await OpenAsync();
        var full = Signal(1) with { Figures = new Figures(1, -2.5, 1e300, 0) };
        var bare = Signal(2) with { Figures = new Figures(), Close = -37.63, Reason = "이유" };

        await test.CommitAsync(Commit(0, Candles(1, 3), [full, bare]));

        Assert.Equal([bare, full], (await test.Store.ReadSignalsAsync(new SignalQuery(), Stop)).Select(s => s.Signal));
    }

    [Fact]
    public async Task ReadSignals_Filters_AllHold()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 9), [.. Enumerable.Range(1, 9).Select(d => Signal(d)), Signal(5, "OTHER")]));
        await test.CommitAsync(Commit(0, Candles(1, 9), [Signal(5)], symbol: "MSFT"));
        await test.CommitAsync(Commit(0, Candles(1, 9), [Signal(5)], interval: CandleInterval.OneWeek));

        async Task<int> CountAsync(SignalQuery query) => (await test.Store.ReadSignalsAsync(query, Stop)).Count;

        Assert.Equal(12, await CountAsync(new SignalQuery()));
        Assert.Equal(1, await CountAsync(new SignalQuery("MSFT")));
        Assert.Equal(10, await CountAsync(new SignalQuery("AAPL", CandleInterval.OneDay)));
        Assert.Equal(1, await CountAsync(new SignalQuery("AAPL", CandleInterval.OneWeek)));
        Assert.Equal(1, await CountAsync(new SignalQuery(Strategy: "OTHER")));
        Assert.Equal(3, await CountAsync(new SignalQuery("AAPL", CandleInterval.OneDay, "MA_20_BREAKOUT", Day(3), Day(5))));
        Assert.Equal(0, await CountAsync(new SignalQuery("' OR 1=1 --")));
    }

    [Fact]
    public async Task ReadSignals_Pages_GiveEachRowOnceNewestFirst()
    {
        await using var test = await OpenAsync();
        Signal[] signals = [.. Enumerable.Range(1, 20).SelectMany(d => new[] { Signal(d), Signal(d, "B"), Signal(d, "C") })];
        await test.CommitAsync(Commit(0, Candles(1, 20), signals));
        var read = new List<SignalRow>();

        while (true)
        {
            (long, long)? before = read.Count == 0 ? null : (read[^1].Signal.Time, read[^1].Id);
            var page = await test.Store.ReadSignalsAsync(new SignalQuery(Limit: 7, Before: before), Stop);
            if (page.Count == 0)
            {
                break;
            }

            read.AddRange(page);
        }

        Assert.Equal(60, read.Select(r => r.Id).Distinct().Count());
        Assert.Equal(read.OrderByDescending(r => r.Signal.Time).ThenByDescending(r => r.Id), read);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_001)]
    public async Task ReadSignals_LimitOutOfRange_IsRefused(int limit)
    {
        await using var test = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => test.Store.ReadSignalsAsync(new SignalQuery(Limit: limit), Stop));
    }

    [Fact]
    public async Task CountSignals_OfAllAndOfOne_LeavesOutTheSuperseded()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 9), [Signal(1), Signal(2), Signal(3, "B")]));
        await test.CommitAsync(Commit(0, Candles(1, 9), [Signal(1)], symbol: "MSFT"));
        await test.CommitAsync(Commit(1, superseded: [KeyOf(Signal(1))]));

        var all = await test.Store.CountSignalsAsync(null, null, Stop);
        var one = await test.Store.CountSignalsAsync("AAPL", null, Stop);

        Assert.Equal((2, 1), (all["MA_20_BREAKOUT"], all["B"]));
        Assert.Equal((1, 1, 2), (one["MA_20_BREAKOUT"], one["B"], one.Count));
    }
}
