using Finstage.Grains.Interfaces.Jobs;
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
/// harm, and a missed period is made up once. A turn only starts the work; its end comes back as a message.
/// </summary>
internal sealed class JobGrain : KeyedGrain, IJobGrain
{
    private const string Heartbeat = "heartbeat";
    private readonly IDurableState<JobState> state;
    private readonly IEnumerable<IJobWork> works;
    private readonly TimeProvider clock;

    // The run that this activation started; a stored run id that is not this one was cut off by a crash.
    private string? running;

    public JobGrain(IEnumerable<IJobWork> works, TimeProvider clock)
    {
        this.works = works;
        this.clock = clock;
        state = State<JobState>("job");
    }

    private IJobWork Work => works.FirstOrDefault(w => w.Name == Key)
        ?? throw new ArgumentException($"There is no job '{Key}', but {string.Join(", ", works.Select(w => w.Name))}.");

    public async Task StartAsync()
    {
        var schedule = Work.Schedule;
        if (schedule.Interval is null)
        {
            return;
        }

        if (state.Value.NextDue == 0)
        {
            state.Value.NextDue = schedule.After(clock.GetUtcNow())!.Value.ToUnixTimeMilliseconds();
            await state.WriteAsync();
        }

        await SetReminderAsync(Heartbeat, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await RunIfDueAsync();
    }

    protected override async Task RemindAsync(string reminder)
    {
        if (works.FirstOrDefault(w => w.Name == Key)?.Schedule.Interval is null)
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
        state.Value.RunId = runId;
        state.Value.RunStarted = now.ToUnixTimeMilliseconds();
        if (state.Value.NextDue <= now.ToUnixTimeMilliseconds() && work.Schedule.After(now, LastDue) is { } next)
        {
            state.Value.NextDue = next.ToUnixTimeMilliseconds();
        }

        await state.WriteAsync();
        RunOutside(cancellation => WorkAsync(work, runId, cancellation));
        running = runId;
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
        var took = Math.Max(0, now - job.RunStarted);
        job.MinMs = job.Count == 0 ? took : Math.Min(job.MinMs, took);
        job.MaxMs = Math.Max(job.MaxMs, took);
        job.TotalMs += took;
        job.LastMs = took;
        job.Count++;
        job.LastRun = now;
        job.RunId = null;
        job.LastError = error;
        if (error is null)
        {
            job.LastSummary = summary;
        }

        running = null;
        await state.WriteAsync();
    }

    public Task<JobView> DescribeAsync()
    {
        var job = state.Value;
        return Task.FromResult(new JobView(
            Key, Work.Schedule.ToString(), job.Paused, running, job.LastRun, job.NextDue, job.LastSummary, job.LastError,
            job.Count, job.TotalMs, job.MinMs, job.MaxMs, job.LastMs));
    }

    private DateTimeOffset? LastDue => state.Value.NextDue == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(state.Value.NextDue);

    private async Task RunIfDueAsync()
    {
        var isDue = state.Value.NextDue != 0 && state.Value.NextDue <= clock.GetUtcNow().ToUnixTimeMilliseconds();
        var wasCutOff = state.Value.RunId is not null;
        if ((isDue || wasCutOff) && !state.Value.Paused && running is null)
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
