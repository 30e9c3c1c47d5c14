using System.Security.Claims;
using Finstage.Adapters.Http;
using Finstage.Adapters.Storage;
using Finstage.Silo.Access;

namespace Finstage.Silo.Api;

/// <summary><c>/api/keys</c>: the API keys, for admin keys alone.</summary>
internal static partial class KeysApi
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/api/keys", async (ApiKeyStore store, CancellationToken cancellation) =>
            (await store.ReadAsync(cancellation)).Select(Of).ToArray()).NeedsAdmin();
        app.MapPost("/api/keys", CreateAsync).NeedsAdmin();
        app.MapDelete("/api/keys/{id:long}", RevokeAsync).NeedsAdmin();
    }

    private static async Task<IResult> CreateAsync(
        KeyRequest request, HttpContext http, ApiKeyStore store, KeyRing ring, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation)
    {
        var name = request.Name?.Trim() ?? string.Empty;
        if (name.Length is 0 or > ApiKeyStore.MaxName || name.Any(char.IsControl))
        {
            return Problems.BadField("name", $"say whose key it is, in 1 to {ApiKeyStore.MaxName} characters.");
        }

        if (!KeyWords.TryParse(request.Scope ?? "read", out var scope))
        {
            return Problems.BadField("scope", $"'{request.Scope}' is neither read nor admin.");
        }

        if (await store.CreateAsync(name, scope, clock.GetUtcNow(), cancellation) is not { } made)
        {
            return Results.Problem(
                $"{ApiKeyStore.MaxKeys} keys are in use: revoke one.", statusCode: StatusCodes.Status409Conflict, title: "Too many keys.");
        }

        ring.Forget();
        LogCreated(logs.CreateLogger(typeof(KeysApi)), made.Key.Id, scope, http.User.FindFirstValue(ClaimTypes.NameIdentifier));
        http.Response.Headers.CacheControl = "no-store";
        return Results.Created($"/api/keys/{made.Key.Id}", new NewKeyDto(made.Key.Id, name, KeyWords.Of(scope), made.Key.Created.UtcDateTime, made.Secret));
    }

    private static async Task<IResult> RevokeAsync(
        long id, HttpContext http, ApiKeyStore store, KeyRing ring, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation)
    {
        var ended = await store.RevokeAsync(id, clock.GetUtcNow(), cancellation);
        ring.Forget();
        switch (ended)
        {
            case Revocation.Done:
                LogRevoked(logs.CreateLogger(typeof(KeysApi)), id, http.User.FindFirstValue(ClaimTypes.NameIdentifier));
                return Results.NoContent();
            case Revocation.LastAdmin:
                return Results.Problem(
                    $"Key {id} is the only admin key that works: make another before you revoke it.",
                    statusCode: StatusCodes.Status409Conflict, title: "The last admin key.");
            default:
                return Problems.NotFound($"There is no key {id} that works; GET /api/keys lists them.");
        }
    }

    private static KeyDto Of(ApiKey key) => new(
        key.Id, key.Name, KeyWords.Of(key.Scope), key.Created.UtcDateTime, key.LastUsed?.UtcDateTime, key.Revoked?.UtcDateTime);

    [LoggerMessage(Level = LogLevel.Warning, Message = "API key {Id} of scope {Scope} was made with key {By}.")]
    private static partial void LogCreated(ILogger log, long id, KeyScope scope, string? by);

    [LoggerMessage(Level = LogLevel.Warning, Message = "API key {Id} was revoked with key {By}.")]
    private static partial void LogRevoked(ILogger log, long id, string? by);
}
