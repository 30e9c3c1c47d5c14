using Dapper;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>The runs of jobs that ended.</summary>
internal sealed class JobRunStore(ISqlDatabase database) : IJobRuns
{
    // What a person reads; a stack of inner faults is cut.
    private const int LongestText = 2_000;

    private const string Select =
        """
        SELECT job AS Job, run_id AS RunId, started_ms AS StartedMs, ended_ms AS EndedMs, outcome AS Outcome, took_ms AS TookMs, details AS Details
        FROM job_runs WHERE job = @job ORDER BY id DESC LIMIT @limit
        """;

    private const string OldestKept = "SELECT id FROM job_runs WHERE job = @job ORDER BY id DESC LIMIT 1 OFFSET @kept";

    private const string Forget = "DELETE FROM job_runs WHERE job = @job AND id <= @id";

    private readonly string insert =
        $"""
        {database.Dialect.InsertNew} job_runs (job, run_id, started_ms, ended_ms, outcome, took_ms, details)
        VALUES (@Job, @RunId, @Started, @Ended, @Outcome, @Took, @Details) {database.Dialect.IfNew}
        """;

    public Task AddAsync(JobRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var row = new
        {
            run.Job, run.RunId, Started = run.Started.ToUnixTimeMilliseconds(), Ended = run.Ended?.ToUnixTimeMilliseconds(), Outcome = (int)run.Outcome,
            Took = (long)run.Took.TotalMilliseconds, Details = run.Text.Length > LongestText ? run.Text[..LongestText] : run.Text,
        };
        return database.WriteAsync(
            c =>
            {
                c.Execute(insert, row);
                return c.QuerySingleOrDefault<long?>(OldestKept, new { job = run.Job, kept = IJobRuns.MaxKept }) is { } id
                    ? c.Execute(Forget, new { job = run.Job, id })
                    : 0;
            },
            cancellation);
    }

    public Task<IReadOnlyList<JobRun>> ReadAsync(string job, int limit, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<JobRun>>(
        c =>
        [
            .. c.Query<Row>(Select, new { job, limit }).Select(r => new JobRun(
                r.Job, r.RunId, DateTimeOffset.FromUnixTimeMilliseconds(r.StartedMs),
                r.EndedMs is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null, (JobOutcome)r.Outcome,
                TimeSpan.FromMilliseconds(r.TookMs), r.Details)),
        ],
        cancellation);

    private sealed record Row(string Job, string RunId, long StartedMs, long? EndedMs, long Outcome, long TookMs, string Details);
}
