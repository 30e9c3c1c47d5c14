using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class OutboxTests : StoreTests
{
    private static readonly Chat Chat = new("-100", "ko", Enabled: true);

    [Fact]
    public async Task SeedChats_OverKnownOnes_MakesThemWhatTheSettingsSay()
    {
        await using var test = await OpenAsync(Chat, new Chat("5", "ko", true));

        await test.Store.SeedChatsAsync([new Chat("-100", "en", true), new Chat("7", "en", true)], Stop);

        Assert.Equal(
            [new Chat("-100", "en", true), new Chat("5", "ko", false), new Chat("7", "en", true)], await test.Store.ReadChatsAsync(Stop));
    }

    [Fact]
    public async Task SeedChats_WhatPeopleChose_StaysUntilTheSettingsChange()
    {
        var seed = Chat with { Wishes = new ChatWishes(AlertPriority.High, ["AAPL"], null, null) };
        var chosen = new ChatWishes(AlertPriority.Medium, [], new QuietHours(new TimeOnly(23, 0), new TimeOnly(7, 0), "Asia/Seoul"), Start.AddHours(1));
        await using var test = await OpenAsync(seed);
        await test.Store.Chats.ChangeAsync("-100", c => c with { Language = "en", Wishes = chosen, Enabled = false, Fault = "403" }, Stop);

        await test.Store.SeedChatsAsync([seed], Stop);

        var kept = await test.Store.Chats.FindAsync("-100", Stop);
        Assert.Equal((true, null, "en"), (kept!.Enabled, kept.Fault, kept.Language));
        Assert.Equal(chosen, kept.Wishes);
        await test.Store.SeedChatsAsync([Chat], Stop);
        Assert.Equal(Chat, await test.Store.Chats.FindAsync("-100", Stop));
    }

    [Fact]
    public async Task Move_ChatWithBatchesAndMutes_TakesThemAlongOnce()
    {
        await using var test = await OpenAsync(Chat, new Chat("-1005", "en", true));
        var ids = await WriteAsync(test, Alert("a"), Alert("b"), Alert("c"));
        var old = (await test.Store.ReadNewestAsync("-100", 10, Stop)).Select(r => r.Id).Order().ToArray();
        await test.Store.MarkSentAsync(old[0], 1, Start, Stop);
        await test.Store.Chats.MuteAsync("-100", "AAPL", Start.AddHours(1), Stop);
        await test.Store.Chats.MuteAsync(null, "MSFT", SymbolMute.Forever, Stop);

        await test.Store.Chats.MoveAsync("-100", "-1005", Start, Stop);
        await test.Store.Chats.MoveAsync("-100", "-1005", Start, Stop);

        Assert.NotEmpty(ids);
        var rows = await test.Store.ReadNewestAsync(null, 100, Stop);
        Assert.All(rows.Where(r => r.Chat == "-100"), r => Assert.True(r.State is OutboxState.Sent or OutboxState.Failed));
        Assert.Equal(3, rows.Count(r => r is { Chat: "-1005", State: OutboxState.Waiting }));
        Assert.Equal([(null, "MSFT"), ("-1005", "AAPL")], (await test.Store.Chats.ReadMutesAsync("-1005", Start, Stop)).Select(m => (m.Chat, m.Symbol)));
        Assert.Equal("-1005", (await test.Store.Chats.FindAsync("-100", Stop))!.MovedTo);
    }

    [Fact]
    public async Task Mute_SetAgainAndTakenBack_IsWhatWasSaidLast()
    {
        await using var test = await OpenAsync(Chat);
        await test.Store.Chats.MuteAsync("-100", "AAPL", Start.AddHours(1), Stop);
        await test.Store.Chats.MuteAsync("-100", "AAPL", Start.AddHours(2), Stop);
        await test.Store.Chats.MuteAsync("5", "AAPL", Start.AddHours(3), Stop);

        Assert.Equal([new SymbolMute("-100", "AAPL", Start.AddHours(2))], await test.Store.Chats.ReadMutesAsync("-100", Start, Stop));
        Assert.Empty(await test.Store.Chats.ReadMutesAsync("-100", Start.AddHours(2), Stop));
        await test.Store.Chats.MuteAsync("-100", "AAPL", null, Stop);
        Assert.Equal(["5"], (await test.Store.Chats.ReadMutesAsync(null, Start, Stop)).Select(m => m.Chat));
    }

    [Fact]
    public async Task CloseBatch_MembersThatFailedBefore_HandTheirWaitOn()
    {
        await using var test = await OpenAsync(Chat);
        var ids = await WriteAsync(test, Alert("a"), Alert("b"));
        await test.Store.MarkRetryAsync(ids[0], "502", Start.AddMinutes(4), Stop);

        var batch = await test.Store.CloseBatchAsync("-100", AlertStream.Live, 0, ids, Start, Stop);

        var row = (await test.Store.ReadWaitingAsync("-100", 10, Stop)).Single();
        Assert.Equal((batch, 1, (DateTimeOffset?)Start.AddMinutes(4), "502"), (row.Id, row.Attempts, row.NextAttempt, row.LastError));
    }

    [Fact]
    public async Task Expire_RowsOfLongAgo_AreGivenUpWithTheirMembers()
    {
        await using var test = await OpenAsync(Chat);
        var ids = await WriteAsync(test, Alert("a"), Alert("b"), Alert("c"));
        await test.Store.CloseBatchAsync("-100", AlertStream.Live, 0, ids[..2], Start, Stop);

        Assert.Equal(0, await test.Store.ExpireAsync("-100", Start, "too old", Start, Stop));
        Assert.Equal(2, await test.Store.ExpireAsync("-100", Start.AddSeconds(1), "too old", Start, Stop));

        Assert.All(await test.Store.ReadNewestAsync(null, 10, Stop), r => Assert.Equal((OutboxState.Failed, "too old"), (r.State, r.LastError)));
    }

    [Fact]
    public async Task ReadWaiting_SeveralRows_AreInTheOrderTheyWereWritten()
    {
        await using var test = await OpenAsync(Chat, new Chat("other", "ko", true));
        await WriteAsync(test, Alert("a"), Alert("b"), Alert("c"));

        var rows = await test.Store.ReadWaitingAsync("-100", 2, Stop);

        Assert.Equal(["a", "b"], rows.Select(r => r.Alert.Key));
        Assert.Equal(
            new OutboxRow(rows[0].Id, "-100", Alert("a"), OutboxState.Waiting, null, 0, null, null, Start, null), rows[0]);
        Assert.Equal(6, await test.Store.CountWaitingAsync(Stop));
    }

    [Fact]
    public async Task ReadWaiting_BacklogOfMediumRows_GivesHighOnesFirst()
    {
        await using var test = await OpenAsync(Chat);
        await WriteAsync(
            test, Alert("m1") with { Priority = AlertPriority.Medium }, Alert("m2") with { Priority = AlertPriority.Medium }, Alert("h1"), Alert("h2"));

        var rows = await test.Store.ReadWaitingAsync("-100", 3, Stop);

        Assert.Equal(["h1", "h2", "m1"], rows.Select(r => r.Alert.Key));
    }

    [Fact]
    public async Task ReadNewest_OfAllAndOfOneChat_IsNewestFirst()
    {
        await using var test = await OpenAsync(Chat, new Chat("other", "ko", true));
        await WriteAsync(test, Alert("a"), Alert("b"));

        Assert.Equal(["b", "a"], (await test.Store.ReadNewestAsync("-100", 10, Stop)).Select(r => r.Alert.Key));
        Assert.Equal(["other", "other", "-100"], (await test.Store.ReadNewestAsync(null, 3, Stop)).Select(r => r.Chat));
    }

    [Fact]
    public async Task ReadBefore_InOneState_LeavesOutTheOthers()
    {
        await using var test = await OpenAsync(Chat, new Chat("other", "ko", true));
        var ids = await WriteAsync(test, Alert("a"), Alert("b"), Alert("c"));
        await test.Store.MarkSentAsync(ids[0], 1, Start, Stop);
        await test.Store.MarkFailedAsync(ids[1], "too long", Start, Stop);

        Assert.Equal(["a"], await KeysAsync(null, OutboxState.Sent));
        Assert.Equal(["b"], await KeysAsync("-100", OutboxState.Failed));
        Assert.Empty(await KeysAsync("other", OutboxState.Failed));
        Assert.Equal(["c"], await KeysAsync("-100", OutboxState.Waiting));
        Assert.Equal(["c", "b", "a", "c"], await KeysAsync(null, OutboxState.Waiting));
        Assert.Equal(["b", "a"], (await test.Store.ReadBeforeAsync("-100", null, ids[2], 10, Stop)).Select(r => r.Alert.Key));

        async Task<IEnumerable<string>> KeysAsync(string? chat, OutboxState state) =>
            (await test.Store.ReadBeforeAsync(chat, state, long.MaxValue, 10, Stop)).Select(r => r.Alert.Key);
    }

    [Fact]
    public async Task MarkSent_WaitingRow_IsSentOnce()
    {
        await using var test = await OpenAsync(Chat);
        var id = (await WriteAsync(test, Alert("a")))[0];
        await test.Store.MarkRetryAsync(id, "later", Start.AddSeconds(5), Stop);

        await test.Store.MarkSentAsync(id, 99, Start, Stop);
        await test.Store.MarkSentAsync(id, 100, Start.AddDays(1), Stop);

        var row = Assert.Single(await test.Store.ReadNewestAsync(null, 10, Stop));
        Assert.Equal((OutboxState.Sent, 1, null, null, (DateTimeOffset?)Start), (row.State, row.Attempts, row.NextAttempt, row.LastError, row.SentAt));
        Assert.Equal(99, test.Scalar<int>("SELECT message_id FROM outbox"));
        Assert.Empty(await test.Store.ReadWaitingAsync("-100", 10, Stop));
    }

    [Fact]
    public async Task MarkRetry_WaitingRow_WaitsOnWithItsError()
    {
        await using var test = await OpenAsync(Chat);
        var id = (await WriteAsync(test, Alert("a")))[0];

        await test.Store.MarkRetryAsync(id, "first", Start, Stop);
        await test.Store.MarkRetryAsync(id, new string('x', 5_000), Start.AddSeconds(5), Stop);

        var row = Assert.Single(await test.Store.ReadWaitingAsync("-100", 10, Stop));
        Assert.Equal((2, (DateTimeOffset?)Start.AddSeconds(5), 500), (row.Attempts, row.NextAttempt, row.LastError?.Length));
    }

    [Fact]
    public async Task MarkFailed_WaitingRow_IsGivenUpForGood()
    {
        await using var test = await OpenAsync(Chat);
        var id = (await WriteAsync(test, Alert("a")))[0];

        await test.Store.MarkFailedAsync(id, "blocked", Start, Stop);
        await test.Store.MarkRetryAsync(id, "again", Start, Stop);
        await test.Store.MarkSentAsync(id, 1, Start, Stop);

        var row = Assert.Single(await test.Store.ReadNewestAsync(null, 10, Stop));
        Assert.Equal((OutboxState.Failed, 1, "blocked", null), (row.State, row.Attempts, row.LastError, row.SentAt));
    }

    [Fact]
    public async Task CloseBatch_WaitingRows_BecomeItsMembers()
    {
        await using var test = await OpenAsync(Chat);
        var ids = await WriteAsync(test, Alert("a"), Alert("b"), Alert("c"));

        var batch = await test.Store.CloseBatchAsync("-100", AlertStream.Live, 2_000, ids[..2], Start, Stop);

        var waiting = await test.Store.ReadWaitingAsync("-100", 10, Stop);
        Assert.Equal([ids[2], batch!.Value], waiting.Select(r => r.Id));
        Assert.Equal((AlertKind.Batch, AlertDelivery.Alone, 2_000L), (waiting[1].Alert.Kind, waiting[1].Alert.Delivery, waiting[1].Alert.AsOf));
        var members = await test.Store.ReadBatchAsync(batch.Value, Stop);
        Assert.Equal(["a", "b"], members.Select(m => m.Alert.Key));
        Assert.All(members, m => Assert.Equal((OutboxState.InBatch, batch), (m.State, m.BatchId)));
    }

    [Fact]
    public async Task CloseBatch_RowsThatNoLongerWait_AreLeftOut()
    {
        await using var test = await OpenAsync(Chat, new Chat("other", "ko", true));
        var ids = await WriteAsync(test, Alert("a"), Alert("b"), Alert("c"));
        var others = (await test.Store.ReadWaitingAsync("other", 1, Stop))[0].Id;
        await test.Store.MarkSentAsync(ids[0], 1, Start, Stop);
        var first = await test.Store.CloseBatchAsync("-100", AlertStream.Live, 1, [ids[1]], Start, Stop);

        var second = await test.Store.CloseBatchAsync("-100", AlertStream.Live, 2, [.. ids, first!.Value, others, 777], Start, Stop);
        var third = await test.Store.CloseBatchAsync("-100", AlertStream.Live, 3, ids, Start, Stop);

        Assert.Equal(ids[2], Assert.Single(await test.Store.ReadBatchAsync(second!.Value, Stop)).Id);
        Assert.Null(third);
        Assert.Null(await test.Store.CloseBatchAsync("-100", AlertStream.Live, 4, [], Start, Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MarkBatch_SentOrFailed_TakesItsMembersAlong(bool isSent)
    {
        await using var test = await OpenAsync(Chat);
        var ids = await WriteAsync(test, Alert("a"), Alert("b"), Alert("c"));
        var batch = await test.Store.CloseBatchAsync("-100", AlertStream.Live, 2_000, ids[..2], Start, Stop);

        await (isSent
            ? test.Store.MarkSentAsync(batch!.Value, 5, Start, Stop)
            : test.Store.MarkFailedAsync(batch!.Value, "no", Start, Stop));

        var expected = isSent ? OutboxState.Sent : OutboxState.Failed;
        Assert.All(await test.Store.ReadBatchAsync(batch.Value, Stop), m => Assert.Equal(expected, m.State));
        Assert.Equal("c", Assert.Single(await test.Store.ReadWaitingAsync("-100", 10, Stop)).Alert.Key);
    }

    [Fact]
    public async Task Route_WaitingRow_IsDecided()
    {
        await using var test = await OpenAsync(Chat);
        var ids = await WriteAsync(test, Alert("a"), Alert("b"));
        await test.Store.MarkSentAsync(ids[1], 1, Start, Stop);

        await test.Store.RouteAsync([new(ids[0], AlertDelivery.Batch, 900), new(ids[1], AlertDelivery.Batch, 900)], Stop);

        var rows = await test.Store.ReadNewestAsync(null, 10, Stop);
        Assert.Equal((AlertDelivery.Batch, 900), (rows[1].Alert.Delivery, rows[1].Alert.DueAt));
        Assert.Equal((AlertDelivery.Undecided, 1_000), (rows[0].Alert.Delivery, rows[0].Alert.DueAt));
    }

    [Fact]
    public async Task CountAlone_RowsOfAnHour_CountsThoseSentOrChosenInTheStream()
    {
        await using var test = await OpenAsync(Chat, new Chat("other", "ko", true));
        var ids = await WriteAsync(
            test,
            Alert("at-from", asOf: 1_000, delivery: AlertDelivery.Alone),
            Alert("inside", asOf: 1_001, delivery: AlertDelivery.Alone),
            Alert("at-to", asOf: 2_000, delivery: AlertDelivery.Alone),
            Alert("after", asOf: 2_001, delivery: AlertDelivery.Alone),
            Alert("undecided", asOf: 1_500),
            Alert("batch", asOf: 1_500, delivery: AlertDelivery.Batch),
            Alert("failed", asOf: 1_500, delivery: AlertDelivery.Alone),
            Alert("replay", asOf: 1_500, delivery: AlertDelivery.Alone) with { Stream = AlertStream.Replay },
            Alert("other symbol", "MSFT", 1_500, AlertDelivery.Alone));
        await test.Store.MarkSentAsync(ids[1], 1, Start, Stop);
        await test.Store.MarkFailedAsync(ids[6], "no", Start, Stop);

        Assert.Equal(2, await test.Store.CountAloneAsync("-100", "AAPL", AlertStream.Live, 1_000, 2_000, Stop));
        Assert.Equal(1, await test.Store.CountAloneAsync("-100", "AAPL", AlertStream.Replay, 1_000, 2_000, Stop));
        Assert.Equal(0, await test.Store.CountAloneAsync("nobody", "AAPL", AlertStream.Live, 1_000, 2_000, Stop));
    }

    /// <summary>Writes alerts to every chat and returns the numbers of the first chat's rows.</summary>
    private static async Task<long[]> WriteAsync(TestStore test, params Alert[] alerts)
    {
        await test.CommitAsync(Commit(0, Candles(1, 1), alerts: alerts));
        return [.. (await test.Store.ReadWaitingAsync("-100", 100, Stop)).Select(r => r.Id)];
    }
}
