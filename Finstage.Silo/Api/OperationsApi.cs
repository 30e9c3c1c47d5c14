using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Grains.Ports;

namespace Finstage.Silo.Api;

/// <summary>The jobs, and the outbox to look at.</summary>
internal static class OperationsApi
{
    private const int DefaultAlerts = 100;
    private const int MaxAlerts = 1_000;

    private static readonly OutboxState[] States = Enum.GetValues<OutboxState>();

    public static void Map(WebApplication app)
    {
        JobsApi.Map(app);
        app.MapGet("/api/alerts", AlertsAsync);
    }

    private static async Task<IResult> AlertsAsync(
        string? chat, string? state, int? limit, string? cursor, IOutbox outbox, CancellationToken cancellation)
    {
        if (!Read.Limit(limit, DefaultAlerts, MaxAlerts, out var count, out var problem))
        {
            return problem!;
        }

        var inState = States.Cast<OutboxState?>().FirstOrDefault(s => string.Equals(Shapes.Word(s!.Value), state, StringComparison.OrdinalIgnoreCase));
        if (state is not null && inState is null)
        {
            return Problems.BadField("state", $"'{state}' is none of {string.Join(", ", States.Select(Shapes.Word))}.");
        }

        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return Problems.BadField("cursor", "it is not one that this API gave out.");
        }

        // The newest first; each cursor leads to the rows before.
        var rows = await outbox.ReadBeforeAsync(chat, inState, before, count + 1, cancellation);
        var next = rows.Count > count ? rows[count - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Ok(new PageDto<AlertDto>([.. rows.Take(count).Select(Shapes.Of)], next));
    }
}
