using System.Threading.Channels;
using Finstage.Hosting.Embedded;
using Microsoft.Extensions.DependencyInjection;

namespace Finstage.Hosting.Tests.Embedded;

public sealed class ReminderTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);
    private readonly Channel<string> beats = Channel.CreateUnbounded<string>();
    private readonly WatchedStore store = new();

    [Fact]
    public async Task Reminder_Due_BeatsEachPeriodEvenWithoutALiveGrain()
    {
        await using var app = await StartAsync();
        await app.Alpha("a").DoAsync(grain => grain.RemindMeAsync("pulse", TimeSpan.FromMinutes(5), Hour));

        Assert.Equal(TestApp.Start + TimeSpan.FromMinutes(5), (await BeatAsync(app)).Due);
        Assert.Equal(TestApp.Start + TimeSpan.FromMinutes(65), (await BeatAsync(app)).Due);
        Assert.Equal(TestApp.Start + TimeSpan.FromMinutes(125), Assert.Single(store.Rows).NextDue);
    }

    [Fact]
    public async Task Reminder_PeriodsMissed_IsMadeUpOnce()
    {
        await store.UpsertAsync(
            new ReminderRow("Alpha", "a", "pulse", TestApp.Start - (10 * Hour) - Tick, Hour), TestContext.Current.CancellationToken);
        await using var app = await StartAsync();

        await BeatAsync(app);
        await app.Time.AdvanceAsync(TimeSpan.FromMinutes(50));

        Assert.Equal(0, beats.Reader.Count);
        Assert.Equal(TestApp.Start + Hour - Tick, Assert.Single(store.Rows).NextDue);
    }

    [Fact]
    public async Task Reminder_ClockSetBackByDays_BeatsWithinItsPeriod()
    {
        await using var app = await StartAsync();
        await app.Alpha("a").DoAsync(grain => grain.RemindMeAsync("pulse", Hour, Hour));
        await app.Time.AdvanceAsync(Tick);

        app.Time.Jump(-TimeSpan.FromDays(3));
        var back = app.Time.GetUtcNow();
        await BeatAsync(app);

        Assert.InRange(app.Time.GetUtcNow(), back + Hour, back + Hour + (6 * Tick));
    }

    [Fact]
    public async Task Reminder_ClockSetForwardByDays_BeatsOnce()
    {
        await using var app = await StartAsync();
        await app.Alpha("a").DoAsync(grain => grain.RemindMeAsync("pulse", Hour, Hour));

        app.Time.Jump(TimeSpan.FromDays(3));
        await BeatAsync(app);
        await app.Time.AdvanceAsync(TimeSpan.FromMinutes(50));

        Assert.Equal(0, beats.Reader.Count);
    }

    [Fact]
    public async Task Reminder_GrainThrows_IsLoggedAndBeatsAgain()
    {
        await using var app = await StartAsync();
        var fail = true;
        app.Hooks.Remind = async (grain, name) =>
        {
            await beats.Writer.WriteAsync(name);
            if (fail)
            {
                fail = false;
                throw new FormatException("planted");
            }
        };
        await app.Alpha("a").DoAsync(grain => grain.RemindMeAsync("pulse", TimeSpan.Zero, Hour));

        await BeatAsync(app);
        Assert.Contains(app.Log, line => line.Contains("reminder pulse of Alpha/a failed", StringComparison.Ordinal));

        Assert.Equal(TestApp.Start + Hour, (await BeatAsync(app)).Due);
    }

    [Fact]
    public async Task Reminder_OneGrainIsSlow_OthersBeat()
    {
        await using var app = await StartAsync();
        var gate = Waiting.Signal();
        app.Hooks.Remind = async (grain, _) =>
        {
            await beats.Writer.WriteAsync(grain.Name);
            await (grain.Name == "slow" ? gate.Task : Task.CompletedTask);
        };
        await app.Alpha("slow").DoAsync(grain => grain.RemindMeAsync("pulse", TimeSpan.Zero, Hour));
        Assert.Equal("slow", await NextAsync(app));

        await app.Alpha("quick").DoAsync(grain => grain.RemindMeAsync("pulse", Tick, TimeSpan.FromMinutes(1)));

        Assert.Equal("quick", await NextAsync(app));
        Assert.Equal("quick", await NextAsync(app));
        gate.SetResult();
    }

    [Fact]
    public async Task Reminder_SetWhileItBeats_TheGrainsWordHolds()
    {
        await using var app = await StartAsync();
        app.Hooks.Remind = async (grain, name) =>
        {
            await grain.RemindMeAsync(name, 7 * Hour, Hour);
            await beats.Writer.WriteAsync(name);
        };
        await app.Alpha("a").DoAsync(grain => grain.RemindMeAsync("pulse", TimeSpan.Zero, Hour));

        await NextAsync(app);
        var set = app.Time.GetUtcNow();
        await app.App.StopAsync(TestContext.Current.CancellationToken).OrHangAsync();

        Assert.InRange(Assert.Single(store.Rows).NextDue, TestApp.Start + (7 * Hour), set + (7 * Hour));
    }

    [Fact]
    public async Task Reminder_ClearedWhileItBeats_IsGone()
    {
        await using var app = await StartAsync();
        app.Hooks.Remind = async (grain, name) =>
        {
            await grain.ForgetAsync(name);
            await beats.Writer.WriteAsync(name);
        };
        await app.Alpha("a").DoAsync(grain => grain.RemindMeAsync("pulse", TimeSpan.Zero, Hour));

        await NextAsync(app);
        await app.App.StopAsync(TestContext.Current.CancellationToken).OrHangAsync();

        Assert.Empty(store.Rows);
    }

    [Fact]
    public async Task Reminder_ClearedWhileItWaitsForItsTurn_DoesNotBeat()
    {
        await using var app = await StartAsync(o => o.CallTimeout = TimeSpan.FromDays(1));
        var gate = Waiting.Signal();
        await app.Alpha("a").DoAsync(grain => grain.RemindMeAsync("pulse", TimeSpan.Zero, Hour));
        var busy = app.Alpha("a").DoAsync(async grain =>
        {
            await gate.Task;
            await grain.ForgetAsync("pulse");
        });

        // Two reads: when the second has begun, the first one's beat waits in the mailbox.
        await app.AdvanceUntilAsync(store.ReadTwice, Tick);
        gate.SetResult();
        await busy.OrHangAsync();
        await app.App.StopAsync(TestContext.Current.CancellationToken).OrHangAsync();

        Assert.Equal(0, beats.Reader.Count);
        Assert.Empty(store.Rows);
    }

    [Fact]
    public async Task Reminder_OfAKindThatIsNoMore_IsMovedOnAndHarmsNobody()
    {
        await store.UpsertAsync(new ReminderRow("Gone", "a", "pulse", TestApp.Start, Hour), TestContext.Current.CancellationToken);
        await using var app = await StartAsync();
        await app.Alpha("a").DoAsync(grain => grain.RemindMeAsync("pulse", Tick, Hour));

        await BeatAsync(app);

        Assert.All(store.Rows, row => Assert.True(row.NextDue > app.Time.GetUtcNow()));
        Assert.Contains(app.Log, line => line.Contains("is of kind Gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reminder_StoreFailsOnce_NextTickDelivers()
    {
        await using var app = await StartAsync();
        await app.Alpha("a").DoAsync(grain => grain.RemindMeAsync("pulse", TimeSpan.Zero, Hour));
        store.FailNextRead = true;

        await BeatAsync(app);

        Assert.Contains(app.Log, line => line.Contains("Delivering reminders failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reminder_MoreThanABatch_AreAllDelivered()
    {
        await using var app = await StartAsync(o => o.ReminderBatch = 2);
        for (var i = 0; i < 5; i++)
        {
            await app.Alpha($"{i}").DoAsync(grain => grain.RemindMeAsync("pulse", TimeSpan.Zero, Hour));
        }

        var heard = new HashSet<string>();
        app.Hooks.Remind = async (grain, _) => await beats.Writer.WriteAsync(grain.Name);
        for (var i = 0; i < 5; i++)
        {
            heard.Add(await NextAsync(app));
        }

        Assert.Equal(5, heard.Count);
    }

    [Fact]
    public async Task Reminder_SurvivesARestart()
    {
        await using (var first = await StartAsync())
        {
            await first.Alpha("a").DoAsync(grain => grain.RemindMeAsync("pulse", Hour, Hour));
        }

        await using var second = await StartAsync();

        await BeatAsync(second);
    }

    [Theory]
    [InlineData("", 0, 60)]
    [InlineData("pulse", -1, 60)]
    [InlineData("pulse", 0, 59)]
    public async Task SetReminder_ValueOutOfRange_Throws(string name, int dueSeconds, int periodSeconds)
    {
        await using var app = await StartAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => app.Alpha("a").DoAsync(grain => grain.RemindMeAsync(
            name, TimeSpan.FromSeconds(dueSeconds), TimeSpan.FromSeconds(periodSeconds))));
    }

    private async Task<TestApp> StartAsync(Action<GrainHostOptions>? configure = null)
    {
        var app = await TestApp.StartAsync(
            options =>
            {
                options.ReminderTick = Tick;
                configure?.Invoke(options);
            },
            services => services.AddSingleton<IReminderStore>(store));
        app.Hooks.Remind = async (_, name) => await beats.Writer.WriteAsync(name);
        return app;
    }

    private async Task<string> NextAsync(TestApp app)
    {
        var next = beats.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        await app.AdvanceUntilAsync(next, Tick);
        return await next;
    }

    // A beat, and the row that was moved on after it.
    private async Task<(string Name, DateTimeOffset Due)> BeatAsync(TestApp app)
    {
        store.Moved = Channel.CreateUnbounded<ReminderRow>();
        var before = store.Rows.Single(r => r.Kind == "Alpha").NextDue;
        var name = await NextAsync(app);
        ReminderRow moved;
        do
        {
            moved = await store.Moved.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().OrHangAsync();
        }
        while (moved.Kind != "Alpha");
        return (name, before);
    }

    private sealed class WatchedStore : IReminderStore
    {
        private readonly MemoryReminderStore inner = new();
        private readonly Dictionary<(string Kind, string Key, string Name), ReminderRow> rows = [];
        private readonly TaskCompletionSource readTwice = Waiting.Signal();
        private int reads;

        public bool FailNextRead { get; set; }

        public Task ReadTwice => readTwice.Task;

        public Channel<ReminderRow> Moved { get; set; } = Channel.CreateUnbounded<ReminderRow>();

        public IReadOnlyList<ReminderRow> Rows
        {
            get
            {
                lock (rows)
                {
                    return [.. rows.Values];
                }
            }
        }

        public Task<IReadOnlyList<ReminderRow>> ReadDueAsync(DateTimeOffset now, int limit, CancellationToken cancellation)
        {
            if (++reads == 2)
            {
                readTwice.TrySetResult();
            }

            if (FailNextRead)
            {
                FailNextRead = false;
                throw new FormatException("planted");
            }

            return inner.ReadDueAsync(now, limit, cancellation);
        }

        public async Task UpsertAsync(ReminderRow reminder, CancellationToken cancellation)
        {
            await inner.UpsertAsync(reminder, cancellation);
            lock (rows)
            {
                rows[(reminder.Kind, reminder.Key, reminder.Name)] = reminder;
            }

            await Moved.Writer.WriteAsync(reminder, cancellation);
        }

        public async Task RemoveAsync(string kind, string key, string name, CancellationToken cancellation)
        {
            await inner.RemoveAsync(kind, key, name, cancellation);
            lock (rows)
            {
                rows.Remove((kind, key, name));
            }
        }
    }
}
