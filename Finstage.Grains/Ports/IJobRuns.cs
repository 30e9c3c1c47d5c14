namespace Finstage.Grains.Ports;

/// <summary>The runs of jobs that ended, the newest of each job. Thread-safe.</summary>
public interface IJobRuns
{
    /// <summary>The most runs that are kept of one job.</summary>
    const int MaxKept = 200;

    /// <summary>Keeps a run, once by its id, and forgets those of the same job that are too many.</summary>
    Task AddAsync(JobRun run, CancellationToken cancellation);

    /// <summary>The runs of a job, newest first.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    Task<IReadOnlyList<JobRun>> ReadAsync(string job, int limit, CancellationToken cancellation);
}

/// <summary>How a run ended.</summary>
public enum JobOutcome
{
    /// <summary>The work was done.</summary>
    Done = 0,

    /// <summary>The work failed.</summary>
    Failed = 1,

    /// <summary>The program ended before the work did.</summary>
    Interrupted = 2,
}

/// <summary>One run of a job.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="RunId">The run's id.</param>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When it ended; null where that is not known, for it was interrupted.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Took">How long it took, to the millisecond; zero where it was interrupted.</param>
/// <param name="Text">What was done, or why it failed.</param>
public sealed record JobRun(
    string Job, string RunId, DateTimeOffset Started, DateTimeOffset? Ended, JobOutcome Outcome, TimeSpan Took, string Text);
