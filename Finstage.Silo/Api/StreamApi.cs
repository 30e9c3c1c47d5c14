using System.Net.ServerSentEvents;
using Finstage.Silo.Live;

namespace Finstage.Silo.Api;

/// <summary><c>GET /api/stream</c>: server-sent events of quotes, candles, signals, alerts and jobs.</summary>
internal static class StreamApi
{
    public static void Map(WebApplication app) => app.MapGet("/api/stream", Listen);

    private static IResult Listen(
        string? lang, string? lastEventId, HttpContext context, LiveHub hub, TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        if (!SignalsApi.Language(lang, out var language, out var problem))
        {
            return problem!;
        }

        var heard = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? lastEventId;
        if (hub.Listen(heard) is not { } listener)
        {
            context.Response.Headers.RetryAfter = "30";
            return Results.Problem(
                $"{LiveHub.MaxListeners} listen already; come back later.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "Too many listeners.");
        }

        context.Response.RegisterForDispose(listener);
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(ended);
        return TypedResults.ServerSentEvents(UntilEnded(listener.ReadAsync(language, SiloApp.Version, clock, ended.Token), ended));
    }

    // A program that stops ends the answer, rather than waiting for those who would listen on.
    private static async IAsyncEnumerable<SseItem<string>> UntilEnded(
        IAsyncEnumerable<SseItem<string>> items, CancellationTokenSource ended)
    {
        await using var each = items.GetAsyncEnumerator(CancellationToken.None);
        while (await NextAsync(each, ended))
        {
            yield return each.Current;
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> each, CancellationTokenSource ended)
    {
        try
        {
            return await each.MoveNextAsync();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return false;
        }
    }
}
