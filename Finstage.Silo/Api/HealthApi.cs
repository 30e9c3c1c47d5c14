using System.Diagnostics;
using Finstage.Adapters.Http;
using Finstage.Grains.Interfaces.Bot;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Jobs;
using Finstage.Grains.News;
using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Hosting;
using Finstage.Silo.Metrics;
using Finstage.Silo.Monitoring;
using Finstage.Silo.Startup;
using Finstage.Silo.Telegram;

namespace Finstage.Silo.Api;

/// <summary><c>/health</c>, which always answers, and the probes of it.</summary>
internal static class HealthApi
{
    private const int FailingShown = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void Map(WebApplication app)
    {
        app.MapGet("/health", HealthAsync);

        // Probes carry no key, and learn no more than a word.
        app.MapGet("/health/live", () => Results.Ok(new { status = "ok" })).AllowAnonymous();
        app.MapGet("/health/ready", (SiloState state) => state.IsReady
            ? Results.Ok(new { status = "ok" })
            : Results.Json(new { status = "starting", phase = state.Phase }, statusCode: StatusCodes.Status503ServiceUnavailable)).AllowAnonymous();
    }

    private static async Task<HealthDto> HealthAsync(
        SiloState state, SiloSettings settings, IMarketStore store, IOutbox outbox, IGrains grains, IEnumerable<IJobWork> works, JobPlans plans,
        FeedWatch watch, TelegramState bot, INewsStore news, NewsSources sources, PerformanceMonitor performance, ProcessSampler sampler,
        MetricsCollector metrics, TimeProvider clock, CancellationToken cancellation)
    {
        // At once, so that several that hang take no longer than one.
        var asksDatabase = WithinAsync(() => DatabaseAsync(store, cancellation), error => new DatabaseHealthDto("failing", 0, 0, 0, error));
        var asksTelegram = WithinAsync(
            () => TelegramAsync(settings, bot, outbox, grains, cancellation), error => new TelegramHealthDto("failing", 0, error, bot.Name, []));
        var asksScheduler = WithinAsync(() => SchedulerAsync(works, grains), error => new SchedulerHealthDto("failing", [], [error]));
        var asksNews = WithinAsync(
            () => NewsApi.HealthAsync(settings, news, sources, grains, cancellation), _ => new NewsHealthDto("failing", 0, 0, 0, null, 0, []));
        var (database, telegram, scheduler) = (await asksDatabase, await asksTelegram, await asksScheduler);
        var feeds = Feeds(settings, watch);
        var isWell = database.Status == "ok" && telegram.Status != "failing" && scheduler.Status == "ok" && feeds.Status != "failing";
        return new HealthDto(
            !state.IsReady ? "starting" : isWell ? "ok" : "degraded", SiloApp.Version, GrainHost.Name, state.StartedAt.UtcDateTime, state.Phase,
            database, telegram, scheduler, Process(state, clock), feeds, await asksNews, PerformanceApi.Of(sampler.Samples, performance.Statistics, GrainTurns.Of(metrics.Collect())),
            PerformanceApi.Features(settings, works, plans));

        async Task<T> WithinAsync<T>(Func<Task<T>> ask, Func<string, T> failing)
        {
            try
            {
                return await ask().WaitAsync(Patience, clock, cancellation);
            }
            catch (TimeoutException)
            {
                return failing($"It does not answer within {Patience.TotalSeconds:0} s.");
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                return failing(error.Message);
            }
        }
    }

    private static FeedsHealthDto Feeds(SiloSettings settings, FeedWatch watch)
    {
        var standings = watch.Standings;
        var status = !settings.Feeds.Enabled ? "off"
            : standings.Any(s => s.OutSince is not null) ? "failing"
            : standings.Any(s => s.Failing.Count > 0) ? "partly" : "ok";
        return new FeedsHealthDto(status, [.. standings.Select(s => new FeedHealthDto(
            s.Feed, s.LastAnswer?.UtcDateTime, s.OutSince?.UtcDateTime, s.Error, s.Failing.Count,
            [.. s.Failing.Take(FailingShown).Select(f => new FailingSubjectDto(f.Subject, Word(f.Fault), f.Error, f.Since.UtcDateTime))]))]);
    }

    private static string Word(FeedFault fault) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(fault.ToString());

    private static async Task<DatabaseHealthDto> DatabaseAsync(IMarketStore store, CancellationToken cancellation)
    {
        var series = await store.ReadSeriesAsync(null, cancellation);
        var signals = await store.CountSignalsAsync(null, null, cancellation);
        return new DatabaseHealthDto("ok", series.Count, series.Sum(s => s.Candles), signals.Values.Sum(), null);
    }

    private static async Task<TelegramHealthDto> TelegramAsync(
        SiloSettings settings, TelegramState bot, IOutbox outbox, IGrains grains, CancellationToken cancellation)
    {
        var waiting = await outbox.CountWaitingAsync(cancellation);
        if (!settings.HasTelegram)
        {
            return new TelegramHealthDto("console", waiting, null, null, []);
        }

        var told = (await outbox.ReadChatsAsync(cancellation)).Where(c => c.Id != Chat.ConsoleId && (c.Enabled || c.Fault is not null));
        var chats = await Task.WhenAll(told.Select(c => ChatAsync(c, grains)));
        var commands = settings.Bot.IsOn ? (await grains.Get<IBotGrain>(IBotGrain.Main).DescribeAsync()).Error : null;
        var error = bot.Error ?? (commands is null ? null : $"The bot hears no commands: {commands}") ?? chats.Select(c => c.Error).FirstOrDefault(e => e is not null);
        return new TelegramHealthDto(error is null ? "ok" : "failing", waiting, error, bot.Name, chats);
    }

    private static async Task<ChatHealthDto> ChatAsync(Chat chat, IGrains grains)
    {
        if (!chat.Enabled)
        {
            return new ChatHealthDto(chat.Id, "off", 0, chat.Fault);
        }

        var view = await grains.Get<INotifierGrain>(chat.Id).DescribeAsync();
        return new ChatHealthDto(chat.Id, view.LastError is null ? "ok" : "failing", view.Pending, view.LastError);
    }

    private static async Task<SchedulerHealthDto> SchedulerAsync(IEnumerable<IJobWork> works, IGrains grains)
    {
        var jobs = await Task.WhenAll(works.Select(w => grains.Get<IJobGrain>(w.Name).DescribeAsync()));
        string[] failing = [.. jobs.Where(j => j.LastError is not null && j.NextRun != 0).Select(j => j.Name)];
        return new SchedulerHealthDto(failing.Length == 0 ? "ok" : "failing", [.. jobs.Where(j => j.RunId is not null).Select(j => j.Name)], failing);
    }

    private static ProcessHealthDto Process(SiloState state, TimeProvider clock)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new ProcessHealthDto(
            process.WorkingSet64, Math.Round(process.TotalProcessorTime.TotalSeconds, 2), Math.Round((clock.GetUtcNow() - state.StartedAt).TotalSeconds, 1));
    }
}
