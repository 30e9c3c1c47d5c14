using Finstage.Adapters.Http;
using Finstage.Analysis.Text;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Finstage.Silo.Startup;

namespace Finstage.Silo.Api;

/// <summary><c>/api/jobs</c>: what runs when, how it went, and doing it now.</summary>
internal static class JobsApi
{
    private const int DefaultRuns = 20;

    public static void Map(WebApplication app)
    {
        app.MapGet("/api/jobs", async (IEnumerable<IJobWork> works, IGrains grains, JobPlans plans) =>
            await Task.WhenAll(works.Select(w => DescribeAsync(w.Name, grains, plans))));
        app.MapGet("/api/jobs/{name}", (string name, IEnumerable<IJobWork> works, IGrains grains, JobPlans plans) =>
            OfAsync(name, works, async known => Results.Ok(await DescribeAsync(known, grains, plans))));
        app.MapGet("/api/jobs/{name}/runs", (string name, int? limit, IEnumerable<IJobWork> works, IJobRuns runs, CancellationToken cancellation) =>
            OfAsync(name, works, async known => Read.Limit(limit, DefaultRuns, IJobRuns.MaxKept, out var count, out var problem)
                ? Results.Ok((await runs.ReadAsync(known, count, cancellation)).Select(Of).ToArray())
                : problem!));
        app.MapPost("/api/jobs/{name}/run", (string name, IEnumerable<IJobWork> works, IGrains grains) =>
            OfAsync(name, works, known => RunAsync(known, grains)));
        app.MapPost("/api/jobs/{name}/pause", (string name, IEnumerable<IJobWork> works, IGrains grains, JobPlans plans) =>
            OfAsync(name, works, known => SetPausedAsync(known, paused: true, grains, plans)));
        app.MapPost("/api/jobs/{name}/resume", (string name, IEnumerable<IJobWork> works, IGrains grains, JobPlans plans) =>
            OfAsync(name, works, known => SetPausedAsync(known, paused: false, grains, plans)));
    }

    private static async Task<IResult> OfAsync(string name, IEnumerable<IJobWork> works, Func<string, Task<IResult>> answer)
    {
        var names = works.Select(w => w.Name).ToList();
        return names.Find(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? await answer(known)
            : Problems.NotFound(name.Equals(BackupJob.JobName, StringComparison.OrdinalIgnoreCase)
                ? "A shared database is backed up by its own tools, for example: mysqldump --single-transaction."
                : JobSettings.Names.Contains(name, StringComparer.OrdinalIgnoreCase)
                ? $"The job '{name}' is not part of this silo as it is set up; it has {string.Join(", ", names)}."
                : $"There is no job '{name}', but {string.Join(", ", names)}.{Nearest.Hint(name, names)}");
    }

    private static async Task<IResult> RunAsync(string name, IGrains grains)
    {
        var job = grains.Get<IJobGrain>(name);
        var before = (await job.DescribeAsync()).RunId;
        var run = await job.RunAsync();
        return Results.Accepted($"/api/jobs/{name}", new JobStartedDto(name, run, run != before));
    }

    private static async Task<IResult> SetPausedAsync(string name, bool paused, IGrains grains, JobPlans plans)
    {
        if (!plans.IsEnabled(name))
        {
            return Results.Problem(
                $"The job '{name}' is switched off by the settings: set Jobs:{name}:Enabled to true and start the silo again.",
                statusCode: StatusCodes.Status409Conflict, title: "The job is switched off.");
        }

        var job = grains.Get<IJobGrain>(name);
        await (paused ? job.PauseAsync() : job.ResumeAsync());
        return Results.Ok(await DescribeAsync(name, grains, plans));
    }

    private static async Task<JobDto> DescribeAsync(string name, IGrains grains, JobPlans plans) =>
        Shapes.Of(await grains.Get<IJobGrain>(name).DescribeAsync(), plans.IsEnabled(name));

    private static JobRunDto Of(JobRun run) => new(
        run.RunId, run.Started.UtcDateTime, run.Ended?.UtcDateTime, run.Outcome.ToString().ToLowerInvariant(), (long)run.Took.TotalMilliseconds,
        run.Outcome == JobOutcome.Done ? run.Text : null, run.Outcome == JobOutcome.Failed ? run.Text : null);
}
