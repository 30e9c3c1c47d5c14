using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;

namespace Finstage.Grains.Tests.Jobs;

/// <summary>What is kept of runs, and jobs that settings move or switch off.</summary>
public sealed class JobRunsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeWork news = new("news", JobSchedule.Every(TimeSpan.FromMinutes(30)));

    [Fact]
    public async Task Run_DoneAndFailed_AreKeptWithWhatTheySay()
    {
        await using var world = await World.StartAsync(works: [news]);
        var job = Job(world);
        var first = await job.RunAsync();
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(3));
        await EndAsync(job, 0, run => run.SetResult("7 items"));
        var second = await job.RunAsync();
        await EndAsync(job, 1, run => run.SetException(new FormatException("planted: bad feed")));

        Assert.Equal(
            [
                new JobRun("news", second, World.Start.AddSeconds(3), World.Start.AddSeconds(3), JobOutcome.Failed, TimeSpan.Zero, "planted: bad feed"),
                new JobRun("news", first, World.Start, World.Start.AddSeconds(3), JobOutcome.Done, TimeSpan.FromSeconds(3), "7 items"),
            ],
            await world.Store.JobRuns.ReadAsync("news", 10, World.Stop));
    }

    [Fact]
    public async Task Run_CutOff_IsKeptAsInterruptedOnce()
    {
        await using var world = await World.StartAsync(works: [news]);
        await Job(world).StartAsync();
        await BeatAsync(world, 30 * Minute);
        await Waiting.UntilAsync(() => news.Runs.Count == 1);
        var cutOff = (await Job(world).DescribeAsync()).RunId!;
        await world.Cluster.PutAllAwayAsync();

        await BeatAsync(world, Minute);
        await Waiting.UntilAsync(() => news.Runs.Count == 2);
        await BeatAsync(world, Minute);

        var kept = Assert.Single(await world.Store.JobRuns.ReadAsync("news", 10, World.Stop));
        Assert.Equal((cutOff, JobOutcome.Interrupted, null), (kept.RunId, kept.Outcome, kept.Ended));
    }

    [Fact]
    public async Task Start_AnotherScheduleIsSettled_RunsByThat()
    {
        news.EndsAtOnce = true;
        await using var world = await World.StartAsync(works: [news], plans: Plan(new JobPlan(JobSchedule.Every(Minute), Enabled: true)));
        await Job(world).StartAsync();

        await BeatAsync(world, Minute);
        await Waiting.UntilAsync(async () => (await Job(world).DescribeAsync()).Count == 1);

        var view = await Job(world).DescribeAsync();
        Assert.Equal(("every 1 min", World.Start.AddMinutes(2).ToUnixTimeMilliseconds()), (view.Schedule, view.NextRun));
    }

    [Fact]
    public async Task Start_SwitchedOff_RunsByHandAlone()
    {
        news.EndsAtOnce = true;
        await using var world = await World.StartAsync(works: [news], plans: Plan(new JobPlan(null, Enabled: false)));
        await Job(world).StartAsync();
        await BeatAsync(world, TimeSpan.FromHours(2));
        Assert.Empty(news.Runs);
        Assert.Equal((true, 0L), (await Job(world).DescribeAsync()) is var view ? (view.Paused, view.NextRun) : default);

        await Job(world).RunAsync();

        await Waiting.UntilAsync(async () => (await Job(world).DescribeAsync()).Count == 1);
        Assert.Equal(0, (await Job(world).DescribeAsync()).NextRun);
    }

    private static JobPlans Plan(JobPlan plan) => new(new Dictionary<string, JobPlan> { ["news"] = plan });

    private static IJobGrain Job(World world) => world.Grains.Get<IJobGrain>("news");

    private static async Task BeatAsync(World world, TimeSpan later)
    {
        await world.Time.AdvanceAsync(later);
        await world.Cluster.BeatAsync<IJobGrain>("news", "heartbeat").OrHangAsync();
    }

    private async Task EndAsync(IJobGrain job, int index, Action<TaskCompletionSource<string>> end)
    {
        await Waiting.UntilAsync(() => news.Runs.Count > index);
        end(news.Runs[index].Outcome);
        await Waiting.UntilAsync(async () => (await job.DescribeAsync()).RunId is null);
    }
}
