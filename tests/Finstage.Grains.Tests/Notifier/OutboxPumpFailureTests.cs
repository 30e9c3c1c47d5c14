using System.Globalization;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;
using static Finstage.Grains.Tests.Notifier.TestAlerts;

namespace Finstage.Grains.Tests.Notifier;

/// <content>What a chat wishes, and what it refuses.</content>
public sealed partial class OutboxPumpTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Step_EntitiesRefused_GoesOnceMoreAsPlainTextAndSaysSo()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = m => m.IsPlain
            ? new SendResult(SendOutcome.Sent, 7)
            : new SendResult(SendOutcome.Unparsable, Error: "400 can't parse entities");
        await bench.Store.WriteAsync(High("a"), High("b"));

        await bench.RunForAsync(Minute);

        Assert.Equal([false, true, false, true], bench.Messages.Select(m => m.IsPlain));
        Assert.All(await bench.RowsAsync(), r => Assert.Equal(
            (OutboxState.Sent, "Sent as plain text: 400 can't parse entities"), (r.State, r.LastError)));
    }

    [Fact]
    public async Task Step_PlainTextRefusedToo_IsGivenUp()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = _ => new SendResult(SendOutcome.Unparsable, Error: "400 can't parse entities");
        await bench.Store.WriteAsync(High("a"));

        await bench.RunForAsync(Minute);

        Assert.Equal(2, bench.Messages.Count);
        Assert.Equal(OutboxState.Failed, Assert.Single(await bench.RowsAsync()).State);
    }

    [Fact]
    public async Task Step_ChatClosed_IsSwitchedOffAndKeepsItsRowsForADay()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = _ => new SendResult(SendOutcome.ChatClosed, Error: "403 Forbidden: bot was blocked by the user");
        await bench.Store.WriteAsync(High("a"), Medium("m"));

        await bench.RunForAsync(TimeSpan.FromHours(23));

        var chat = await bench.Store.Chats.FindAsync(ChatId, World.Stop);
        Assert.Equal((false, "403 Forbidden: bot was blocked by the user"), (chat!.Enabled, chat.Fault));
        Assert.Single(bench.Messages);
        Assert.All(await bench.RowsAsync(), r => Assert.Equal(OutboxState.Waiting, r.State));
        await bench.RunForAsync(TimeSpan.FromHours(2));
        Assert.All(await bench.RowsAsync(), r => Assert.Equal(
            (OutboxState.Failed, "The chat is switched off: 403 Forbidden: bot was blocked by the user"), (r.State, r.LastError)));
    }

    [Fact]
    public async Task Step_ChatSwitchedOnAgain_TellsWhatWaited()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = _ => bench.Messages.Count == 1 ? new SendResult(SendOutcome.ChatClosed, Error: "403") : new SendResult(SendOutcome.Sent);
        await bench.Store.WriteAsync(High("a"));
        await bench.RunForAsync(Minute);

        await bench.Store.Chats.ChangeAsync(ChatId, c => c with { Enabled = true, Fault = null }, World.Stop);
        await bench.RunForAsync(Minute);

        Assert.Equal(OutboxState.Sent, Assert.Single(await bench.RowsAsync()).State);
    }

    [Fact]
    public async Task Step_ChatMoved_ReaddressesItsRowsAndWakesTheNewOne()
    {
        await using var bench = await Bench.OpenAsync(Korean with { Language = "en" });
        bench.Messenger.Answer = m => m.Chat == ChatId ? new SendResult(SendOutcome.Moved, Error: "400", MovedTo: "-1005") : new SendResult(SendOutcome.Sent);
        await bench.Store.WriteAsync(High("a"), Medium("m", -900));

        await bench.RunForAsync(Minute);
        Assert.Equal(["-1005"], bench.MovedTo);
        await bench.RunForAsync(Minute, bench.Pump("-1005"));

        Assert.Equal([ChatId, "-1005", "-1005"], bench.Messages.Select(m => m.Chat));
        Assert.All(await bench.RowsAsync(), r => Assert.Equal((OutboxState.Sent, "-1005"), (r.State, r.Chat)));
        Assert.Equal("en", (await bench.Store.Chats.FindAsync("-1005", World.Stop))!.Language);

        // The settings still name the old id: it stays the same chat.
        await bench.Store.SeedChatsAsync([Korean with { Language = "en" }], World.Stop);
        Assert.Equal([(ChatId, false), ("-1005", true)], (await bench.Store.ReadChatsAsync(World.Stop)).Select(c => (c.Id, c.Enabled)));
    }

    [Fact]
    public async Task Step_ReceiverFailsForADay_GivesUpWhatIsOlderAndKeepsTheRest()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = _ => new SendResult(SendOutcome.RetryLater, Error: "502 Bad Gateway");
        await bench.Store.WriteAsync(Medium("old"), Medium("old2"));
        await bench.RunForAsync(TimeSpan.FromHours(12));
        await bench.Store.WriteAtAsync(bench.Time.GetUtcNow(), Medium("new", 12 * 3_600));

        await bench.RunForAsync(TimeSpan.FromHours(13));

        var rows = await bench.RowsAsync();
        Assert.All(rows.Where(r => r.Alert.Key is "old" or "old2"), r => Assert.Equal(
            (OutboxState.Failed, "Given up after 24 h: 502 Bad Gateway"), (r.State, r.LastError)));
        Assert.NotEqual(OutboxState.Failed, rows.Single(r => r.Alert.Key == "new").State);
        bench.Messenger.Answer = null;
        await bench.RunForAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(OutboxState.Sent, (await bench.RowsAsync()).Single(r => r.Alert.Key == "new").State);
    }

    [Fact]
    public async Task Step_HighAlertThatCouldNotBeSent_JoinsADigestAfterHalfAnHour()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = _ => new SendResult(SendOutcome.RetryLater, Error: "no route");
        await bench.Store.WriteAsync(High("a"), High("b", 0, "MSFT"), Medium("m"));
        await bench.RunForAsync(TimeSpan.FromMinutes(29));
        Assert.DoesNotContain(await bench.RowsAsync(), r => r.Alert.Kind == AlertKind.Batch && r.Alert.Key != "batch:3");
        await bench.RunForAsync(TimeSpan.FromMinutes(10));
        bench.Messenger.Answer = null;
        var tried = bench.Messages.Count;

        await bench.RunForAsync(TimeSpan.FromMinutes(6));

        Assert.All(await bench.RowsAsync(), r => Assert.Equal(OutboxState.Sent, r.State));
        var told = string.Concat(bench.Messages.Skip(tried).Select(m => m.Text));
        Assert.Contains("AAPL 1건, MSFT 1건", told, StringComparison.Ordinal);
        Assert.InRange(bench.Messages.Count - tried, 1, 2);
    }

    [Fact]
    public async Task Step_QuietHours_HoldEverythingUntilTheyEnd()
    {
        // 15:00 UTC is midnight in Seoul.
        var quiet = new QuietHours(new TimeOnly(23, 0), new TimeOnly(7, 30), "Asia/Seoul");
        await using var bench = await Bench.OpenAsync(Korean with { Wishes = ChatWishes.Everything with { Quiet = quiet } });
        await bench.Store.WriteAsync(High("a"), Medium("m1"), Medium("m2", 3_600), High("b", 7 * 3_600, "MSFT"));

        await bench.RunForAsync(TimeSpan.FromHours(7.5) - Second);
        Assert.Empty(bench.Messages);
        await bench.RunForAsync(Minute);

        Assert.Equal(World.Start + TimeSpan.FromHours(7.5), bench.Messages[0].At);
        Assert.Single(bench.Messages);
        Assert.StartsWith("🔔 신호 모음 (4건)\n🚨 한도 초과 또는 지연된 중요 신호: AAPL 1건, MSFT 1건\n", bench.Messages[0].Text, StringComparison.Ordinal);
        Assert.All(await bench.RowsAsync(), r => Assert.Equal(OutboxState.Sent, r.State));
    }

    [Fact]
    public async Task Step_WhatTheChatDoesNotWish_IsMarkedSoAndNotTold()
    {
        var wishes = new ChatWishes(AlertPriority.High, ["aapl", "MSFT"], null, null);
        await using var bench = await Bench.OpenAsync(Korean with { Wishes = wishes }, new Chat("-200", "ko", true));
        await bench.Store.Chats.MuteAsync(null, "MSFT", World.Start + TimeSpan.FromHours(1), World.Stop);
        await bench.Store.Chats.MuteAsync("-200", "AAPL", World.Start + TimeSpan.FromHours(1), World.Stop);
        await bench.Store.WriteAsync(High("a"), Medium("m"), High("msft", 0, "MSFT"), High("tsla", 0, "TSLA"));

        await bench.RunForAsync(TimeSpan.FromMinutes(30));

        Assert.Single(bench.Messages);
        Assert.Equal(
            [
                ("a", OutboxState.Sent, null),
                ("m", OutboxState.Suppressed, "Its priority is below the chat's, HIGH."),
                ("msft", OutboxState.Suppressed, "MSFT is muted until 2026-03-02 16:00 UTC."),
                ("tsla", OutboxState.Suppressed, "TSLA is not among the chat's symbols."),
            ],
            (await bench.RowsAsync()).Where(r => r.Chat == ChatId).Select(r => (r.Alert.Key, r.State, r.LastError)));
    }

    [Fact]
    public async Task Step_ChatMuted_LeavesOutAlertsAndTellsWhatComesAfter()
    {
        var wishes = ChatWishes.Everything with { MutedUntil = World.Start + TimeSpan.FromHours(1) };
        await using var bench = await Bench.OpenAsync(Korean with { Wishes = wishes });
        await bench.Store.WriteAsync(High("a"));
        await bench.RunForAsync(TimeSpan.FromHours(1));

        await bench.Store.WriteAtAsync(bench.Time.GetUtcNow(), High("b", 3_600));
        await bench.RunForAsync(Minute);

        Assert.Equal(["b"], await bench.KeysAsync(r => r.State == OutboxState.Sent));
        Assert.Equal(["a"], await bench.KeysAsync(r => r.State == OutboxState.Suppressed));
    }

    [Fact]
    public async Task Step_Group_GetsNoMoreThanTwentyAMinute()
    {
        await using var bench = await Bench.OpenAsync();
        await bench.Store.WriteAsync([.. Enumerable.Range(0, 50).Select(i => High($"h{i}", 0, $"S{i}"))]);

        await bench.RunForAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(50, bench.Messages.Count);
        Assert.All(bench.Messages, m => Assert.InRange(bench.Messages.Count(o => o.At > m.At - Minute && o.At <= m.At), 1, 20));
        var ids = bench.Messages.Select(m => long.Parse(m.Number, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public async Task Step_ReportTooLongForOneMessage_GoesInPartsThatAreWhole()
    {
        await using var bench = await Bench.OpenAsync();
        var html = string.Join('\n', Enumerable.Range(0, 300).Select(i => $"<b>line {i}</b> &lt;of many&gt;"));
        var report = High("r") with
        {
            Kind = AlertKind.Report, Delivery = AlertDelivery.Alone, Payload = new Finstage.Grains.Notifier.ReportPayload(html).ToJson(),
        };
        await bench.Store.WriteAsync(report);
        bench.Messenger.Answer = _ => bench.Messages.Count == 2 ? new SendResult(SendOutcome.RetryLater, Error: "502") : new SendResult(SendOutcome.Sent);

        await bench.RunForAsync(Minute);

        Assert.Equal(OutboxState.Sent, Assert.Single(await bench.RowsAsync()).State);
        var accepted = bench.Messages.Where((_, i) => i != 1).ToArray();
        Assert.Equal(bench.Messages[1].Text, accepted[1].Text);
        Assert.All(accepted, m => Assert.InRange(m.Text.Length, 1, 4_096));
        Assert.Equal($"{html}\n#{(await bench.RowsAsync())[0].Id}", string.Join('\n', accepted.Select(m => m.Text)));
    }
}
