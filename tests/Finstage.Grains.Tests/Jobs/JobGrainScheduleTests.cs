using Finstage.Analysis.Calendars;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Jobs;
using Finstage.Grains.Tests.Hosts;
using Finstage.Hosting;

namespace Finstage.Grains.Tests.Jobs;

public sealed class JobGrainScheduleTests : IAsyncLifetime
{
    private static readonly JobSchedule EveryHalfHour = JobSchedule.Every(TimeSpan.FromMinutes(30));
    private static readonly JobSchedule Morning = JobSchedule.Daily(new TimeOnly(8, 0), "Asia/Seoul");
    private readonly Work work = new();
    private World world = null!;

    private IJobGrain Job => world.Grains.Get<IJobGrain>(work.Name);

    public async ValueTask InitializeAsync() => world = await World.StartAsync(works: [work]);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Start_TheFirstTime_IsDueAtTheNextMoment()
    {
        work.Schedule = Morning;

        await Job.StartAsync();

        Assert.Equal((At("2026-03-02T23:00Z"), 0L), await NextAndCountAsync());
        Assert.Equal("daily 08:00 Asia/Seoul", (await Job.DescribeAsync()).Schedule);
    }

    [Fact]
    public async Task Beat_Due_RunsOnceHoweverOftenItBeats()
    {
        work.Schedule = Morning;
        await Job.StartAsync();
        await BeatAtAsync("2026-03-02T22:59:59Z");
        Assert.Equal(0, work.Runs);

        await BeatAtAsync("2026-03-02T23:00Z");
        await BeatAtAsync("2026-03-02T23:00Z");
        await BeatAtAsync("2026-03-02T23:01Z");

        Assert.Equal((At("2026-03-03T23:00Z"), 1L), await NextAndCountAsync());
    }

    [Fact]
    public async Task Beat_LateAgainAndAgain_DoesNotMoveTheGrid()
    {
        work.Schedule = EveryHalfHour;
        await Job.StartAsync();

        await BeatAtAsync("2026-03-02T15:30:40Z");
        Assert.Equal((At("2026-03-02T16:00Z"), 1L), await NextAndCountAsync());
        await BeatAtAsync("2026-03-02T16:00:40Z");
        Assert.Equal((At("2026-03-02T16:30Z"), 2L), await NextAndCountAsync());
    }

    [Theory]
    [InlineData("every 30 min", "2026-03-12T15:30Z")]
    [InlineData("daily 08:00 Asia/Seoul", "2026-03-12T23:00Z")]
    [InlineData("after session NYSE + 20 min", "2026-03-12T20:20Z")]
    public async Task Start_AfterTenDaysDown_MakesUpOnce(string schedule, string next)
    {
        work.Schedule = Parse(schedule);
        await Job.StartAsync();
        await world.Cluster.PutAllAwayAsync();
        world.Time.Jump(TimeSpan.FromDays(10));

        await Job.StartAsync();
        await EndedAsync(1);
        await BeatAtAsync("2026-03-12T15:00Z");

        Assert.Equal((At(next), 1L), await NextAndCountAsync());
    }

    [Fact]
    public async Task Beat_WhileItRuns_NeverOverlapsAndMakesUpOnce()
    {
        work.Schedule = EveryHalfHour;
        work.Gate = Waiting.Signal();
        await Job.StartAsync();
        await BeatAtAsync("2026-03-02T15:30Z", end: false);
        await BeatAtAsync("2026-03-02T16:00Z", end: false);
        await BeatAtAsync("2026-03-02T17:10Z", end: false);
        Assert.Equal((1, 1), (work.Runs, work.Most));

        work.Gate.SetResult();
        await EndedAsync(1);
        await BeatAtAsync("2026-03-02T17:11Z");
        await BeatAtAsync("2026-03-02T17:12Z");

        Assert.Equal((At("2026-03-02T17:30Z"), 2L), await NextAndCountAsync());
        Assert.Equal(1, work.Most);
    }

    [Theory]
    [InlineData("every 30 min", "2026-03-02T15:31Z", "2026-03-02T15:02Z", "2026-03-02T15:32Z")]
    [InlineData("daily 08:00 Asia/Seoul", "2026-03-02T23:00Z", "2026-03-01T23:01Z", "2026-03-02T23:00Z")]
    [InlineData("after session NYSE + 20 min", "2026-03-02T21:20Z", "2026-03-01T12:00Z", "2026-03-02T21:20Z")]
    public async Task Clock_SetFarForwardAndBack_RunsOnceAndGoesOn(string schedule, string sane, string back, string next)
    {
        work.Schedule = Parse(schedule);
        await Job.StartAsync();
        await BeatAtAsync(sane);
        Assert.Equal(1, work.Runs);

        await BeatAtAsync("2027-06-01T12:00Z");
        Assert.Equal(2, work.Runs);
        await BeatAtAsync(back);

        Assert.Equal((At(next), 2L), await NextAndCountAsync());
        await BeatAtAsync(next);
        Assert.Equal(3, work.Runs);
    }

    [Theory]
    [InlineData("daily 08:00 Asia/Seoul", "2026-03-02T23:00Z", "2026-03-03T23:00Z")]
    [InlineData("after session NYSE + 20 min", "2026-03-02T21:20Z", "2026-03-03T21:20Z")]
    public async Task Clock_SetBackAFewMinutes_WhatIsDoneStaysDone(string schedule, string due, string next)
    {
        work.Schedule = Parse(schedule);
        await Job.StartAsync();
        await BeatAtAsync(due);

        world.Time.Jump(TimeSpan.FromMinutes(-10));
        await BeatAtAsync(due);

        Assert.Equal((At(next), 1L), await NextAndCountAsync());
    }

    [Theory]
    [InlineData("America/New_York", "2024-03-08T12:00Z")]
    [InlineData("America/New_York", "2025-11-01T12:00Z")]
    [InlineData("America/New_York", "2026-03-06T12:00Z")]
    [InlineData("Asia/Seoul", "2025-03-08T12:00Z")]
    public async Task Daily_AcrossAClockChange_RunsOnceOnEachDate(string zone, string start)
    {
        work.Schedule = JobSchedule.Daily(new TimeOnly(2, 30), zone);
        world.Time.Jump(DateTimeOffset.FromUnixTimeMilliseconds(At(start)) - world.Time.GetUtcNow());
        await Job.StartAsync();
        for (var hour = 0; hour < 5 * 24; hour++)
        {
            world.Time.Jump(TimeSpan.FromMinutes(60));
            await world.Cluster.BeatAsync<IJobGrain>(work.Name, "heartbeat").OrHangAsync();
            await IdleAsync();
        }

        Assert.Equal(5, work.Runs);
    }

    [Fact]
    public async Task Run_ByHand_LeavesTheScheduleAlone()
    {
        work.Schedule = Morning;
        work.Gate = Waiting.Signal();
        await Job.StartAsync();

        var first = await Job.RunAsync();
        Assert.Equal(first, await Job.RunAsync());
        work.Gate.SetResult();
        await EndedAsync(1);

        Assert.Equal((At("2026-03-02T23:00Z"), 1L), await NextAndCountAsync());
        Assert.NotEqual(first, await Job.RunAsync());
    }

    [Fact]
    public async Task Pause_Due_WaitsAndIsMadeUpOnceWhenResumed()
    {
        work.Schedule = Morning;
        await Job.StartAsync();
        await Job.PauseAsync();
        await BeatAtAsync("2026-03-05T00:00Z");
        Assert.Equal(0, work.Runs);

        await world.Cluster.PutAllAwayAsync();
        await Job.StartAsync();
        Assert.True((await Job.DescribeAsync()).Paused);
        Assert.Equal(0, work.Runs);

        await Job.ResumeAsync();
        await BeatAtAsync("2026-03-05T00:01Z");
        await BeatAtAsync("2026-03-05T00:02Z");

        Assert.Equal((At("2026-03-05T23:00Z"), 1L), await NextAndCountAsync());
    }

    [Fact]
    public async Task Start_ScheduleChanged_TakesEffect()
    {
        work.Schedule = Morning;
        await Job.StartAsync();

        await RestartWithAsync(EveryHalfHour);
        Assert.Equal((At("2026-03-02T15:30Z"), 0L), await NextAndCountAsync());

        await RestartWithAsync(JobSchedule.AfterSession(TradingCalendar.Cme));
        Assert.Equal((At("2026-03-02T22:20Z"), 0L), await NextAndCountAsync());

        await RestartWithAsync(JobSchedule.Manual);
        await BeatAtAsync("2026-03-03T12:00Z");
        Assert.Equal((0L, 0L), await NextAndCountAsync());

        await RestartWithAsync(Morning);
        Assert.Equal((At("2026-03-03T23:00Z"), 0L), await NextAndCountAsync());
    }

    [Fact]
    public async Task Start_ScheduleUnchanged_KeepsWhatWasDue()
    {
        work.Schedule = EveryHalfHour;
        await Job.StartAsync();
        world.Time.Jump(TimeSpan.FromMinutes(20));

        await RestartWithAsync(EveryHalfHour);

        Assert.Equal((At("2026-03-02T15:30Z"), 0L), await NextAndCountAsync());
    }

    [Fact]
    public async Task Start_ScheduleChangedWhileARunWasMissed_MakesItUp()
    {
        work.Schedule = Morning;
        await Job.StartAsync();
        world.Time.Jump(TimeSpan.FromHours(10));

        await RestartWithAsync(JobSchedule.Daily(new TimeOnly(9, 0), "Asia/Seoul"));
        await EndedAsync(1);

        Assert.Equal((At("2026-03-04T00:00Z"), 1L), await NextAndCountAsync());
    }

    [Fact]
    public async Task Start_RunWasCutOff_IsMadeUpOnce()
    {
        work.Schedule = Morning;
        work.Gate = Waiting.Signal();
        await Job.StartAsync();
        await BeatAtAsync("2026-03-02T23:00Z", end: false);

        await world.Cluster.PutAllAwayAsync();
        work.Gate = null;
        await Job.StartAsync();
        await EndedAsync(1);
        await BeatAtAsync("2026-03-02T23:02Z");

        Assert.Equal(2, work.Runs);
        Assert.Equal((At("2026-03-03T23:00Z"), 1L), await NextAndCountAsync());
    }

    [Fact]
    public async Task Run_Fails_IsToldAndTheScheduleGoesOn()
    {
        work.Schedule = EveryHalfHour;
        work.Fail = true;
        await Job.StartAsync();
        await BeatAtAsync("2026-03-02T15:30Z");
        Assert.Equal("planted: no luck", (await Job.DescribeAsync()).LastError);

        work.Fail = false;
        await BeatAtAsync("2026-03-02T16:00Z");

        var job = await Job.DescribeAsync();
        Assert.Equal((null, "done", 2L), (job.LastError, job.LastSummary, job.Count));
    }

    [Fact]
    public async Task Run_ClockSetWhileItRuns_CountsTheTimeThatPassed()
    {
        work.Gate = Waiting.Signal();
        await Job.RunAsync();
        await Waiting.UntilAsync(() => work.Runs == 1);

        world.Time.Jump(TimeSpan.FromDays(-2));
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(3));
        work.Gate.SetResult();
        await EndedAsync(1);

        Assert.Equal(3_000, (await Job.DescribeAsync()).LastMs);
    }

    [Fact]
    public async Task Heartbeat_OfTheHost_RunsItWhenDue()
    {
        work.Schedule = JobSchedule.Every(TimeSpan.FromMinutes(2));
        await Job.StartAsync();

        await world.AdvanceUntilAsync(() => work.Runs >= 2, TimeSpan.FromSeconds(5));

        // The tests' clock does not wait for a beat's way through a host: it may have gone on a good deal.
        Assert.InRange(world.Time.GetUtcNow(), World.Start.AddMinutes(4), World.Start.AddHours(1));
    }

    private static JobSchedule Parse(string text) =>
        JobScheduleText.TryParse(text, "x", out var schedule, out var fault) ? schedule : throw new ArgumentException(fault);

    private static long At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private async Task BeatAtAsync(string time, bool end = true)
    {
        world.Time.Jump(DateTimeOffset.FromUnixTimeMilliseconds(At(time)) - world.Time.GetUtcNow());
        await world.Cluster.BeatAsync<IJobGrain>(work.Name, "heartbeat").OrHangAsync();
        if (end)
        {
            await IdleAsync();
        }
        else
        {
            await Waiting.UntilAsync(() => work.Runs > 0);
        }
    }

    private async Task RestartWithAsync(JobSchedule schedule)
    {
        await world.Cluster.PutAllAwayAsync();
        work.Schedule = schedule;
        await Job.StartAsync();
    }

    private Task IdleAsync() => Waiting.UntilAsync(async () => (await Job.DescribeAsync()).RunId is null);

    private Task EndedAsync(long runs) => Waiting.UntilAsync(async () => (await Job.DescribeAsync()).Count == runs);

    private async Task<(long Next, long Count)> NextAndCountAsync()
    {
        var job = await Job.DescribeAsync();
        return (job.NextRun, job.Count);
    }

    private sealed class Work : IJobWork
    {
        private int runs;
        private int now;

        public string Name => "test";

        public JobSchedule Schedule { get; set; } = JobSchedule.Manual;

        public TaskCompletionSource? Gate { get; set; }

        public bool Fail { get; set; }

        public int Runs => Volatile.Read(ref runs);

        /// <summary>The most runs at the same time.</summary>
        public int Most { get; private set; }

        public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
        {
            Interlocked.Increment(ref runs);
            Most = Math.Max(Most, Interlocked.Increment(ref now));
            try
            {
                await (Gate?.Task.WaitAsync(cancellation) ?? Task.CompletedTask);
                return Fail ? throw new InvalidOperationException("planted: no luck") : "done";
            }
            finally
            {
                Interlocked.Decrement(ref now);
            }
        }
    }
}
