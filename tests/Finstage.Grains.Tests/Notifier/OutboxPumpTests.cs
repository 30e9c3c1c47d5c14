using Finstage.Analysis.Signals;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;
using Microsoft.Extensions.Logging.Abstractions;
using static Finstage.Grains.Tests.Notifier.TestAlerts;

namespace Finstage.Grains.Tests.Notifier;

/// <summary>One chat's sender, step by step under fake time.</summary>
public sealed partial class OutboxPumpTests
{
    private const string ChatId = "-100";
    private static readonly Chat Korean = new(ChatId, "ko", Enabled: true);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task Step_NothingWaits_RestsAMinute()
    {
        await using var bench = await Bench.OpenAsync();

        Assert.Equal(TimeSpan.FromMinutes(1), await bench.DrainAsync());

        Assert.Empty(bench.Messages);
    }

    [Fact]
    public async Task Step_HighAlert_GoesAtOnceInTheChatsLanguage()
    {
        await using var bench = await Bench.OpenAsync(Korean with { Language = "en" });
        var alert = High("a");
        await bench.Store.WriteAsync(alert);

        await bench.DrainAsync();

        var row = Assert.Single(await bench.RowsAsync());
        Assert.Equal((OutboxState.Sent, (DateTimeOffset?)World.Start), (row.State, row.SentAt));
        Assert.Equal(
            new Message(ChatId, AlertFormatter.Signal(SignalPayload.Parse(alert.Payload), "en", row.Id), World.Start),
            Assert.Single(bench.Messages));
    }

    [Fact]
    public async Task Step_MediumAlerts_GoInOneMessageAtTheEndOfTheirQuarter()
    {
        await using var bench = await Bench.OpenAsync();
        await bench.Store.WriteAsync(Medium("a", 10), Medium("b", 20, "MSFT"), Medium("c", 899, "TSLA"), Medium("d", 900));

        await bench.RunForAsync(Quarter - Second);
        Assert.Empty(bench.Messages);
        await bench.RunForAsync(Second);

        var rows = await bench.RowsAsync();
        var message = Assert.Single(bench.Messages);
        var members = rows.Where(r => r.Alert.Key is "a" or "b" or "c").ToArray();
        Assert.Equal(AlertFormatter.Batch(members, "ko", members[0].BatchId!.Value), message.Text);
        Assert.All(members, m => Assert.Equal(OutboxState.Sent, m.State));
        Assert.Equal(World.Start + Quarter, message.At);
        await bench.RunForAsync(Quarter);
        Assert.Equal(World.Start + (2 * Quarter), bench.Messages[1].At);
        Assert.Equal(2, bench.Messages.Count);
    }

    [Fact]
    public async Task Step_FourthHighOfASymbolWithinAnHour_JoinsTheBatch()
    {
        await using var bench = await Bench.OpenAsync();
        await bench.Store.WriteAsync(
            High("a", 0), High("b", 60), High("c", 120), High("d", 180), High("other", 180, "MSFT"), High("e", 3_599), High("f", 3_600));

        await bench.RunForAsync(TimeSpan.FromMinutes(2));

        // An hour after the first there is room for one again.
        Assert.Equal(["a", "b", "c", "other", "f"], await bench.KeysAsync(r => r.Alert.Delivery == AlertDelivery.Alone && r.State == OutboxState.Sent));
        Assert.Equal(["d", "e"], await bench.KeysAsync(r => r.Alert.Delivery == AlertDelivery.Batch));
        await bench.RunForAsync(TimeSpan.FromHours(2));
        Assert.All(await bench.RowsAsync(), r => Assert.Equal(OutboxState.Sent, r.State));
        Assert.Equal([World.Start + Quarter, World.Start + TimeSpan.FromHours(1)], bench.Messages.Skip(5).Select(m => m.At));
    }

    [Fact]
    public async Task Step_SymbolsCap_CountsEachChatByItself()
    {
        await using var bench = await Bench.OpenAsync(Korean, new Chat("-200", "ko", true));
        await bench.Store.WriteAsync(High("a"), High("b"), High("c"), High("d"));

        await bench.RunForAsync(TimeSpan.FromMinutes(1));
        await bench.RunForAsync(TimeSpan.FromMinutes(1), bench.Pump("-200"));

        Assert.Equal(3, bench.Messages.Count(m => m.Chat == ChatId));
        Assert.Equal(3, bench.Messages.Count(m => m.Chat == "-200"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Step_RandomHighAlerts_NeverMoreThanThreeAnHourAndEachToldOnce(int seed)
    {
        await using var bench = await Bench.OpenAsync(new Chat(Chat.ConsoleId, "ko", true));
        var random = new Random(seed);
        var pump = bench.Pump(Chat.ConsoleId);
        for (var i = 0; i < 40; i++)
        {
            // Not in order of their time: an hour's candle and a minute's come as they come.
            await bench.Store.WriteAsync(High($"k{i}", random.Next(4 * 3_600), stream: AlertStream.Replay));
            await bench.DrainAsync(pump);
        }

        pump.Wake(World.Start.AddDays(1).ToUnixTimeSeconds());
        await bench.DrainAsync(pump);

        var rows = await bench.RowsAsync();
        Assert.All(rows, r => Assert.Equal(OutboxState.Sent, r.State));
        var alone = rows.Where(r => r.Alert.Delivery == AlertDelivery.Alone && r.Alert.Kind == AlertKind.Signal).ToArray();
        Assert.True(alone.Length > 6);
        Assert.All(alone, r => Assert.InRange(
            alone.Count(other => other.Alert.AsOf > r.Alert.AsOf - 3_600 && other.Alert.AsOf <= r.Alert.AsOf), 1, 3));
        Assert.Equal(alone.Length + rows.Count(r => r.Alert.Kind == AlertKind.Batch), bench.Messages.Count);
    }

    [Fact]
    public async Task Step_Replay_FollowsTheReplayedTimeAndNotTheClock()
    {
        await using var bench = await Bench.OpenAsync(new Chat(Chat.ConsoleId, "ko", true));
        var pump = bench.Pump(Chat.ConsoleId);
        await bench.Store.WriteAsync(
            [.. Enumerable.Range(0, 5).Select(day => High($"h{day}", day * 86_400, stream: AlertStream.Replay)), Medium("m", 0, stream: AlertStream.Replay)]);

        await bench.DrainAsync(pump);
        Assert.Equal(5, bench.Messages.Count);

        pump.Wake(World.Start.ToUnixTimeSeconds() + 899);
        await bench.DrainAsync(pump);
        Assert.Equal(5, bench.Messages.Count);

        pump.Wake(World.Start.ToUnixTimeSeconds() + 900);
        await bench.DrainAsync(pump);
        Assert.Equal(6, bench.Messages.Count);
        Assert.All(bench.Messages, m => Assert.Equal(World.Start, m.At));
    }

    [Fact]
    public async Task Step_ReplayFellSilent_ItsOpenBatchGoesOut()
    {
        await using var bench = await Bench.OpenAsync();
        await bench.Store.WriteAsync(Medium("m", 86_400, stream: AlertStream.Replay));

        await bench.RunForAsync(TimeSpan.FromMinutes(20));
        Assert.Empty(bench.Messages);
        await bench.RunForAsync(TimeSpan.FromMinutes(2));

        Assert.Single(bench.Messages);
    }

    [Fact]
    public async Task Step_SeveralWait_GoByPriorityThenAgeOneASecond()
    {
        await using var bench = await Bench.OpenAsync();
        await bench.Store.WriteAsync(Medium("m1", -1_800), Medium("m2", -1_800, "MSFT"), Medium("m3", -900));
        await bench.Store.WriteAsync(High("h1", 0, "TSLA"), High("h2", 0, "META"));

        await bench.RunForAsync(TimeSpan.FromSeconds(10));

        var rows = await bench.RowsAsync();
        Assert.Equal(
            [Number("h1"), Number("h2"), Batch("m1"), Batch("m3")],
            bench.Messages.Select(m => long.Parse(m.Number, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(Enumerable.Range(0, 4).Select(i => World.Start + (i * Second)), bench.Messages.Select(m => m.At));

        long Number(string key) => rows.Single(r => r.Alert.Key == key).Id;
        long Batch(string key) => rows.Single(r => r.Alert.Key == key).BatchId!.Value;
    }

    [Fact]
    public async Task Step_Console_HasNoPace()
    {
        await using var bench = await Bench.OpenAsync(new Chat(Chat.ConsoleId, "ko", true));
        await bench.Store.WriteAsync(High("a"), High("b"), High("c"));

        await bench.DrainAsync(bench.Pump(Chat.ConsoleId));

        Assert.Equal([World.Start, World.Start, World.Start], bench.Messages.Select(m => m.At));
    }

    [Fact]
    public async Task Step_NotAccepted_TriesAgainAfterDoublingWaits()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = _ => new SendResult(SendOutcome.RetryLater, Error: "no route");
        await bench.Store.WriteAsync(High("a"));

        await bench.RunForAsync(TimeSpan.FromMinutes(20));

        var waits = bench.Messages.Zip(bench.Messages.Skip(1), (a, b) => (b.At - a.At).TotalSeconds);
        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 300, 300], waits);
        var row = Assert.Single(await bench.RowsAsync());
        Assert.Equal((OutboxState.Waiting, 11, "no route"), (row.State, row.Attempts, row.LastError));
        Assert.Equal("no route", bench.Main.LastError);
        Assert.Equal(1, bench.Main.Pending);
    }

    [Fact]
    public async Task Step_ToldWhenToComeBack_ObeysForTheWholeChat()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = _ => bench.Messages.Count == 1
            ? new SendResult(SendOutcome.RetryLater, RetryAfter: TimeSpan.FromSeconds(37), Error: "too many")
            : new SendResult(SendOutcome.Sent);
        await bench.Store.WriteAsync(High("a"));
        await bench.DrainAsync();
        await bench.Store.WriteAsync(High("b", 1, "MSFT"));

        await bench.RunForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal([0.0, 37, 38], bench.Messages.Select(m => (m.At - World.Start).TotalSeconds));
        Assert.Null(bench.Main.LastError);
        Assert.Null((await bench.RowsAsync())[0].NextAttempt);
    }

    [Fact]
    public async Task Step_RestartedWhileToldToWait_StillObeys()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = _ => bench.Messages.Count == 1
            ? new SendResult(SendOutcome.RetryLater, RetryAfter: TimeSpan.FromSeconds(37), Error: "too many")
            : new SendResult(SendOutcome.Sent);
        await bench.Store.WriteAsync(Medium("a", -900));
        await bench.DrainAsync();
        await bench.Store.WriteAsync(High("b"));

        await bench.RunForAsync(TimeSpan.FromMinutes(2), bench.Pump(ChatId));

        Assert.Equal([0.0, 37, 38], bench.Messages.Select(m => (m.At - World.Start).TotalSeconds));
    }

    [Fact]
    public async Task Step_TokenRefused_KeepsTheRowsUntilItIsMended()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = _ => new SendResult(SendOutcome.Unauthorized, Error: "the token was refused");
        await bench.Store.WriteAsync(High("a"), High("b"), Medium("m", -900));

        await bench.RunForAsync(TimeSpan.FromHours(3));
        Assert.All(await bench.RowsAsync(), r => Assert.True(r.State is OutboxState.Waiting or OutboxState.InBatch));
        Assert.Equal("the token was refused", bench.Main.LastError);
        var tried = bench.Messages.Count;
        bench.Messenger.Answer = null;
        await bench.RunForAsync(TimeSpan.FromMinutes(6));

        Assert.All(await bench.RowsAsync(), r => Assert.Equal(OutboxState.Sent, r.State));

        // What waited for more than half an hour comes in a digest, after the batch that was closed before.
        Assert.Equal(tried + 2, bench.Messages.Count);
        Assert.Contains("AAPL 2건", bench.Messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_RejectedForGood_FailsTheRowAndGoesOn()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = m => m.Text.Contains("AAPL", StringComparison.Ordinal)
            ? new SendResult(SendOutcome.Rejected, Error: "chat not found")
            : new SendResult(SendOutcome.Sent);
        await bench.Store.WriteAsync(High("a"), High("b", 0, "MSFT"), Medium("m", -900));

        await bench.RunForAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(3, bench.Messages.Count);
        Assert.Equal(["a", "m"], (await bench.KeysAsync(r => r.State == OutboxState.Failed)).Where(k => !k.StartsWith("batch", StringComparison.Ordinal)));
        Assert.Equal(["b"], await bench.KeysAsync(r => r.State == OutboxState.Sent));
        Assert.Contains(await bench.RowsAsync(), r => r.LastError == "chat not found");
    }

    [Fact]
    public async Task Step_CutOffBetweenAcceptedAndMarked_RepeatsThatMessageOnce()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = _ => bench.Messages.Count == 2 ? throw new IOException("planted: cut off") : new SendResult(SendOutcome.Sent);
        await bench.Store.WriteAsync(High("a"), High("b"), High("c"));

        await Assert.ThrowsAsync<IOException>(() => bench.RunForAsync(TimeSpan.FromMinutes(1)));
        await bench.RunForAsync(TimeSpan.FromMinutes(30), bench.Pump(ChatId));

        var ids = (await bench.RowsAsync()).Select(r => r.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal([ids[0], ids[1], ids[1], ids[2]], bench.Messages.Select(m => m.Number));
        Assert.Equal(bench.Messages[1].Text, bench.Messages[2].Text);
    }

    [Fact]
    public async Task Step_CutOffAfterABatchWasClosed_SendsThatBatchOnce()
    {
        await using var bench = await Bench.OpenAsync();
        await bench.Store.WriteAsync(Medium("a", -900), Medium("b", -900));
        Assert.Equal(TimeSpan.Zero, await bench.Main.StepAsync(World.Stop));
        var batch = Assert.Single(await bench.RowsAsync(), r => r.Alert.Kind == AlertKind.Batch);

        await bench.RunForAsync(TimeSpan.FromMinutes(30), bench.Pump(ChatId));

        Assert.Equal(batch.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(bench.Messages).Number);
    }

    [Fact]
    public async Task Step_LongBatch_GoesInPagesThatFit()
    {
        await using var bench = await Bench.OpenAsync();
        await bench.Store.WriteAsync([.. Enumerable.Range(0, 150).Select(i => Medium($"m{i:000}", -900, $"S{i:000}"))]);

        await bench.RunForAsync(TimeSpan.FromMinutes(2));

        Assert.True(bench.Messages.Count > 2);
        Assert.All(bench.Messages, m => Assert.InRange(m.Text.Length, 1, 4_096));
        var told = string.Concat(bench.Messages.Select(m => m.Text));
        Assert.All(Enumerable.Range(0, 150), i => Assert.Equal(2, told.Split($"S{i:000} ").Length));
        Assert.All(await bench.RowsAsync(), r => Assert.Equal(OutboxState.Sent, r.State));
    }

    [Fact]
    public async Task Step_HugeBacklogOfMediumAlerts_DoesNotHideAHighOne()
    {
        await using var bench = await Bench.OpenAsync();
        await bench.Store.WriteAsync([.. Enumerable.Range(0, 2_100).Select(i => Medium($"m{i}", 600, $"S{i}"))]);
        await bench.Store.WriteAsync(High("h"));

        await bench.DrainAsync();

        Assert.Equal(["h"], await bench.KeysAsync(r => r.State == OutboxState.Sent));
    }

    [Fact]
    public async Task Step_AlertThatCannotBeTold_IsGivenUpAndTheOthersGoOn()
    {
        await using var bench = await Bench.OpenAsync();
        await bench.Store.WriteAsync(
            High("bad") with { Payload = "{}" }, High("worse") with { Payload = "no json" }, High("good"),
            Medium("m-bad", -900) with { Payload = High("x").Payload.Replace("\"confidence\":", "\"confidence\":9", StringComparison.Ordinal) },
            Medium("m-new", -900) with { Payload = High("x").Payload.Replace("ma-breakout.buy", "of-a-newer-version", StringComparison.Ordinal) },
            Medium("m-good", -900));

        await bench.RunForAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["bad", "worse", "m-bad"], await bench.KeysAsync(r => r.State == OutboxState.Failed));
        Assert.Equal(2, bench.Messages.Count);
        Assert.Contains(bench.Messages, m => m.Text.Contains("of-a-newer-version", StringComparison.Ordinal));
        Assert.All(
            (await bench.RowsAsync()).Where(r => r.State == OutboxState.Failed),
            r => Assert.StartsWith("It cannot be put into words: ", r.LastError, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_MessengerBreaks_GoesOnAfterAMinute()
    {
        await using var bench = await Bench.OpenAsync();
        bench.Messenger.Answer = _ => bench.Messages.Count == 1 ? throw new IOException("planted: broken") : new SendResult(SendOutcome.Sent);
        await bench.Store.WriteAsync(High("a"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(World.Stop);
        var run = bench.Main.RunAsync(stop.Token);
        await Waiting.UntilAsync(() => bench.Main.LastError is not null);
        Assert.Equal("planted: broken", bench.Main.LastError);

        while (bench.Messages.Count < 2)
        {
            await bench.Time.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        Assert.True(bench.Messages[1].At - bench.Messages[0].At >= TimeSpan.FromMinutes(1));
        await Waiting.UntilAsync(async () => (await bench.RowsAsync())[0].State == OutboxState.Sent);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.OrHangAsync());
    }

    [Fact]
    public async Task Run_Woken_DoesNotWaitForItsMinute()
    {
        await using var bench = await Bench.OpenAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(World.Stop);
        var run = bench.Main.RunAsync(stop.Token);

        await bench.Store.WriteAsync(High("a"));
        bench.Main.Wake(0);

        await Waiting.UntilAsync(() => bench.Messages.Count == 1);
        Assert.Equal(World.Start, bench.Messages[0].At);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.OrHangAsync());
    }

    [Fact]
    public async Task Step_WokenBeforeEverySend_DoesNotReadTheOutboxForEachMessage()
    {
        await using var bench = await Bench.OpenAsync(new Chat(Chat.ConsoleId, "ko", true));
        await bench.Store.WriteAsync([.. Enumerable.Range(0, 60).Select(i => High($"k{i}", i, $"S{i}"))]);
        var (outbox, reads) = CountingProxy.Of<IOutbox>(bench.Store);
        var pump = new OutboxPump(Chat.ConsoleId, bench.Tools with { Outbox = outbox });

        TimeSpan wait;
        do
        {
            // As a replay does, again and again.
            pump.Wake(World.Start.ToUnixTimeSeconds());
            wait = await pump.StepAsync(World.Stop);
        }
        while (wait == TimeSpan.Zero);

        Assert.Equal(60, bench.Messages.Count);
        Assert.InRange(reads.Of(nameof(IOutbox.ReadWaitingAsync)), 1, 10);
    }

    [Fact]
    public async Task Step_WokenWhileManyWait_TellsAHighAlertBeforeTheRest()
    {
        await using var bench = await Bench.OpenAsync(new Chat(Chat.ConsoleId, "ko", true));
        var pump = bench.Pump(Chat.ConsoleId);
        var reports = Enumerable.Range(0, 40).Select(i => High($"k{i}", i, $"S{i}") with { Priority = AlertPriority.Medium, Delivery = AlertDelivery.Alone });
        await bench.Store.WriteAsync([.. reports]);
        await pump.StepAsync(World.Stop);
        await bench.Store.WriteAsync(High("urgent", 5, "NVDA"));

        pump.Wake(0);
        await bench.DrainAsync(pump);

        Assert.Equal(41, bench.Messages.Count);
        Assert.InRange(bench.Messages.ToList().FindIndex(m => m.Text.Contains("NVDA", StringComparison.Ordinal)), 1, 10);
    }

    /// <summary>A store, a messenger and a pump of the Korean chat.</summary>
    private sealed class Bench : IAsyncDisposable
    {
        private readonly TestStore test;

        private Bench(TestStore test)
        {
            this.test = test;
            Messenger = new RecordingMessenger(test.Time);
            Main = Pump(ChatId);
        }

        public Finstage.Adapters.Storage.SqlStore Store => test.Store;

        public Finstage.Testing.FakeTime Time => test.Time;

        public RecordingMessenger Messenger { get; }

        public IReadOnlyList<Message> Messages => Messenger.Messages;

        public OutboxPump Main { get; }

        public static async Task<Bench> OpenAsync(params Chat[] chats) => new(await TestStore.OpenAsync(chats.Length == 0 ? [Korean] : chats));

        public PumpTools Tools => new(
            test.Store, test.Store.Chats, Messenger, new SendGate(Options, test.Time), Options, test.Time, NullLogger.Instance, Moved);

        public OutboxPump Pump(string chat) => new(chat, Tools);

        public NotifierOptions Options { get; } = new();

        /// <summary>The new ids that chats were found to have.</summary>
        public List<string> MovedTo { get; } = [];

        private Task Moved(string to)
        {
            MovedTo.Add(to);
            return Task.CompletedTask;
        }

        /// <summary>Steps until nothing is due, and returns how long the pump would wait.</summary>
        public async Task<TimeSpan> DrainAsync(OutboxPump? pump = null)
        {
            for (var i = 0; i < 10_000; i++)
            {
                var wait = await (pump ?? Main).StepAsync(World.Stop);
                if (wait > TimeSpan.Zero)
                {
                    return wait;
                }
            }

            throw new InvalidOperationException("The pump never rests.");
        }

        /// <summary>Does what the pump's loop does for a while of the clock, its end included.</summary>
        public async Task RunForAsync(TimeSpan time, OutboxPump? pump = null)
        {
            var end = Time.GetUtcNow() + time;
            while (true)
            {
                var wait = await DrainAsync(pump);
                var left = end - Time.GetUtcNow();
                if (left <= TimeSpan.Zero)
                {
                    return;
                }

                await Time.AdvanceAsync(wait < left ? wait : left);
            }
        }

        /// <summary>Every row, in the order they were written.</summary>
        public async Task<OutboxRow[]> RowsAsync() => [.. (await Store.ReadNewestAsync(null, 100_000, World.Stop)).Reverse()];

        /// <summary>The keys of the signals' rows that satisfy a condition, in the order they were written.</summary>
        public async Task<string[]> KeysAsync(Func<OutboxRow, bool> where) =>
            [.. (await RowsAsync()).Where(where).Where(r => r.Alert.Kind == AlertKind.Signal).Select(r => r.Alert.Key)];

        public ValueTask DisposeAsync() => test.DisposeAsync();
    }
}
