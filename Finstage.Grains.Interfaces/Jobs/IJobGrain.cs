using Finstage.Hosting;

namespace Finstage.Grains.Interfaces.Jobs;

/// <summary>One job: when it runs, whether it runs now, how its runs went. The key is the job's name.</summary>
[Alias("finstage.IJobGrain")]
public interface IJobGrain : IKeyedGrain
{
    /// <summary>Arms the job's heartbeat, and makes up a run that was missed while nothing ran. Idempotent.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>Starts a run now, unless one is under way, and returns its id at once; the work goes on outside the turn.</summary>
    /// <returns>The id of the run that is now under way.</returns>
    [Alias("Run")]
    Task<string> RunAsync();

    /// <summary>Stops scheduled runs until <see cref="ResumeAsync"/>; a run under way ends by itself.</summary>
    [Alias("Pause")]
    Task PauseAsync();

    /// <summary>Lets scheduled runs start again.</summary>
    [Alias("Resume")]
    Task ResumeAsync();

    /// <summary>Takes the end of a run; sent by the work itself. An id other than that of the run under way is ignored.</summary>
    [Alias("Completed")]
    Task CompletedAsync(string runId, string summary, string? error);

    /// <summary>How the job stands.</summary>
    [Alias("Describe")]
    Task<JobView> DescribeAsync();
}

/// <summary>How a job stands. Times are Unix milliseconds, 0 for never; durations are milliseconds.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="Schedule">Its schedule, as people write it.</param>
/// <param name="Paused">Whether scheduled runs are held back, by a person or by the settings.</param>
/// <param name="RunId">The run under way, or null.</param>
/// <param name="LastRun">When the last run ended.</param>
/// <param name="NextRun">When the next run is due; 0 when it runs by hand alone.</param>
/// <param name="LastSummary">What the last run did, or null.</param>
/// <param name="LastError">Why the last run failed, or null.</param>
/// <param name="Count">Runs that ended.</param>
/// <param name="TotalMs">Their durations, added up.</param>
/// <param name="MinMs">The shortest.</param>
/// <param name="MaxMs">The longest.</param>
/// <param name="LastMs">The last.</param>
/// <param name="Progress">How far the run under way has come; null when there is none, or it does not say.</param>
[GenerateSerializer, Immutable, Alias("finstage.JobView")]
public sealed record JobView(
    [property: Id(0)] string Name,
    [property: Id(1)] string Schedule,
    [property: Id(2)] bool Paused,
    [property: Id(3)] string? RunId,
    [property: Id(4)] long LastRun,
    [property: Id(5)] long NextRun,
    [property: Id(6)] string? LastSummary,
    [property: Id(7)] string? LastError,
    [property: Id(8)] long Count,
    [property: Id(9)] long TotalMs,
    [property: Id(10)] long MinMs,
    [property: Id(11)] long MaxMs,
    [property: Id(12)] long LastMs,
    [property: Id(13)] JobProgressView? Progress = null);

/// <summary>How far a run has come.</summary>
/// <param name="Done">Pieces of work that are done.</param>
/// <param name="Total">Pieces of work in all.</param>
/// <param name="Word">What is being done, in a word or two.</param>
[GenerateSerializer, Immutable, Alias("finstage.JobProgressView")]
public sealed record JobProgressView(
    [property: Id(0)] int Done,
    [property: Id(1)] int Total,
    [property: Id(2)] string Word);
