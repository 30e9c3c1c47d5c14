using Finstage.Adapters.Http;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Silo.Api;

/// <summary>Jobs and the outbox, to look at.</summary>
internal static class OperationsApi
{
    private const int DefaultAlerts = 100;
    private const int MaxAlerts = 1_000;

    public static void Map(WebApplication app)
    {
        app.MapGet("/api/jobs", async (IEnumerable<IJobWork> works, IGrains grains) =>
        {
            var views = await Task.WhenAll(works.Select(w => grains.Get<IJobGrain>(w.Name).DescribeAsync()));
            return views.Select(Shapes.Of).ToArray();
        });
        app.MapGet("/api/alerts", async (string? chat, int? limit, IOutbox outbox, CancellationToken cancellation) =>
            Read.Limit(limit, DefaultAlerts, MaxAlerts, out var count, out var problem)
                ? Results.Ok(new PageDto<AlertDto>([.. (await outbox.ReadNewestAsync(chat, count, cancellation)).Select(Shapes.Of)], Next: null))
                : problem!);
    }
}
