using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Client.Output;
using Spectre.Console;

namespace Finstage.Client.Server;

/// <summary><c>jobs</c>: what runs when, how it went, and doing it now.</summary>
internal static class JobsCommand
{
    private const int RunsKept = 200;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    public static Command Create(Screen screen)
    {
        var command = new Command("jobs", "The jobs: when they run, and how it went.")
        {
            List(screen), Runs(screen), Run(screen),
            Switch(screen, "pause", "Hold back a job's scheduled runs, until resume."), Switch(screen, "resume", "Let a job's scheduled runs start again."),
        };
        var options = new ServerOptions(command);
        command.SetAction((parsed, cancellation) => ListAsync(screen, options, parsed, cancellation));
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The job's name, as jobs list shows it." };

    private static string Path(string name) => $"api/jobs/{Uri.EscapeDataString(name)}";

    private static Command List(Screen screen)
    {
        var command = new Command("list", "All jobs.");
        var options = new ServerOptions(command);
        command.SetAction((parsed, cancellation) => ListAsync(screen, options, parsed, cancellation));
        return command;
    }

    private static async Task ListAsync(Screen screen, ServerOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        using var api = options.Connect(parsed);
        var jobs = await api.GetAsync<JobDto[]>("api/jobs", cancellation);
        if (options.Json(parsed))
        {
            screen.WriteJson(jobs);
        }
        else
        {
            Show(screen, jobs);
        }
    }

    private static Command Runs(Screen screen)
    {
        var name = Name();
        var limit = new Option<int>("--limit") { Description = "At most so many, the newest.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var command = new Command("runs", "A job's last runs, newest first.") { name, limit };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var runs = await api.GetAsync<JobRunDto[]>(
                string.Create(CultureInfo.InvariantCulture, $"{Path(parsed.GetValue(name)!)}/runs?limit={parsed.GetValue(limit)}"), cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(runs);
                return;
            }

            screen.WriteTable(
                ["Started (UTC)", "Took", "Outcome", "What"],
                runs.Select(r => new[] { Words.Day(r.Started), Seconds(r.Milliseconds), r.Outcome, r.Summary ?? r.Error ?? string.Empty }),
                1);
        });
        return command;
    }

    private static Command Run(Screen screen)
    {
        var name = Name();
        var noWait = new Option<bool>("--no-wait") { Description = "Do not wait for its end." };
        var command = new Command("run", "Run a job now, and wait for its end. Exit code 1 when it failed.") { name, noWait };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var started = await api.PostAsync<JobStartedDto>($"{Path(parsed.GetValue(name)!)}/run", null, cancellation);
            if (parsed.GetValue(noWait))
            {
                Write(screen, options.Json(parsed), started, $"{started.Name} runs ({started.RunId}){(started.IsNew ? string.Empty : ", as it did before")}.");
                return 0;
            }

            var run = await WatchAsync(screen, api, started, cancellation);
            Write(screen, options.Json(parsed), run, $"{started.Name}: {run.Summary ?? run.Error ?? run.Outcome}, in {Seconds(run.Milliseconds)}.");
            return run.Outcome == "done" ? 0 : 1;
        });
        return command;
    }

    private static Command Switch(Screen screen, string word, string description)
    {
        var name = Name();
        var command = new Command(word, description) { name };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var job = await api.PostAsync<JobDto>($"{Path(parsed.GetValue(name)!)}/{word}", null, cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(job);
            }
            else
            {
                Show(screen, [job]);
            }
        });
        return command;
    }

    private static async Task<JobRunDto> WatchAsync(Screen screen, FinstageApi api, JobStartedDto started, CancellationToken cancellation)
    {
        if (!screen.IsInteractive)
        {
            await UntilEndAsync(api, started, _ => { }, cancellation);
        }
        else
        {
            await screen.Console.Progress().AutoClear(true).StartAsync(async progress =>
            {
                var bar = progress.AddTask(Markup.Escape(started.Name)).IsIndeterminate();
                await UntilEndAsync(api, started, p => Move(bar, started.Name, p), cancellation);
            });
        }

        var runs = await api.GetAsync<JobRunDto[]>($"{Path(started.Name)}/runs?limit={RunsKept}", cancellation);
        return runs.FirstOrDefault(r => r.RunId == started.RunId)
            ?? throw new ApiException($"How the run {started.RunId} of {started.Name} ended is not known; look at: finstage jobs runs {started.Name}");
    }

    private static void Move(ProgressTask bar, string name, JobProgressDto progress)
    {
        bar.IsIndeterminate(false).MaxValue(Math.Max(1, progress.Total)).Value(progress.Done);
        bar.Description(Markup.Escape($"{name} {progress.Done}/{progress.Total} {progress.Word}"));
    }

    private static async Task UntilEndAsync(FinstageApi api, JobStartedDto started, Action<JobProgressDto> tell, CancellationToken cancellation)
    {
        while (await api.GetAsync<JobDto>(Path(started.Name), cancellation) is var job && job.RunId == started.RunId)
        {
            if (job.Progress is { } progress)
            {
                tell(progress);
            }

            await Task.Delay(LookAgain, TimeProvider.System, cancellation);
        }
    }

    private static void Write<T>(Screen screen, bool json, T value, string line)
    {
        if (json)
        {
            screen.WriteJson(value);
        }
        else
        {
            screen.Line(line);
        }
    }

    public static void Show(Screen screen, IReadOnlyList<JobDto> jobs) => screen.WriteTable(
        ["Job", "Schedule", "State", "Last run (UTC)", "Next run (UTC)", "Runs", "Average", "Last", "What"],
        jobs.Select(j => new[]
        {
            j.Name, j.Schedule, j.State, j.LastRun is { } last ? Words.Day(last) : "–", j.NextRun is { } next ? Words.Day(next) : "–", Words.Number(j.Runs),
            j.Runs == 0 ? "–" : Seconds((long)j.AverageMs), j.Runs == 0 ? "–" : Seconds(j.LastMs), j.LastError ?? j.LastSummary ?? string.Empty,
        }),
        5,
        6,
        7);

    private static string Seconds(long milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0} s");
}
