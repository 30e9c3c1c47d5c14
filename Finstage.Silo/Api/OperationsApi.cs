using Finstage.Adapters.Http;
using Finstage.Grains.Ports;

namespace Finstage.Silo.Api;

/// <summary>The jobs, and the outbox to look at.</summary>
internal static class OperationsApi
{
    private const int DefaultAlerts = 100;
    private const int MaxAlerts = 1_000;

    public static void Map(WebApplication app)
    {
        JobsApi.Map(app);
        app.MapGet("/api/alerts", async (string? chat, int? limit, IOutbox outbox, CancellationToken cancellation) =>
            Read.Limit(limit, DefaultAlerts, MaxAlerts, out var count, out var problem)
                ? Results.Ok(new PageDto<AlertDto>([.. (await outbox.ReadNewestAsync(chat, count, cancellation)).Select(Shapes.Of)], Next: null))
                : problem!);
    }
}
