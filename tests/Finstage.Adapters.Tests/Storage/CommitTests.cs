using System.Data.Common;
using Finstage.Adapters.Storage;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class CommitTests : StoreTests
{
    private static readonly Chat On = new("1", "ko", Enabled: true);
    private static readonly Chat AlsoOn = new("2", "en", Enabled: true);
    private static readonly Chat Off = new("3", "ko", Enabled: false);

    [Fact]
    public async Task Commit_NewSeries_StoresEverything()
    {
        await using var test = await OpenAsync(On, AlsoOn, Off);

        var result = await test.CommitAsync(Commit(0, Candles(1, 5), [Signal(5)], alerts: [Alert("a"), Alert("b")]));

        Assert.Equal((1, 1, 4), (result.Revision, result.NewSignals, result.NewAlerts));
        Assert.Equal(["1", "2"], result.Chats);
        var series = Assert.Single(await test.Store.ReadSeriesAsync(null, Stop));
        Assert.Equal(new SeriesRow("AAPL", CandleInterval.OneDay, "csv", 1, 1, "rules-1", 5, Day(1), Day(5)), series);
        Assert.Equal(Candles(1, 5), await ReadAsync(test));
        Assert.Equal(Signal(5), Assert.Single(await test.Store.ReadSignalsAsync(new SignalQuery(), Stop)).Signal);
    }

    [Fact]
    public async Task Commit_SameContentAgain_AddsNothing()
    {
        await using var test = await OpenAsync(On);
        await test.CommitAsync(Commit(0, Candles(1, 5), [Signal(5)], alerts: [Alert("a")]));

        var again = await test.CommitAsync(Commit(1, Candles(1, 5), [Signal(5)], alerts: [Alert("a")]));

        Assert.Equal((2, 0, 0), (again.Revision, again.NewSignals, again.NewAlerts));
        Assert.Empty(again.Chats);
        Assert.Equal(5, Assert.Single(await test.Store.ReadSeriesAsync("AAPL", Stop)).Candles);
        Assert.Equal(1, test.Scalar<int>("SELECT COUNT(*) FROM signals"));
        Assert.Equal(1, await test.Store.CountWaitingAsync(Stop));
    }

    [Fact]
    public async Task Commit_OverlappingCandles_CountsAndReplacesThem()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(3, 3)));
        Candle[] later = [Candle(1), Candle(4, 99), Candle(6)];

        await test.CommitAsync(Commit(1, later, version: 2));

        var series = Assert.Single(await test.Store.ReadSeriesAsync(null, Stop));
        Assert.Equal((2, 5L, Day(1), Day(6)), (series.Version, series.Candles, series.FirstTime, series.LastTime));
        Assert.Equal(99, (await ReadAsync(test)).Single(c => c.Time == Day(4)).Close);
    }

    [Fact]
    public async Task Commit_NoCandles_LeavesTheCountsAlone()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(3, 3)));

        await test.CommitAsync(Commit(1, signals: [Signal(4)]));

        var series = Assert.Single(await test.Store.ReadSeriesAsync(null, Stop));
        Assert.Equal((2L, 3L, Day(3), Day(5)), (series.Revision, series.Candles, series.FirstTime, series.LastTime));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Commit_OtherRevision_IsAConflictAndChangesNothing(long expected)
    {
        await using var test = await OpenAsync(On);
        await test.CommitAsync(Commit(0, Candles(1, 1)));

        await Assert.ThrowsAsync<SeriesConflictException>(
            () => test.CommitAsync(Commit(expected, Candles(2, 1), [Signal(2)], alerts: [Alert("a")])));

        Assert.Single(await ReadAsync(test));
        Assert.Empty(await test.Store.ReadSignalsAsync(new SignalQuery(), Stop));
        Assert.Equal(0, await test.Store.CountWaitingAsync(Stop));
    }

    [Fact]
    public async Task Commit_RevisionForAMissingSeries_IsAConflict()
    {
        await using var test = await OpenAsync();

        await Assert.ThrowsAsync<SeriesConflictException>(() => test.CommitAsync(Commit(1, Candles(1, 1))));

        Assert.Empty(await test.Store.ReadSeriesAsync(null, Stop));
    }

    [Fact]
    public async Task Commit_ManyWritersOfOneSeries_OneOfEachRevisionWins()
    {
        await using var test = await OpenAsync();

        var attempts = await Task.WhenAll(Enumerable.Range(1, 20).Select(async day =>
        {
            try
            {
                await test.CommitAsync(Commit(0, [Candle(day)]));
                return 1;
            }
            catch (SeriesConflictException)
            {
                return 0;
            }
        }));

        Assert.Equal(1, attempts.Sum());
        Assert.Single(await ReadAsync(test));
    }

    [Fact]
    public async Task Commit_FailureInTheLastStep_LeavesNothingOfIt()
    {
        await using var test = await OpenAsync(On);
        test.RefuseAlert("b");

        await Assert.ThrowsAnyAsync<DbException>(
            () => test.CommitAsync(Commit(0, Candles(1, 3), [Signal(3)], alerts: [Alert("a"), Alert("b")])));

        Assert.Empty(await test.Store.ReadSeriesAsync(null, Stop));
        Assert.Equal(0, test.Scalar<int>("SELECT (SELECT COUNT(*) FROM candles) + (SELECT COUNT(*) FROM signals) + (SELECT COUNT(*) FROM outbox)"));
        Assert.Equal(1, (await test.CommitAsync(Commit(0, Candles(1, 3)))).Revision);
    }

    [Fact]
    public async Task Commit_SupersededSignal_IsMarkedOnceAndHidden()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 3), [Signal(2), Signal(3)]));

        await test.CommitAsync(Commit(1, superseded: [KeyOf(Signal(2))]));
        await test.CommitAsync(Commit(2, superseded: [KeyOf(Signal(2))]) with { At = Start.AddHours(1) });

        Assert.Equal(Signal(3), Assert.Single(await test.Store.ReadSignalsAsync(new SignalQuery(), Stop)).Signal);
        var all = await test.Store.ReadSignalsAsync(new SignalQuery(IncludeSuperseded: true), Stop);
        Assert.Equal(Start, all[1].SupersededAt);
        Assert.Null(all[0].SupersededAt);
    }

    [Fact]
    public async Task Commit_SignalThatFollowsAgain_IsRestoredAndNotNew()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 3), [Signal(2)]));
        await test.CommitAsync(Commit(1, superseded: [KeyOf(Signal(2))]));

        var result = await test.CommitAsync(Commit(2, signals: [Signal(2, confidence: 80)]));

        Assert.Equal(0, result.NewSignals);
        var row = Assert.Single(await test.Store.ReadSignalsAsync(new SignalQuery(), Stop));
        Assert.Equal((1L, 80, (DateTimeOffset?)null), (row.Id, row.Signal.Confidence, row.SupersededAt));
    }

    [Fact]
    public async Task Commit_SignalsThatDifferInOnePartOfTheKey_AreAllKept()
    {
        await using var test = await OpenAsync();
        Signal[] signals = [Signal(2), Signal(3), Signal(2, "OTHER"), Signal(2, direction: Direction.Sell)];

        var result = await test.CommitAsync(Commit(0, Candles(1, 3), signals));
        await test.CommitAsync(Commit(0, Candles(1, 3), signals, interval: CandleInterval.OneHour));
        await test.CommitAsync(Commit(0, Candles(1, 3), signals, symbol: "MSFT"));

        Assert.Equal(4, result.NewSignals);
        Assert.Equal(12, test.Scalar<int>("SELECT COUNT(*) FROM signals"));
    }

    [Fact]
    public async Task Commit_SameSignalTwiceInOneCommit_IsOne()
    {
        await using var test = await OpenAsync();

        var result = await test.CommitAsync(Commit(0, Candles(1, 3), [Signal(2), Signal(2, confidence: 99)]));

        Assert.Equal(1, result.NewSignals);
        Assert.Equal(99, Assert.Single(await test.Store.ReadSignalsAsync(new SignalQuery(), Stop)).Signal.Confidence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_ForTheConsoleAlone_WritesToItWhetherEnabledOrNot(bool isEnabled)
    {
        await using var test = await OpenAsync(On, new Chat(Chat.ConsoleId, "ko", isEnabled));

        var result = await test.CommitAsync(Commit(0, Candles(1, 1), alerts: [Alert("a")], audience: Audience.ConsoleOnly));

        Assert.Equal([Chat.ConsoleId], result.Chats);
        Assert.Equal(Chat.ConsoleId, Assert.Single(await test.Store.ReadNewestAsync(null, 10, Stop)).Chat);
    }

    [Fact]
    public async Task Commit_NoEnabledChat_WritesNoAlert()
    {
        await using var test = await OpenAsync(Off);

        var result = await test.CommitAsync(Commit(0, Candles(1, 1), alerts: [Alert("a")]));

        Assert.Equal(0, result.NewAlerts);
        Assert.Empty(result.Chats);
    }

    [Fact]
    public async Task Commit_AlertKnownToOneChat_IsNewForTheOtherAlone()
    {
        await using var test = await OpenAsync(On);
        await test.CommitAsync(Commit(0, Candles(1, 1), alerts: [Alert("a")]));
        await test.Store.SeedChatsAsync([AlsoOn], Stop);

        var result = await test.CommitAsync(Commit(1, alerts: [Alert("a")]));

        Assert.Equal(["2"], result.Chats);
    }

    [Fact]
    public async Task Commit_CandleThatIsNotANumber_IsRefusedWhole()
    {
        await using var test = await OpenAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => test.CommitAsync(Commit(0, [Candle(1), Candle(2, double.NaN)])));

        Assert.Empty(await test.Store.ReadSeriesAsync(null, Stop));
    }

    [Fact]
    public async Task Commit_Replacement_TakesThePlaceOfTheSeriesAlone()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 5), [Signal(2)]));
        await test.CommitAsync(Commit(0, Candles(1, 3), [Signal(2)], interval: CandleInterval.OneWeek));

        var result = await test.CommitAsync(
            Commit(1, Candles(3, 2), [Signal(4)], [KeyOf(Signal(2))], version: 2) with { IsReplacement = true, Source = "yahoo" });

        Assert.Equal(2, result.Revision);
        Assert.Equal(Candles(3, 2), await ReadAsync(test));
        var series = await test.Store.ReadSeriesAsync("AAPL", Stop);
        Assert.Equal([CandleInterval.OneDay, CandleInterval.OneWeek], series.Select(s => s.Interval));
        Assert.Equal(("yahoo", 2, 2L, Day(3), Day(4)), (series[0].Source, series[0].Version, series[0].Candles, series[0].FirstTime, series[0].LastTime));
        Assert.Equal(3, series[1].Candles);
        Assert.Equal(4, Assert.Single(await test.Store.ReadSignalsAsync(new SignalQuery(Interval: CandleInterval.OneDay), Stop)).Signal.Time / 86_400);
    }

    [Fact]
    public async Task Commit_ReplacementFails_KeepsTheSeries()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 5), [Signal(2)]));

        await Assert.ThrowsAnyAsync<Exception>(
            () => test.CommitAsync(Commit(1, [Candle(1), Candle(2, double.NaN)]) with { IsReplacement = true }));

        Assert.Equal(Candles(1, 5), await ReadAsync(test));
    }

    [Fact]
    public async Task Commit_Reopened_IsAllThere()
    {
        await using var test = await OpenAsync(On);
        await test.CommitAsync(Commit(0, Candles(1, 100), [Signal(5)], alerts: [Alert("a")]));

        await test.ReopenAsync();

        Assert.Equal(Candles(1, 100), await ReadAsync(test));
        Assert.Single(await test.Store.ReadSignalsAsync(new SignalQuery(), Stop));
        Assert.Single(await test.Store.ReadWaitingAsync("1", 10, Stop));
    }

    private static Task<Candle[]> ReadAsync(TestStore test) =>
        test.Store.ReadCandlesAsync("AAPL", CandleInterval.OneDay, long.MinValue, long.MaxValue, int.MaxValue, Stop);
}
