namespace Finstage.Adapters.Http;

/// <summary>One job.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="Schedule">When it runs.</param>
/// <param name="State"><c>running</c>, else <c>off</c> (by the settings), <c>paused</c> (by a person) or <c>idle</c>.</param>
/// <param name="Enabled">Whether the settings let it run by itself.</param>
/// <param name="Paused">Whether a person holds its scheduled runs back.</param>
/// <param name="Running">Whether it runs now.</param>
/// <param name="RunId">The run under way, or null.</param>
/// <param name="LastRun">When the last run ended, UTC; null before the first.</param>
/// <param name="NextRun">When the next is due, UTC; null when it runs by hand alone.</param>
/// <param name="LastSummary">What the last run did.</param>
/// <param name="LastError">Why the last run failed, or null.</param>
/// <param name="Runs">Runs that ended.</param>
/// <param name="TotalMs">Their durations, added up, in milliseconds.</param>
/// <param name="MinMs">The shortest, in milliseconds.</param>
/// <param name="MaxMs">The longest, in milliseconds.</param>
/// <param name="AverageMs">Their mean, in milliseconds.</param>
/// <param name="LastMs">The last, in milliseconds.</param>
/// <param name="Progress">How far the run under way has come; null when there is none, or it does not say.</param>
public sealed record JobDto(
    string Name, string Schedule, string State, bool Enabled, bool Paused, bool Running, string? RunId, DateTime? LastRun, DateTime? NextRun,
    string? LastSummary, string? LastError, long Runs, long TotalMs, long MinMs, long MaxMs, double AverageMs, long LastMs, JobProgressDto? Progress);

/// <summary>How far a run has come.</summary>
/// <param name="Done">Pieces of work that are done.</param>
/// <param name="Total">Pieces of work in all.</param>
/// <param name="Word">What is being done, in a word or two.</param>
public sealed record JobProgressDto(int Done, int Total, string Word);

/// <summary>A run that is under way.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="RunId">The run's id.</param>
/// <param name="IsNew">Whether it was started by this request; false when it was under way already.</param>
public sealed record JobStartedDto(string Name, string RunId, bool IsNew);

/// <summary>A run that ended.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Started">When it began, UTC.</param>
/// <param name="Ended">When it ended, UTC; null when it was interrupted.</param>
/// <param name="Outcome"><c>done</c>, <c>failed</c> or <c>interrupted</c>.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Summary">What was done; null when it was not.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record JobRunDto(
    string RunId, DateTime Started, DateTime? Ended, string Outcome, long Milliseconds, string? Summary, string? Error);
