using System.Globalization;
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
        app.MapGet("/api/alerts", AlertsAsync);
    }

    private static async Task<IResult> AlertsAsync(
        string? chat, int? limit, string? cursor, IOutbox outbox, CancellationToken cancellation)
    {
        if (!Read.Limit(limit, DefaultAlerts, MaxAlerts, out var count, out var problem))
        {
            return problem!;
        }

        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return Problems.BadField("cursor", "it is not one that this API gave out.");
        }

        // The newest first; each cursor leads to the rows before.
        var rows = await outbox.ReadBeforeAsync(chat, before, count + 1, cancellation);
        var next = rows.Count > count ? rows[count - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Ok(new PageDto<AlertDto>([.. rows.Take(count).Select(Shapes.Of)], next));
    }
}
