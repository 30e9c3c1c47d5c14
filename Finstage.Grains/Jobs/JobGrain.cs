using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Monitoring;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Grains.Jobs;

/// <summary>What outlives a job's grain. Times are Unix milliseconds, 0 for never.</summary>
internal sealed class JobState
{
    public bool Paused { get; set; }

    public string? RunId { get; set; }

    public long RunStarted { get; set; }

    public long LastRun { get; set; }

    public long NextDue { get; set; }

    // When a run that failed is tried again, whatever the schedule says.
    public long RetryAt { get; set; }

    // The schedule that NextDue follows, as text; null where it was stored before schedules could change.
    public string? Schedule { get; set; }

    public string? LastSummary { get; set; }

    public string? LastError { get; set; }

    public long Count { get; set; }

    public long TotalMs { get; set; }

    public long MinMs { get; set; }

    public long MaxMs { get; set; }

    public long LastMs { get; set; }
}

/// <summary>
/// One job. The stored <c>NextDue</c> decides whether a period's work is done, so heartbeats that come late, twice or not at all do no
/// harm, and a missed period is made up once, as is a scheduled run that a crash cut off. A clock that is set forward makes a run
/// due, once; one that is set back leaves what was done done, and cannot hold the job up for longer than a period. A turn only starts the
/// work; its end comes back as a message. Work that asks for it is tried again soon after it failed, beside the schedule.
/// </summary>
internal sealed class JobGrain : KeyedGrain, IJobGrain
{
    private const string Heartbeat = "heartbeat";
    private readonly IDurableState<JobState> state;
    private readonly IEnumerable<IJobWork> works;
    private readonly JobPlans plans;
    private readonly IJobRuns runs;
    private readonly TimeProvider clock;

    // The run that this activation started; a stored run id that is not this one was cut off by a crash.
    private string? running;
    private long runningSince;

    public JobGrain(IEnumerable<IJobWork> works, JobPlans plans, IJobRuns runs, TimeProvider clock)
    {
        this.works = works;
        this.plans = plans;
        this.runs = runs;
        this.clock = clock;
        state = State<JobState>("job");
    }

    private IJobWork Work => works.FirstOrDefault(w => w.Name == Key)
        ?? throw new ArgumentException($"There is no job '{Key}', but {string.Join(", ", works.Select(w => w.Name))}.");

    private JobSchedule Schedule => plans.ScheduleOf(Work);

    public async Task StartAsync()
    {
        var schedule = Schedule;
        var (job, now) = (state.Value, clock.GetUtcNow());
        var text = schedule.ToString();
        var isNew = job.NextDue == 0 || (job.Schedule is { } known && known != text);
        if (schedule.NextAfter(now) is not { } next)
        {
            if (job.NextDue != 0)
            {
                (job.NextDue, job.Schedule) = (0, text);
                await state.WriteAsync();
                await ClearReminderAsync(Heartbeat);
            }

            return;
        }

        if (isNew && (job.NextDue == 0 || job.NextDue > now.ToUnixTimeMilliseconds()))
        {
            // What the former schedule missed is made up all the same.
            job.NextDue = next.ToUnixTimeMilliseconds();
        }

        job.Schedule = text;
        await state.WriteAsync();

        // Beats come at whole minutes, as schedules do.
        var toMinute = TimeSpan.FromTicks(TimeSpan.TicksPerMinute - (now.Ticks % TimeSpan.TicksPerMinute));
        await SetReminderAsync(Heartbeat, toMinute, TimeSpan.FromMinutes(1));
        await RunIfDueAsync();
    }

    protected override async Task RemindAsync(string reminder)
    {
        if (works.FirstOrDefault(w => w.Name == Key) is not { } work || plans.ScheduleOf(work) is ManualSchedule)
        {
            // The job is no more, or runs by hand alone now.
            await ClearReminderAsync(reminder);
            return;
        }

        await RunIfDueAsync();
    }

    public async Task<string> RunAsync()
    {
        var work = Work;
        if (running is not null)
        {
            return running;
        }

        var now = clock.GetUtcNow();
        var runId = Guid.NewGuid().ToString("n");
        var job = state.Value;
        if (job.RunId is { } cutOff)
        {
            var began = DateTimeOffset.FromUnixTimeMilliseconds(job.RunStarted);
            await runs.AddAsync(new JobRun(Key, cutOff, began, null, JobOutcome.Interrupted, TimeSpan.Zero, string.Empty), CancellationToken.None);
        }

        (job.RunId, job.RetryAt) = (runId, 0);
        job.RunStarted = now.ToUnixTimeMilliseconds();
        if (job.NextDue <= now.ToUnixTimeMilliseconds())
        {
            // Counted from what was due, not from when it ran: a late heartbeat must not move all that follow.
            DateTimeOffset? anchor = job.NextDue == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(job.NextDue);
            job.NextDue = Schedule.NextAfter(now, anchor)?.ToUnixTimeMilliseconds() ?? 0;
        }

        await state.WriteAsync();
        RunOutside(cancellation => WorkAsync(work, runId, cancellation));
        running = runId;
        runningSince = clock.GetTimestamp();
        return runId;
    }

    public Task PauseAsync() => SetPausedAsync(true);

    public Task ResumeAsync() => SetPausedAsync(false);

    public async Task CompletedAsync(string runId, string summary, string? error)
    {
        ArgumentNullException.ThrowIfNull(runId);

        // The stored id, not this activation's: a run may end while its grain is put away and comes back.
        if (runId != state.Value.RunId)
        {
            return;
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var job = state.Value;
        var took = runId == running ? (long)clock.GetElapsedTime(runningSince).TotalMilliseconds : Math.Max(0, now - job.RunStarted);
        job.MinMs = job.Count == 0 ? took : Math.Min(job.MinMs, took);
        job.MaxMs = Math.Max(job.MaxMs, took);
        job.TotalMs += took;
        job.LastMs = took;
        job.Count++;
        job.LastRun = now;
        job.RunId = null;
        job.LastError = error;
        job.RetryAt = error is not null && Work.RetryAfter is { } wait ? now + (long)wait.TotalMilliseconds : 0;
        if (error is null)
        {
            job.LastSummary = summary;
        }

        running = null;
        Operations.Record("job", Key, TimeSpan.FromMilliseconds(took), error is null);

        // The row first: it is kept once by its id, so that a call made again adds what the first one could not.
        await runs.AddAsync(
            new JobRun(
                Key, runId, DateTimeOffset.FromUnixTimeMilliseconds(job.RunStarted), DateTimeOffset.FromUnixTimeMilliseconds(now),
                error is null ? JobOutcome.Done : JobOutcome.Failed, TimeSpan.FromMilliseconds(took), error ?? summary),
            CancellationToken.None);
        await state.WriteAsync();
    }

    public Task<JobView> DescribeAsync()
    {
        var job = state.Value;
        return Task.FromResult(new JobView(
            Key, Schedule.ToString(), job.Paused || !plans.IsEnabled(Key), running, job.LastRun, NextRun(job), job.LastSummary, job.LastError,
            job.Count, job.TotalMs, job.MinMs, job.MaxMs, job.LastMs, running is null ? null : Work.Progress?.View));
    }

    private static long NextRun(JobState job) => job.NextDue != 0 && job.RetryAt != 0 ? Math.Min(job.NextDue, job.RetryAt) : job.NextDue;

    private async Task RunIfDueAsync()
    {
        var (job, now) = (state.Value, clock.GetUtcNow());
        if (Schedule.LatestDue(now) is { } latest && job.NextDue > latest.ToUnixTimeMilliseconds())
        {
            // The clock was set back by more than a period: what it showed before counts no longer.
            job.NextDue = Schedule.NextAfter(now)!.Value.ToUnixTimeMilliseconds();
            await state.WriteAsync();
        }

        if (Work.RetryAfter is { } wait && job.RetryAt > (now + wait).ToUnixTimeMilliseconds())
        {
            // The same for a retry; it costs little.
            job.RetryAt = now.ToUnixTimeMilliseconds();
        }

        var isDue = job.NextDue != 0 && NextRun(job) <= now.ToUnixTimeMilliseconds();
        var wasCutOff = job.RunId is not null;
        if ((isDue || wasCutOff) && !job.Paused && running is null)
        {
            await RunAsync();
        }
    }

    private async Task SetPausedAsync(bool paused)
    {
        _ = Work;
        state.Value.Paused = paused;
        await state.WriteAsync();
    }

    // Runs outside the turn: the end is told through a call like anybody's.
    private async Task WorkAsync(IJobWork work, string runId, CancellationToken cancellation)
    {
        string? error = null;
        var summary = string.Empty;
        try
        {
            summary = await work.RunAsync(Grains, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The program is stopping: the run is made up at the next start, as after a crash.
            return;
        }
        catch (Exception failure)
        {
            error = failure.Message;
        }

        // A grain that is being put away takes its calls only afterwards, and its end waits for this work: nobody waits for the answer then.
        await Grains.Get<IJobGrain>(Key).CompletedAsync(runId, summary, error).WaitAsync(cancellation);
    }
}
