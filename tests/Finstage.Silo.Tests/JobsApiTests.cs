using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Finstage.Testing;

namespace Finstage.Silo.Tests;

/// <summary>A silo whose job <c>drop</c> runs at an hour of its own, and whose job <c>report</c> is switched off.</summary>
public sealed class JobsSilo : IAsyncLifetime
{
    internal SiloUnderTest Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Silo = await SiloUnderTest.StartAsync(
        ("Jobs:drop:Schedule", "daily 03:30 America/New_York"), ("Jobs:report:Enabled", "false"));

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}

public sealed class JobsApiTests(JobsSilo jobs) : IClassFixture<JobsSilo>
{
    private SiloUnderTest Silo => jobs.Silo;

    [Fact]
    public async Task Jobs_All_SayHowTheyStand()
    {
        var all = (await Silo.GetAsync("/api/jobs")).EnumerateArray().ToList();

        var drop = all.Single(j => Text(j, "name") == "drop");
        Assert.Equal(("daily 03:30 America/New_York", true, false), (Text(drop, "schedule"), drop.GetProperty("enabled").GetBoolean(), drop.GetProperty("running").GetBoolean()));
        Assert.NotEqual(JsonValueKind.Null, drop.GetProperty("nextRun").ValueKind);
        var report = all.Single(j => Text(j, "name") == "report");
        Assert.Equal(("off", "manual", JsonValueKind.Null), (Text(report, "state"), Text(report, "schedule"), report.GetProperty("nextRun").ValueKind));
        var samples = all.Single(j => Text(j, "name") == "samples");
        Assert.Equal(1, samples.GetProperty("runs").GetInt64());
        Assert.Contains("candles imported", Text(samples, "lastSummary"));
    }

    [Fact]
    public async Task Run_AJob_IsUnderWayAndKept()
    {
        using var started = await Silo.Http.PostAsync("/api/jobs/OPTIMIZE/run", null);

        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var body = await started.Content.ReadFromJsonAsync<JsonElement>();
        var run = Text(body, "runId");
        Assert.Equal(("optimize", true), (Text(body, "name"), body.GetProperty("isNew").GetBoolean()));
        await Silo.UntilAsync(async () => (await Silo.GetAsync("/api/jobs/optimize")).GetProperty("runId").ValueKind == JsonValueKind.Null);
        var kept = (await Silo.GetAsync("/api/jobs/optimize/runs?limit=5")).EnumerateArray().Single(r => Text(r, "runId") == run);
        Assert.Equal(("done", JsonValueKind.Null), (Text(kept, "outcome"), kept.GetProperty("error").ValueKind));
        Assert.NotEmpty(Text(kept, "summary"));
        var job = await Silo.GetAsync("/api/jobs/optimize");
        Assert.True(job.GetProperty("minMs").GetInt64() <= job.GetProperty("averageMs").GetDouble());
        Assert.True(job.GetProperty("averageMs").GetDouble() <= job.GetProperty("maxMs").GetInt64());
    }

    [Fact]
    public async Task RunBackup_WhileTheSiloRuns_WritesACheckedCopy()
    {
        using var temp = new TempFolder();
        await using var silo = await SiloUnderTest.StartAsync(("Silo:Data", temp.File("data")), ("Backup:Keep", "1"));

        var summary = await silo.RunJobAsync("backup");

        Assert.Matches(@"^finstage-\d{8}T\d{6}Z\.db: \d+\.\d MB, \d+ candles; backups kept: 1$", summary);
        Assert.Single(Directory.GetFiles(temp.File("data/backups")));
        Assert.Equal("daily 03:00 Asia/Seoul", Text(await silo.GetAsync("/api/jobs/backup"), "schedule"));
    }

    [Fact]
    public async Task PauseAndResume_AJob_IsShown()
    {
        using var paused = await Silo.Http.PostAsync("/api/jobs/drop/pause", null);
        var meanwhile = await Silo.GetAsync("/api/jobs/drop");
        using var resumed = await Silo.Http.PostAsync("/api/jobs/drop/resume", null);

        Assert.Equal((HttpStatusCode.OK, "paused", true), (paused.StatusCode, Text(meanwhile, "state"), meanwhile.GetProperty("paused").GetBoolean()));
        Assert.Equal("idle", Text(await resumed.Content.ReadFromJsonAsync<JsonElement>(), "state"));
    }

    [Fact]
    public async Task Pause_IsKeptOverARestart()
    {
        using var temp = new TempFolder();
        await using (var silo = await SiloUnderTest.StartAsync(("Silo:Data", temp.File("data"))))
        {
            (await silo.Http.PostAsync("/api/jobs/drop/pause", null)).EnsureSuccessStatusCode();
        }

        await using var next = await SiloUnderTest.StartAsync(("Silo:Data", temp.File("data")));
        Assert.Equal("paused", Text(await next.GetAsync("/api/jobs/drop"), "state"));
    }

    [Fact]
    public async Task Resume_AJobThatIsSwitchedOff_SaysByWhat()
    {
        using var response = await Silo.Http.PostAsync("/api/jobs/report/resume", null);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("Jobs:report:Enabled", Text(await response.Content.ReadFromJsonAsync<JsonElement>(), "detail"));
    }

    [Theory]
    [InlineData("POST", "/api/jobs/optimise/run", "optimize?")]
    [InlineData("POST", "/api/jobs/history/run", "not part of this silo")]
    [InlineData("GET", "/api/jobs/x", "optimize, ")]
    [InlineData("GET", "/api/jobs/x/runs", "There is no job 'x'")]
    public async Task AnyCall_UnknownJob_Is404AndNamesTheKnownOnes(string method, string path, string expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Silo.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(expected, Text(await response.Content.ReadFromJsonAsync<JsonElement>(), "detail"));
    }

    [Fact]
    public async Task Runs_LimitOutOfRange_Is400() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await Silo.Http.GetAsync("/api/jobs/drop/runs?limit=0")).StatusCode);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
