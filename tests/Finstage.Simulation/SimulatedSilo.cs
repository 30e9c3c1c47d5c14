using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Adapters.Storage;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Finstage.Silo;
using Finstage.Silo.Startup;
using Finstage.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Finstage.Simulation;

/// <summary>
/// The whole program under a clock that is moved by hand, against a feed that is played. Time goes on only while nothing is under way
/// between the two, so that what is measured by the clock is what the program did.
/// </summary>
internal sealed class SimulatedSilo : IAsyncDisposable
{
    private static readonly TimeSpan BusyStep = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource stop = new();
    private readonly StringWriter output = new();
    private readonly HttpClient http = new();
    private readonly Dictionary<string, long> ended = [];
    private readonly SiloApp silo;
    private readonly string feed;
    private readonly IJobWork[] works;
    private Task running = Task.CompletedTask;
    private int busy;


    private SimulatedSilo(SiloApp silo, FakeTime time, string feed)
    {
        (this.silo, Time, this.feed) = (silo, time, feed);
        works = [.. silo.Web.Services.GetServices<IJobWork>()];
    }

    public FakeTime Time { get; }

    public IGrains Grains => silo.Web.Services.GetRequiredService<IGrains>();

    /// <summary>Where it serves.</summary>
    public Uri Address => new(silo.Web.Urls.Single());

    public SqlStore Store => (SqlStore)silo.Web.Services.GetRequiredService<IMarketStore>();

    /// <summary>The jobs.</summary>
    public IReadOnlyList<IJobWork> Works => works;

    /// <summary>When the jobs' schedules began to count.</summary>
    public DateTimeOffset ArmedAt { get; private set; }

    /// <summary>Every run of a job that ended, in order.</summary>
    public List<JobRun> Runs { get; } = [];

    /// <summary>The jobs that had a run under way when it was last looked, and when that run was first seen.</summary>
    public Dictionary<string, (string Run, DateTimeOffset Seen)> UnderWay { get; } = new(StringComparer.Ordinal);

    public string Output => output.ToString();

    /// <summary>Starts the program and lets time go on until its first steps are done.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="feed">Where the feed is played.</param>
    /// <param name="at">What the clock shows.</param>
    /// <param name="settings">More settings.</param>
    public static async Task<SimulatedSilo> StartAsync(
        string data, string feed, DateTimeOffset at, params (string Name, string Value)[] settings)
    {
        var time = new FakeTime(at);
        var all = new Dictionary<string, string?>
        {
            ["Silo:Data"] = data, ["Silo:Urls"] = "http://127.0.0.1:0", ["Feeds:Yahoo:BaseAddress"] = feed, ["Logging:LogLevel:Default"] = "Error",
            ["Silo:FirstInsights"] = "false",
        };
        foreach (var (name, value) in StandInNews.Settings(feed).Concat(settings))
        {
            all[name] = value;
        }

        var writer = new StringWriter();
        var app = await SiloApp.BuildAsync(all, TextWriter.Synchronized(writer), time, CancellationToken.None, host =>
        {
            // Beats come at whole minutes, and a call's time limit counts the clock that is moved.
            host.ReminderTick = TimeSpan.FromMinutes(1);
            host.CallTimeout = TimeSpan.FromHours(12);
        });
        var simulated = new SimulatedSilo(app, time, feed);
        await app.Web.StartAsync();
        simulated.ArmedAt = time.GetUtcNow();
        simulated.running = app.RunUntilStoppedAsync(simulated.stop.Token);
        await simulated.AdvanceWhileAsync(() => Task.FromResult(!app.Web.Services.GetRequiredService<SiloState>().IsReady));
        return simulated;
    }

    /// <summary>Lets time go on to a moment.</summary>
    public async Task AdvanceToAsync(DateTimeOffset end)
    {
        while (Time.GetUtcNow() < end)
        {
            await StepAsync(end);
        }
    }

    /// <summary>Lets time go on while something holds.</summary>
    public async Task AdvanceWhileAsync(Func<Task<bool>> holds)
    {
        while (await holds())
        {
            await StepAsync(DateTimeOffset.MaxValue);
        }
    }

    /// <summary>Lets time go on until a job has ended so many runs.</summary>
    public Task AdvanceUntilEndedAsync(string job, int runs = 1) =>
        AdvanceWhileAsync(() => Task.FromResult(Runs.Count(r => r.Job == job) < runs));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        await silo.DisposeAsync();
        http.Dispose();
        stop.Dispose();
        await output.DisposeAsync();
    }

    // Also what it does once it is ready, such as to set the history to work.
    private bool IsStarting => silo.Web.Services.GetServices<IHostedService>().OfType<FirstSteps>().Single().ExecuteTask is not { IsCompleted: true };

    private async Task StepAsync(DateTimeOffset end)
    {
        await QuietAsync();
        await TurnsEndedAsync();
        var isBusy = await LookAtJobsAsync() || IsStarting;
        var now = Time.GetUtcNow();
        var minute = TimeSpan.FromTicks(TimeSpan.TicksPerMinute - (now.Ticks % TimeSpan.TicksPerMinute));
        var step = isBusy && BusyStep < minute ? BusyStep : minute;
        step = end - now < step ? end - now : step;

        // The feed's clock goes ahead, so that no answer is from before its question.
        await FeedStateAsync(now + step);
        await Time.AdvanceAsync(step);
    }

    private async Task<int[]> FeedStateAsync(DateTimeOffset? now)
    {
        var query = now is { } moment ? string.Create(CultureInfo.InvariantCulture, $"?now={moment.ToUnixTimeMilliseconds()}") : string.Empty;
        var text = await http.GetStringAsync(new Uri($"{feed}/stand-in/state{query}"));
        return [.. text.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
    }

    // Beats are delivered and turns have ended; the jobs' work and a notifier go on outside of them.
    private async Task TurnsEndedAsync()
    {
        var lifetime = silo.Web.Services.GetService<Finstage.Hosting.Embedded.HostLifetime>();
        for (var i = 0; i < 100; i++)
        {
            await Task.Delay(1);
            if (lifetime is null || lifetime.Pending <= busy + 1)
            {
                return;
            }
        }
    }

    // Every question that was sent has arrived, and every answer but those left hanging has come back.
    private async Task QuietAsync()
    {
        var client = silo.Web.Services.GetRequiredService<FeedClient>();
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (since.Elapsed < Hang)
        {
            var hosts = client.Hosts;
            if (hosts.Sum(h => h.Running) == 0)
            {
                return;
            }

            var state = await FeedStateAsync(now: null);
            if (state[1] == 0 && client.Hosts.Sum(h => h.Running) == state[2])
            {
                return;
            }

            await Task.Delay(1);
        }
    }

    // A job that is due and has not begun counts as under way: on a slow computer its beat is on the way yet, and a step of a minute would
    // put all its questions at one moment of the feed's clock.
    private async Task<bool> LookAtJobsAsync()
    {
        busy = 0;
        var isDue = false;
        var now = Time.GetUtcNow();
        var beat = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).ToUnixTimeMilliseconds();
        foreach (var work in works)
        {
            var view = await Grains.Get<IJobGrain>(work.Name).DescribeAsync();
            busy += view.RunId is null ? 0 : 1;
            if (view.RunId is null)
            {
                UnderWay.Remove(work.Name);
            }
            else if (!UnderWay.TryGetValue(work.Name, out var known) || known.Run != view.RunId)
            {
                UnderWay[work.Name] = (view.RunId, now);
            }

            isDue |= view is { RunId: null, Paused: false, NextRun: > 0 } && view.NextRun <= beat;
            if (ended.GetValueOrDefault(work.Name) < view.Count)
            {
                ended[work.Name] = view.Count;
                Runs.Add(new JobRun(work.Name, DateTimeOffset.FromUnixTimeMilliseconds(view.LastRun), view.LastMs, view.LastSummary, view.LastError));
            }
        }

        return busy > 0 || isDue;
    }

    /// <summary>A run that ended.</summary>
    internal sealed record JobRun(string Job, DateTimeOffset EndedAt, long Milliseconds, string? Summary, string? Error)
    {
        public DateTimeOffset BegunAt => EndedAt - TimeSpan.FromMilliseconds(Milliseconds);
    }
}
