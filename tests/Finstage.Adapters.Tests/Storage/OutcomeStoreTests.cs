using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class OutcomeStoreTests : StoreTests
{
    // The day before the store's start has just closed.
    private static readonly int Today = (int)(Start.ToUnixTimeSeconds() / 86_400) - 1;

    private static readonly SignalOutcome Gained = new(Day(Today + 1), 11, 0.1, -0.02, 0.12);

    [Fact]
    public async Task Commit_SignalOfACandleThatHasJustClosed_HasAnEmptyOutcomeForEachHorizon()
    {
        await using var test = await OpenAsync();

        await test.CommitAsync(Commit(0, Candles(Today - 9, 10), [Signal(Today - 9), Signal(Today)]));

        var due = await test.Store.Outcomes.ReadDueAsync(long.MaxValue, 10, Stop);
        Assert.All(due, d => Assert.Equal(new LiveSignalKey("AAPL", CandleInterval.OneDay, "MA_20_BREAKOUT", Day(Today), Direction.Buy), d.Signal));
        Assert.Equal([Horizon.OneMonth, Horizon.OneWeek, Horizon.OneDay], due.Select(d => d.Horizon));
    }

    [Fact]
    public async Task ReadDue_BeforeAHorizonCanHavePassed_LeavesItOut()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(Today, 1), [Signal(Today)]));
        var close = Day(Today + 1);

        Assert.Empty(await test.Store.Outcomes.ReadDueAsync(close + (19 * 3_600), 10, Stop));
        Assert.Equal([Horizon.OneDay], (await test.Store.Outcomes.ReadDueAsync(close + (20 * 3_600), 10, Stop)).Select(d => d.Horizon));
        Assert.Equal([Horizon.OneWeek], (await test.Store.Outcomes.ReadDueAsync(close + (6 * 86_400), 1, Stop)).Select(d => d.Horizon)); // the newest first
    }

    [Fact]
    public async Task Settle_Outcomes_AreReadBackAndDueNoMore()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(Today, 1), [Signal(Today)]));
        var due = await test.Store.Outcomes.ReadDueAsync(long.MaxValue, 10, Stop);

        var filled = await SettleAsync(test, 1, (due[2], Gained), (due[1], null));

        Assert.Equal(2, filled);
        Assert.Equal([Horizon.OneMonth], (await test.Store.Outcomes.ReadDueAsync(long.MaxValue, 10, Stop)).Select(d => d.Horizon));
        var rows = await test.Store.Outcomes.ReadAsync([due[0].Signal], Stop);
        Assert.Equal([new OutcomeRow(due[0].SignalId, due[0].Signal, Horizon.OneDay, Start, Gained), new OutcomeRow(due[0].SignalId, due[0].Signal, Horizon.OneWeek, Start, null)], rows);
        var all = await test.Store.Outcomes.ReadAsync([due[0].SignalId], Stop);
        Assert.Equal([.. rows, new OutcomeRow(due[0].SignalId, due[0].Signal, Horizon.OneMonth, null, null)], all);
    }

    [Fact]
    public async Task Read_ManySignals_GivesThoseOfTheKeysAndNoneBeside()
    {
        await using var test = await OpenAsync();
        string[] symbols = ["AAPL", "MSFT", "NVDA"];
        foreach (var symbol in symbols)
        {
            await test.CommitAsync(Commit(0, Candles(Today - 1, 2), [Signal(Today), Signal(Today - 1), Signal(Today, strategy: "PSAR_FLIP")], symbol: symbol));
        }

        var due = await test.Store.Outcomes.ReadDueAsync(long.MaxValue, 100, Stop);
        foreach (var of in due.GroupBy(d => d.Signal.Symbol))
        {
            await SettleAsync(test, 1, [.. of.Where(d => d.Horizon != Horizon.OneMonth).Select(d => (d, (SignalOutcome?)Gained))]);
        }

        // Of AAPL one strategy, of MSFT all signals, and one that there is not.
        var keys = due.Select(d => d.Signal).Distinct().Where(k => k.Symbol == "MSFT" || (k.Symbol == "AAPL" && k.Strategy == "PSAR_FLIP")).ToList();
        var rows = await test.Store.Outcomes.ReadAsync([.. keys, keys[0] with { Direction = Direction.Sell }, keys[0]], Stop);

        Assert.Equal(4, keys.Count);
        Assert.Equal(
            keys.SelectMany(k => ((Horizon[])[Horizon.OneDay, Horizon.OneWeek]).Select(h => (k, h))).Order(KeyOrder),
            rows.Select(r => (r.Signal, r.Horizon)).Order(KeyOrder));
        Assert.Equal(rows.OrderBy(r => r.SignalId).ThenBy(r => r.Horizon), rows);
        var numbers = due.Select(d => d.SignalId).Distinct().ToList();
        Assert.Equal(due.Count, (await test.Store.Outcomes.ReadAsync([.. numbers, numbers[0], 1_000_000], Stop)).Count);
        Assert.Empty(await test.Store.Outcomes.ReadAsync(Array.Empty<LiveSignalKey>(), Stop));
        Assert.Empty(await test.Store.Outcomes.ReadAsync(Array.Empty<long>(), Stop));
    }

    [Fact]
    public async Task Settle_SeriesWasCorrectedMeanwhile_FillsNothing()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(Today, 1), [Signal(Today)]));
        var due = await test.Store.Outcomes.ReadDueAsync(long.MaxValue, 10, Stop);
        await test.CommitAsync(Commit(1, [Candle(Today, 12)], version: 2));

        Assert.Equal(0, await SettleAsync(test, 1, (due[2], Gained)));

        Assert.Empty(await test.Store.Outcomes.ReadAsync([due[0].Signal], Stop));
    }

    [Fact]
    public async Task Commit_Correction_EmptiesTheOutcomesThatItMayChange()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(Today, 1), [Signal(Today)]));
        await test.CommitAsync(Commit(0, Candles(Today, 1), [Signal(Today)], symbol: "MSFT"));
        var due = await test.Store.Outcomes.ReadDueAsync(long.MaxValue, 10, Stop);
        foreach (var of in due.GroupBy(d => d.Signal.Symbol))
        {
            await SettleAsync(test, 1, [.. of.Select(d => (d, (SignalOutcome?)Gained))]);
        }

        // Two months later, a candle that no outcome of that signal reaches; then its own.
        await test.CommitAsync(Commit(1, [Candle(Today + 60)]));
        await test.CommitAsync(Commit(2, [Candle(Today + 60, 5)], version: 2));
        Assert.Empty(await test.Store.Outcomes.ReadDueAsync(long.MaxValue, 10, Stop));
        await test.CommitAsync(Commit(3, [Candle(Today + 3, 5)], superseded: [KeyOf(Signal(Today))], version: 3));

        // Superseded or not: it was told, and what became of it is told too.
        Assert.Equal(["AAPL", "AAPL", "AAPL"], (await test.Store.Outcomes.ReadDueAsync(long.MaxValue, 10, Stop)).Select(d => d.Signal.Symbol));
        Assert.Equal(3, (await test.Store.Outcomes.ReadAsync([due.First(d => d.Signal.Symbol == "MSFT").Signal], Stop)).Count);
    }

    [Fact]
    public async Task Commit_SignalAgain_KeepsItsOutcomes()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(Today, 1), [Signal(Today)]));
        var due = await test.Store.Outcomes.ReadDueAsync(long.MaxValue, 10, Stop);
        await SettleAsync(test, 1, (due[2], Gained));

        await test.CommitAsync(Commit(1, Candles(Today, 1), [Signal(Today, confidence: 80)]));

        Assert.Equal(Gained, Assert.Single(await test.Store.Outcomes.ReadAsync([due[0].Signal], Stop)).Outcome);
        Assert.Equal(2, (await test.Store.Outcomes.ReadDueAsync(long.MaxValue, 10, Stop)).Count);
    }

    private static Comparer<(LiveSignalKey Key, Horizon Horizon)> KeyOrder { get; } = Comparer<(LiveSignalKey Key, Horizon Horizon)>.Create((a, b) =>
        string.CompareOrdinal($"{a.Key} {a.Horizon}", $"{b.Key} {b.Horizon}"));

    private static Task<int> SettleAsync(TestStore test, int version, params (DueOutcome Due, SignalOutcome? Outcome)[] results) =>
        test.Store.Outcomes.SettleAsync(
            new OutcomeSettlement(
                results[0].Due.Signal.Symbol, CandleInterval.OneDay, version, [.. results.Select(r => (r.Due.SignalId, r.Due.Horizon, r.Outcome))], Start),
            Stop);
}
