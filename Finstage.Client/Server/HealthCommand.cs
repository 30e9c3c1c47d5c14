using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>health</c>: how a silo stands. Exit code 1 when it is degraded.</summary>
internal static class HealthCommand
{
    private const int Named = 5;

    public static Command Create(Screen screen)
    {
        var command = new Command("health", "How the silo stands.");
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var health = await api.GetAsync<HealthDto>("health", cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(health);
            }
            else
            {
                Show(screen, health);
            }

            return health.Status == "degraded" ? 1 : 0;
        });
        return command;
    }

    private static void Show(Screen screen, HealthDto health) => screen.WriteTable(
        ["Part", "Status", "Details"],
        [
            ["silo", health.Status, $"Finstage {health.Version} on {health.Host}, {health.Phase}"],
            ["database", health.Database.Status, health.Database.Error
                ?? $"{health.Database.Series} series, {Words.Number(health.Database.Candles)} candles, {Words.Number(health.Database.Signals)} signals"],
            ["telegram", health.Telegram.Status, health.Telegram.Error ?? $"{health.Telegram.Waiting} waiting"],
            ["scheduler", health.Scheduler.Status, health.Scheduler.Failing.Count > 0
                ? $"failing: {string.Join(", ", health.Scheduler.Failing)}"
                : health.Scheduler.Running.Count > 0 ? $"running: {string.Join(", ", health.Scheduler.Running)}" : "idle"],
            ["feeds", health.Feeds.Status, Feeds(health.Feeds)],
            ["news", health.News.Status, News(health.News)],
            ["process", "ok", string.Create(
                CultureInfo.InvariantCulture,
                $"{health.Process.MemoryBytes / 1048576.0:0} MB, {health.Process.CpuSeconds:0.0} s of CPU in {health.Process.UptimeSeconds:0} s")],
            ["grains", "ok", Grains(health.Performance.Grains)],
            ["slowest", "ok", Slowest(health.Performance)],
            ["features", "ok", string.Join(", ", health.Features.Select(f => f.Value ? f.Key : $"no {f.Key}"))],
        ]);

    private static string Grains(IReadOnlyList<GrainKindDto> kinds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{kinds.Sum(k => k.Living):N0} live, {kinds.Sum(k => k.Turns):N0} turns"
            + $"{(kinds.Any(k => k.Waiting is not null) ? $", {kinds.Sum(k => k.Waiting):N0} wait" : string.Empty)}"
            + $"{(kinds.Any(k => k.Failed > 0) ? $", {kinds.Sum(k => k.Failed):N0} failed" : string.Empty)}");

    private static string Slowest(PerformanceDto performance) => performance.Operations.Count == 0 ? "nothing yet" : string.Join(
        "; ",
        performance.Operations.OrderByDescending(o => o.TotalMs).Take(3).Select(o => string.Create(
            CultureInfo.InvariantCulture, $"{o.Operation} {o.Subject} {o.Count} × {o.AverageMs:0.0} ms, at most {o.MaxMs:0.0}")));

    private static string Feeds(FeedsHealthDto feeds)
    {
        var parts = feeds.Items.Select(f => f.OutSince is { } since
            ? $"{f.Name} gives no answers since {Words.Day(since)}: {f.Error}"
            : f.FailingCount > 0 ? $"{f.Name} fails for {Some(f.Failing.Select(x => x.Subject), f.FailingCount)}"
            : $"{f.Name} answered {(f.LastAnswer is { } at ? Words.Day(at) : "never")}");
        return feeds.Items.Count == 0 ? "not asked yet" : string.Join("; ", parts);
    }

    private static string News(NewsHealthDto news) =>
        $"{news.Answering} of {news.Sources} sources answered, {Words.Number(news.Stored)} headlines"
        + (news.FailingCount > 0 ? $"; failing: {Some(news.Failing.Select(f => f.Feed), news.FailingCount)}" : string.Empty);

    // The first names, and how many more there are.
    private static string Some(IEnumerable<string> names, int count) =>
        string.Join(", ", names.Take(Named)) + (count > Named ? string.Create(CultureInfo.InvariantCulture, $" and {count - Named} more") : string.Empty);
}
