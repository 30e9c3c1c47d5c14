using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;
using static Finstage.Grains.Tests.Hosts.TestSeries;
using static Finstage.Grains.Tests.Notifier.TestAlerts;

namespace Finstage.Grains.Tests.Notifier;

/// <summary>From a candle to a message, and over the ends of activations.</summary>
public sealed class NotifierGrainTests
{
    private const string ChatId = "-100";
    private static readonly Chat Korean = new(ChatId, "ko", Enabled: true);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task LiveCandle_WithHighSignal_IsToldAtOnceToEveryEnabledChat()
    {
        await using var world = await World.StartAsync([Korean, new Chat("-200", "en", true), new Chat("-300", "ko", false)]);
        var candles = EndingWith(AlertPriority.High);
        await world.Aapl().ApplyAsync(Batch(candles[..^1]));
        await world.Aapl().ApplyAsync(Batch(candles[^1..], BatchOrigin.Live));

        await Waiting.UntilAsync(() => world.Messenger.Messages.Select(m => m.Chat).Distinct().Count() == 2);

        foreach (var (chat, language) in new[] { (ChatId, "ko"), ("-200", "en") })
        {
            var row = (await world.OutboxAsync()).First(r => r.Chat == chat && r.Alert.Priority == AlertPriority.High);
            Assert.Equal(
                new Message(chat, AlertFormatter.Signal(SignalPayload.Parse(row.Alert.Payload), language, row.Id), World.Start),
                world.Messenger.Messages.First(m => m.Chat == chat));
        }

        Assert.All(world.Messenger.Messages, m => Assert.Equal(World.Start, m.At));
        Assert.DoesNotContain(world.Messenger.Messages, m => m.Chat == "-300");
    }

    [Fact]
    public async Task LiveCandle_WithMediumSignals_IsToldAtTheEndOfTheQuarterByTheClock()
    {
        await using var world = await World.StartAsync([Korean]);
        var candles = EndingWith(AlertPriority.Medium);
        await world.Aapl().ApplyAsync(Batch(candles[..^1]));
        await world.Aapl().ApplyAsync(Batch(candles[^1..], BatchOrigin.Live));

        await world.AdvanceUntilAsync(() => world.Messenger.Messages.Count > 0, TimeSpan.FromSeconds(10));

        Assert.True(world.Messenger.Messages[0].At >= World.Start + TimeSpan.FromMinutes(15));
        Assert.StartsWith("🔔 신호 모음", world.Messenger.Messages[0].Text, StringComparison.Ordinal);
        await Waiting.UntilAsync(() => AllSentAsync(world));
        Assert.Single(world.Messenger.Messages);
    }

    [Fact]
    public async Task Replay_WhenItsTimePassesAQuarter_SendsTheBatch()
    {
        await using var world = await World.StartAsync([new Chat(Chat.ConsoleId, "ko", true)]);
        await world.Store.WriteAsync(Medium("m", 86_400, stream: AlertStream.Replay));
        var notifier = world.Grains.Get<INotifierGrain>(Chat.ConsoleId);

        await notifier.WakeAsync(World.Start.AddDays(1).AddMinutes(14).ToUnixTimeSeconds());
        await Waiting.UntilAsync(async () => (await notifier.DescribeAsync()).Pending == 1);
        Assert.Empty(world.Messenger.Messages);
        await notifier.WakeAsync(World.Start.AddDays(1).AddMinutes(15).ToUnixTimeSeconds());

        await Waiting.UntilAsync(() => world.Messenger.Messages.Count == 1);
        Assert.Equal(World.Start, world.Messenger.Messages[0].At);
    }

    [Fact]
    public async Task Wake_ManyTimes_SendsOnce()
    {
        await using var world = await World.StartAsync([new Chat(Chat.ConsoleId, "ko", true)]);
        await world.Store.WriteAsync(High("a"), High("b"), High("c"));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => world.Grains.Get<INotifierGrain>(Chat.ConsoleId).WakeAsync(0)));

        await Waiting.UntilAsync(() => AllSentAsync(world));
        Assert.Equal(3, world.Messenger.Messages.Count);
    }

    [Fact]
    public async Task PutAway_WithUnsentRows_GoesOnWithTheNextBeat()
    {
        await using var world = await World.StartAsync([Korean]);
        world.Messenger.Answer = _ => new SendResult(SendOutcome.RetryLater, Error: "no route");
        await world.Store.WriteAsync(High("a"), High("b"));
        await world.Grains.Get<INotifierGrain>(ChatId).WakeAsync(0);
        await Waiting.UntilAsync(async () => (await world.Grains.Get<INotifierGrain>(ChatId).DescribeAsync()).LastError == "no route");

        await world.Cluster.PutAllAwayAsync();
        world.Messenger.Answer = null;
        var tried = world.Messenger.Messages.Count;
        await world.Cluster.BeatAsync<INotifierGrain>(ChatId, "heartbeat").OrHangAsync();
        await world.AdvanceUntilAsync(() => world.Messenger.Messages.Count == tried + 2, Second);

        await Waiting.UntilAsync(() => AllSentAsync(world));
        Assert.Equal(tried + 2, world.Messenger.Messages.Count);
    }

    [Fact]
    public async Task PutAway_ManyTimesWhileSending_LosesNothingAndRepeatsNothing()
    {
        await using var world = await World.StartAsync([new Chat(Chat.ConsoleId, "ko", true)]);
        for (var i = 0; i < 6; i++)
        {
            await world.Store.WriteAsync([.. Enumerable.Range(0, 4).Select(k => High($"{i}-{k}", 0, $"S{i}-{k}"))]);
            await world.Grains.Get<INotifierGrain>(Chat.ConsoleId).WakeAsync(0);
            await world.Cluster.PutAllAwayAsync();
        }

        await world.Grains.Get<INotifierGrain>(Chat.ConsoleId).WakeAsync(0);
        await Waiting.UntilAsync(() => AllSentAsync(world));

        // An orderly end waits for the mark of what was accepted.
        Assert.Equal(24, world.Messenger.Messages.Count);
        Assert.Equal(24, world.Messenger.Messages.Select(m => m.Number).Distinct().Count());
    }

    [Fact]
    public async Task Messenger_BreaksAfterAccepting_RepeatsThatMessageOnce()
    {
        await using var world = await World.StartAsync([new Chat(Chat.ConsoleId, "ko", true)]);
        world.Messenger.Answer = _ => world.Messenger.Messages.Count == 1 ? throw new IOException("planted: cut off") : new SendResult(SendOutcome.Sent);
        await world.Store.WriteAsync(High("a"));
        await world.Grains.Get<INotifierGrain>(Chat.ConsoleId).WakeAsync(0);
        await Waiting.UntilAsync(() => world.Messenger.Messages.Count > 0);

        await world.Cluster.PutAllAwayAsync();
        await world.Grains.Get<INotifierGrain>(Chat.ConsoleId).WakeAsync(0);

        await Waiting.UntilAsync(() => AllSentAsync(world));
        Assert.Equal(2, world.Messenger.Messages.Count);
        Assert.Equal(world.Messenger.Messages[0].Text, world.Messenger.Messages[1].Text);
    }

    [Fact]
    public async Task Heartbeat_ByTheClockAlone_BringsTheSenderBack()
    {
        await using var world = await World.StartAsync([Korean]);
        await world.Grains.Get<INotifierGrain>(ChatId).WakeAsync(0);
        await world.Cluster.PutAllAwayAsync();
        await world.Store.WriteAsync(High("a"));

        await world.AdvanceUntilAsync(() => world.Messenger.Messages.Count == 1, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Describe_AfterSending_SaysNothingWaits()
    {
        await using var world = await World.StartAsync([new Chat(Chat.ConsoleId, "ko", true)]);
        await world.Store.WriteAsync(High("a"));
        var notifier = world.Grains.Get<INotifierGrain>(Chat.ConsoleId);
        await notifier.WakeAsync(0);
        await Waiting.UntilAsync(() => AllSentAsync(world));

        await Waiting.UntilAsync(async () => (await notifier.DescribeAsync()).Pending == 0);

        Assert.Equal(new NotifierView(Chat.ConsoleId, true, 0, null), await notifier.DescribeAsync());
    }

    private static async Task<bool> AllSentAsync(World world) => (await world.OutboxAsync()).All(r => r.State == OutboxState.Sent);
}
