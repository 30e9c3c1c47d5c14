using Finstage.Analysis.Signals;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class ReportStoreTests : StoreTests
{
    private static readonly DateOnly Today = new(2025, 3, 3);

    [Fact]
    public async Task Write_TwoChats_GivesEachItsLanguageInOrder()
    {
        await using var test = await OpenAsync(new Chat("1", "ko", true), new Chat("2", "en", true), new Chat("3", "ko", false));

        var written = await test.Store.Reports.WriteAsync(Report(["가", "나", "다"], ["a", "b"]), Stop);

        Assert.True(written.IsNew);
        Assert.Equal(5, written.Messages);
        Assert.Equal(["1", "2"], written.Chats);
        Assert.Equal(["가", "나", "다"], await TextsAsync(test, "1"));
        Assert.Equal(["a", "b"], await TextsAsync(test, "2"));
        Assert.Equal(new ReportRun("daily", Today, Start, 5), await test.Store.Reports.FindAsync("daily", Today, Stop));
    }

    [Fact]
    public async Task Write_TheSameDayAgain_WritesNothing()
    {
        await using var test = await OpenAsync(new Chat("1", "ko", true));
        await test.Store.Reports.WriteAsync(Report(["가"], ["a"]), Stop);

        var again = await test.Store.Reports.WriteAsync(Report(["다른"], ["b"]) with { At = Start.AddHours(1) }, Stop);
        var next = await test.Store.Reports.WriteAsync(Report(["내일"], ["c"]) with { Day = Today.AddDays(1) }, Stop);

        Assert.Equal((false, 0), (again.IsNew, again.Messages));
        Assert.True(next.IsNew);
        Assert.Equal(["가", "내일"], await TextsAsync(test, "1"));
    }

    [Fact]
    public async Task Write_NoChat_MarksTheDayAllTheSame()
    {
        await using var test = await OpenAsync();

        Assert.Equal((true, 0), (await test.Store.Reports.WriteAsync(Report(["가"], ["a"]), Stop)) is var w ? (w.IsNew, w.Messages) : default);
        Assert.NotNull(await test.Store.Reports.FindAsync("daily", Today, Stop));
        Assert.Null(await test.Store.Reports.FindAsync("daily", Today.AddDays(-1), Stop));
    }

    [Fact]
    public async Task Write_FailsHalfway_LeavesNeitherMarkNorRow()
    {
        await using var test = await OpenAsync(new Chat("1", "ko", true), new Chat("2", "en", true));

        // The second chat's message cannot be written: the whole unit of work is given up.
        var broken = new ReportMessages("daily", Today, Start, new Dictionary<string, IReadOnlyList<string>> { ["ko"] = ["가"], ["en"] = [null!] });
        await Assert.ThrowsAnyAsync<Exception>(() => test.Store.Reports.WriteAsync(broken, Stop));

        Assert.Null(await test.Store.Reports.FindAsync("daily", Today, Stop));
        Assert.Empty(await TextsAsync(test, "1"));
    }

    [Fact]
    public async Task ReadTold_OfATime_GivesSentSignalsOnce()
    {
        await using var test = await OpenAsync(new Chat("1", "ko", true), new Chat("2", "en", true));
        await test.CommitAsync(Commit(0, [Candle(1)], alerts:
        [
            Alert("early", asOf: 900), Alert("first", asOf: 1_000), Alert("second", asOf: 1_500), Alert("waits", asOf: 1_600), Alert("late", asOf: 2_000),
        ]));
        foreach (var row in (await test.Store.ReadNewestAsync(null, 100, Stop)).Where(r => r.Alert.Key != "waits"))
        {
            await test.Store.MarkSentAsync(row.Id, 7, Start, Stop);
        }

        var told = await test.Store.Reports.ReadToldAsync(1_000, 2_000, 10, Stop);

        Assert.Equal(["second", "first"], told.Select(a => a.Key));
        Assert.Equal(("AAPL", AlertPriority.High, 1_500L, "{\"a\":1}"), (told[0].Symbol, told[0].Priority, told[0].AsOf, told[0].Payload));
        Assert.Single(await test.Store.Reports.ReadToldAsync(1_000, 2_000, 1, Stop));
        Assert.Empty(await test.Store.Reports.ReadToldAsync(5_000, 6_000, 10, Stop));
    }

    private static ReportMessages Report(string[] ko, string[] en) =>
        new("daily", Today, Start, new Dictionary<string, IReadOnlyList<string>> { ["ko"] = ko, ["en"] = en });

    private static async Task<string[]> TextsAsync(TestStore test, string chat) =>
        [.. (await test.Store.ReadWaitingAsync(chat, 100, Stop)).Select(r => ReportPayload.Parse(r.Alert.Payload).Html)];
}
