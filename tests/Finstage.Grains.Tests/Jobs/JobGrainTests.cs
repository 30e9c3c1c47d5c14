using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Jobs;
using Finstage.Grains.Tests.Hosts;

namespace Finstage.Grains.Tests.Jobs;

public sealed class JobGrainTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeWork hand = new("hand", JobSchedule.Manual);
    private readonly FakeWork news = new("news", JobSchedule.Every(TimeSpan.FromMinutes(30))) { RetryAfter = TimeSpan.FromMinutes(10) };

    [Fact]
    public async Task Run_ByHand_StartsAtOnceAndTellsItsEnd()
    {
        await using var world = await StartAsync();
        var job = Job(world, "hand");

        var id = await job.RunAsync();
        Assert.Equal(id, (await job.DescribeAsync()).RunId);
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(3));
        await EndAsync(job, hand, 0, run => run.SetResult("7 items"));

        Assert.Equal(
            new JobView("hand", "manual", false, null, Ms(3), 0, "7 items", null, 1, 3_000, 3_000, 3_000, 3_000), await job.DescribeAsync());
    }

    [Fact]
    public async Task Run_UnderWay_IsTheSameRun()
    {
        await using var world = await StartAsync();
        var job = Job(world, "hand");

        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => job.RunAsync()));

        Assert.Single(ids.Distinct());
        await EndAsync(job, hand, 0, run => run.SetResult("done"));
        Assert.Single(hand.Runs);
        Assert.NotEqual(ids[0], await job.RunAsync());
    }

    [Fact]
    public async Task Run_Fails_KeepsTheErrorUntilTheNextSuccess()
    {
        await using var world = await StartAsync();
        var job = Job(world, "hand");
        await job.RunAsync();
        await EndAsync(job, hand, 0, run => run.SetResult("first"));
        await job.RunAsync();
        await EndAsync(job, hand, 1, run => run.SetException(new FormatException("planted: bad feed")));

        var failed = await job.DescribeAsync();
        await job.RunAsync();
        await EndAsync(job, hand, 2, run => run.SetResult("third"));

        Assert.Equal(("first", "planted: bad feed", 2), (failed.LastSummary, failed.LastError, (int)failed.Count));
        var mended = await job.DescribeAsync();
        Assert.Equal(("third", null, 3), (mended.LastSummary, mended.LastError, (int)mended.Count));
    }

    [Fact]
    public async Task Run_FailsWithARetry_IsTriedAgainUntilItSucceedsAndKeepsItsSchedule()
    {
        await using var world = await StartAsync();
        var job = Job(world, "news");
        await job.StartAsync();
        await job.RunAsync();
        await EndAsync(job, news, 0, run => run.SetException(new IOException("planted: no network")));
        Assert.Equal(Ms(10 * 60), (await job.DescribeAsync()).NextRun);

        await BeatAsync(world, 9 * Minute);
        Assert.Single(news.Runs);
        await world.Cluster.PutAllAwayAsync();
        job = Job(world, "news");
        await BeatAsync(world, Minute);
        await EndAsync(job, news, 1, run => run.SetException(new IOException("planted: no network")));
        Assert.Equal(Ms(20 * 60), (await job.DescribeAsync()).NextRun);
        await BeatAsync(world, 10 * Minute);
        await EndAsync(job, news, 2, run => run.SetResult("all of it"));

        var view = await job.DescribeAsync();
        Assert.Equal((null, Ms(30 * 60)), (view.LastError, view.NextRun));
        await BeatAsync(world, 9 * Minute);
        Assert.Equal(3, news.Runs.Count);
        await BeatAsync(world, Minute);
        await EndAsync(job, news, 3, run => run.SetResult("by schedule"));
        Assert.Equal(Ms(60 * 60), (await job.DescribeAsync()).NextRun);
    }

    [Fact]
    public async Task Run_FailsWithARetryShortlyBeforeItIsDue_RunsOnceWhenDue()
    {
        await using var world = await StartAsync();
        var job = Job(world, "news");
        await job.StartAsync();
        await BeatAsync(world, 25 * Minute);
        await job.RunAsync();
        await EndAsync(job, news, 0, run => run.SetException(new IOException("planted: no network")));
        Assert.Equal(Ms(30 * 60), (await job.DescribeAsync()).NextRun);

        await BeatAsync(world, 5 * Minute);
        await EndAsync(job, news, 1, run => run.SetResult("done"));
        await BeatAsync(world, 5 * Minute);

        Assert.Equal(2, news.Runs.Count);
    }

    [Fact]
    public async Task Run_FailsWithARetryAndTheClockGoesBack_IsTriedAgainAtOnce()
    {
        await using var world = await StartAsync();
        var job = Job(world, "news");
        await job.StartAsync();
        await job.RunAsync();
        await EndAsync(job, news, 0, run => run.SetException(new IOException("planted: no network")));

        world.Time.Jump(TimeSpan.FromDays(-1));
        await BeatAsync(world, Minute);

        await Waiting.UntilAsync(() => news.Runs.Count == 2);
    }

    [Fact]
    public async Task Run_FailsWithARetryWhilePaused_WaitsUntilResumed()
    {
        await using var world = await StartAsync();
        var job = Job(world, "news");
        await job.StartAsync();
        await job.PauseAsync();
        await job.RunAsync();
        await EndAsync(job, news, 0, run => run.SetException(new IOException("planted: no network")));

        await BeatAsync(world, 12 * Minute);
        Assert.Single(news.Runs);
        await job.ResumeAsync();
        await BeatAsync(world, Minute);

        await Waiting.UntilAsync(() => news.Runs.Count == 2);
    }

    [Fact]
    public async Task Run_Several_AreCountedWithTheirDurations()
    {
        await using var world = await StartAsync();
        foreach (var (seconds, i) in new[] { 4, 2, 9, 5 }.Select((s, i) => (s, i)))
        {
            await Job(world, "hand").RunAsync();
            await world.Time.AdvanceAsync(TimeSpan.FromSeconds(seconds));
            await EndAsync(Job(world, "hand"), hand, i, run => run.SetResult("done"));
            if (i == 1)
            {
                await world.Cluster.PutAllAwayAsync();
            }
        }

        var view = await Job(world, "hand").DescribeAsync();

        Assert.Equal((4L, 20_000L, 2_000L, 9_000L, 5_000L), (view.Count, view.TotalMs, view.MinMs, view.MaxMs, view.LastMs));
        Assert.Equal(Ms(20), view.LastRun);
    }

    [Fact]
    public async Task Start_Scheduled_RunsEachPeriodByTheHeartbeat()
    {
        news.EndsAtOnce = true;
        await using var world = await StartAsync();
        var job = Job(world, "news");
        await job.StartAsync();
        Assert.Equal(Ms(30 * 60), (await job.DescribeAsync()).NextRun);

        await BeatAsync(world, 29 * Minute);
        Assert.Empty(news.Runs);
        await BeatAsync(world, Minute);
        await Waiting.UntilAsync(async () => (await job.DescribeAsync()).Count == 1);

        var view = await job.DescribeAsync();
        Assert.Equal(("every 30 min", Ms(60 * 60)), (view.Schedule, view.NextRun));
        await BeatAsync(world, TimeSpan.Zero);
        await BeatAsync(world, Minute);
        Assert.Single(news.Runs);
    }

    [Fact]
    public async Task Start_Heartbeat_ComesByTheClockAlone()
    {
        news.EndsAtOnce = true;
        await using var world = await StartAsync();
        await Job(world, "news").StartAsync();

        await world.AdvanceUntilAsync(() => news.Runs.Count == 1, TimeSpan.FromSeconds(20));

        Assert.True(world.Time.GetUtcNow() >= World.Start.AddMinutes(30));
    }

    [Fact]
    public async Task Start_BeatComesLate_NextRunKeepsThePeriod()
    {
        news.EndsAtOnce = true;
        await using var world = await StartAsync();
        var job = Job(world, "news");

        // A first run by hand begins the schedule, without a heartbeat of its own.
        await job.RunAsync();
        Assert.Equal(Ms(30 * 60), (await job.DescribeAsync()).NextRun);
        await Waiting.UntilAsync(async () => (await job.DescribeAsync()).Count == 1);

        await BeatAsync(world, TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(50));
        await Waiting.UntilAsync(async () => (await job.DescribeAsync()).Count == 2);

        Assert.Equal(Ms(60 * 60), (await job.DescribeAsync()).NextRun);
    }

    [Fact]
    public async Task Start_Twice_ChangesNothing()
    {
        await using var world = await StartAsync();
        var job = Job(world, "news");
        await job.StartAsync();
        await world.Time.AdvanceAsync(10 * Minute);

        await job.StartAsync();

        Assert.Equal(Ms(30 * 60), (await job.DescribeAsync()).NextRun);
        Assert.Empty(news.Runs);
    }

    [Fact]
    public async Task Start_ByHandAlone_NeverRuns()
    {
        await using var world = await StartAsync();
        await Job(world, "hand").StartAsync();

        await world.Time.AdvanceAsync(TimeSpan.FromMinutes(5));
        await world.Cluster.BeatAsync<IJobGrain>("hand", "heartbeat");

        Assert.Empty(hand.Runs);
        Assert.Equal(0, (await Job(world, "hand").DescribeAsync()).NextRun);
    }

    [Fact]
    public async Task Start_PeriodsMissedWhileAway_AreMadeUpOnce()
    {
        news.EndsAtOnce = true;
        await using var world = await StartAsync();

        // A first run by hand begins the schedule; without a heartbeat nobody sees it pass, as while the program is down.
        await Job(world, "news").RunAsync();
        await Waiting.UntilAsync(async () => (await Job(world, "news").DescribeAsync()).Count == 1);
        await world.Cluster.PutAllAwayAsync();
        await world.Time.AdvanceAsync(TimeSpan.FromHours(10) + TimeSpan.FromMinutes(7));

        await Job(world, "news").StartAsync();
        await Waiting.UntilAsync(async () => (await Job(world, "news").DescribeAsync()).Count == 2);
        await Job(world, "news").StartAsync();
        await BeatAsync(world, Minute);

        Assert.Equal(2, news.Runs.Count);
        Assert.Equal(Ms(10.5 * 3_600), (await Job(world, "news").DescribeAsync()).NextRun);
    }

    [Fact]
    public async Task Run_StillGoingWhenDue_DoesNotOverlapItself()
    {
        await using var world = await StartAsync();
        var job = Job(world, "news");
        await job.StartAsync();
        await BeatAsync(world, 30 * Minute);
        await Waiting.UntilAsync(() => news.Runs.Count == 1);

        await BeatAsync(world, 31 * Minute);
        Assert.Single(news.Runs);
        await EndAsync(job, news, 0, run => run.SetResult("slow"));
        await BeatAsync(world, Minute);

        await Waiting.UntilAsync(() => news.Runs.Count == 2);
    }

    [Fact]
    public async Task Run_ByHandBeforeItIsDue_LeavesTheScheduleAlone()
    {
        news.EndsAtOnce = true;
        await using var world = await StartAsync();
        var job = Job(world, "news");
        await job.StartAsync();
        await world.Time.AdvanceAsync(10 * Minute);

        await job.RunAsync();
        await Waiting.UntilAsync(async () => (await job.DescribeAsync()).Count == 1);

        Assert.Equal(Ms(30 * 60), (await job.DescribeAsync()).NextRun);
    }

    [Fact]
    public async Task Pause_UntilResumed_HoldsScheduledRunsBackAndNotTheHand()
    {
        news.EndsAtOnce = true;
        await using var world = await StartAsync();
        await Job(world, "news").StartAsync();
        await Job(world, "news").PauseAsync();
        await world.Cluster.PutAllAwayAsync();
        await BeatAsync(world, TimeSpan.FromHours(2));
        Assert.Empty(news.Runs);
        Assert.True((await Job(world, "news").DescribeAsync()).Paused);

        await Job(world, "news").RunAsync();
        await Waiting.UntilAsync(async () => (await Job(world, "news").DescribeAsync()).Count == 1);
        await Job(world, "news").ResumeAsync();
        await BeatAsync(world, TimeSpan.FromMinutes(30));

        await Waiting.UntilAsync(() => news.Runs.Count == 2);
        Assert.False((await Job(world, "news").DescribeAsync()).Paused);
    }

    [Fact]
    public async Task Run_CutOffWithItsActivation_StartsAnewAndTheOldEndIsIgnored()
    {
        await using var world = await StartAsync();
        await Job(world, "news").StartAsync();
        await BeatAsync(world, 30 * Minute);
        await Waiting.UntilAsync(() => news.Runs.Count == 1);
        var old = (await Job(world, "news").DescribeAsync()).RunId!;
        await world.Cluster.PutAllAwayAsync();
        Assert.Null((await Job(world, "news").DescribeAsync()).RunId);

        await BeatAsync(world, Minute);
        await Waiting.UntilAsync(() => news.Runs.Count == 2);
        var anew = (await Job(world, "news").DescribeAsync()).RunId;
        await Job(world, "news").CompletedAsync(old, "from the past", null);

        Assert.NotEqual(old, anew);
        var view = await Job(world, "news").DescribeAsync();
        Assert.Equal((anew, 0L, null), (view.RunId, view.Count, view.LastSummary));
        await EndAsync(Job(world, "news"), news, 1, run => run.SetResult("done"));
        Assert.Equal((1L, "done"), ((await Job(world, "news").DescribeAsync()).Count, (await Job(world, "news").DescribeAsync()).LastSummary));
    }

    [Fact]
    public async Task Run_EndsWellWhileItsGrainIsPutAway_CountsAndIsNotRepeated()
    {
        await using var world = await StartAsync();
        news.EndsWellWhenStopped = true;
        await Job(world, "news").StartAsync();
        await BeatAsync(world, 30 * Minute);
        await Waiting.UntilAsync(() => news.Runs.Count == 1);

        await world.Cluster.PutAllAwayAsync();

        await Waiting.UntilAsync(async () => (await Job(world, "news").DescribeAsync()).Count == 1);
        await BeatAsync(world, Minute);
        var view = await Job(world, "news").DescribeAsync();
        Assert.Equal(("brought to its end", null, Ms(60 * 60)), (view.LastSummary, view.RunId, view.NextRun));
        Assert.Single(news.Runs);
    }

    [Fact]
    public async Task Run_CutOffWhilePaused_WaitsUntilResumed()
    {
        await using var world = await StartAsync();
        await Job(world, "news").StartAsync();
        await BeatAsync(world, 30 * Minute);
        await Waiting.UntilAsync(() => news.Runs.Count == 1);
        await Job(world, "news").PauseAsync();
        await world.Cluster.PutAllAwayAsync();

        await BeatAsync(world, Minute);
        Assert.Single(news.Runs);
        await Job(world, "news").ResumeAsync();
        await BeatAsync(world, Minute);

        await Waiting.UntilAsync(() => news.Runs.Count == 2);
    }

    [Fact]
    public async Task AnyCall_UnknownJob_NamesTheKnownOnes()
    {
        await using var world = await StartAsync();
        var job = Job(world, "nwes");
        Func<Task>[] calls =
        [
            job.StartAsync, job.RunAsync, job.DescribeAsync, job.PauseAsync, job.ResumeAsync,
        ];

        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(call);
            Assert.Equal("There is no job 'nwes', but hand, news.", error.Message);
        }
    }

    [Fact]
    public async Task Heartbeat_OfAJobThatIsNoMore_IsHarmless()
    {
        await using var world = await StartAsync();

        await world.Cluster.BeatAsync<IJobGrain>("gone", "heartbeat").OrHangAsync();
    }

    private static IJobGrain Job(World world, string name) => world.Grains.Get<IJobGrain>(name);

    // Milliseconds of the moment so many seconds after the start.
    private static long Ms(double seconds) => World.Start.AddSeconds(seconds).ToUnixTimeMilliseconds();

    // Lets time pass and delivers the heartbeat that is due then.
    private static async Task BeatAsync(World world, TimeSpan later)
    {
        await world.Time.AdvanceAsync(later);
        await world.Cluster.BeatAsync<IJobGrain>("news", "heartbeat").OrHangAsync();
    }

    private static async Task EndAsync(IJobGrain job, FakeWork work, int run, Action<TaskCompletionSource<string>> end)
    {
        await Waiting.UntilAsync(() => work.Runs.Count > run);
        var id = (await job.DescribeAsync()).RunId;
        end(work.Runs[run].Outcome);
        await Waiting.UntilAsync(async () => (await job.DescribeAsync()).RunId != id);
    }

    private Task<World> StartAsync() => World.StartAsync(works: [hand, news]);
}
