using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Finstage.Adapters.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Finstage.Silo.Access;

/// <summary>Knows whoever sends a key as <c>Authorization: Bearer fs_…</c> or <c>X-Api-Key: fs_…</c>, and tells others what to send.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing ring)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-Api-Key";

    /// <summary>How to come by a key.</summary>
    public const string HowToGet =
        "The first start printed an admin key; another is made with an admin key (finstage keys create, POST /api/keys), "
        + "or without one by finstage keys create --data DIR while no silo holds that folder.";

    private const string HowToSend =
        "Send one as 'Authorization: Bearer fs_…' or 'X-Api-Key: fs_…'; the console takes it as --key or from FINSTAGE_KEY.";

    private const int LongestSecret = 200;

    private static readonly object Wrong = new();

    /// <summary>Whether a request came with a key that is none. Whoever sends one is told so, even where none is needed.</summary>
    public static bool IsWrong(HttpContext http) => http.Items.ContainsKey(typeof(ApiKeyHandler));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Secret() is not { } secret)
        {
            return AuthenticateResult.NoResult();
        }

        if (secret.Length > LongestSecret || await ring.FindAsync(secret, Context.RequestAborted) is not { } key)
        {
            Context.Items[typeof(ApiKeyHandler)] = Wrong;
            return AuthenticateResult.Fail("The key is unknown or was revoked.");
        }

        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, key.Id.ToString(CultureInfo.InvariantCulture)),
                new Claim(ClaimTypes.Name, key.Name),
                new Claim(ClaimTypes.Role, key.Scope.ToString()),
            ],
            SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var isWrong = IsWrong(Context);
        Response.Headers.WWWAuthenticate = isWrong ? "Bearer error=\"invalid_token\"" : "Bearer";
        return Results.Problem(
            $"{(isWrong ? "The API key is unknown or was revoked" : $"{Request.Method} {Request.Path} needs an API key")}. {HowToSend} {HowToGet}",
            statusCode: StatusCodes.Status401Unauthorized, title: "An API key is needed.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Results.Problem(
        $"The API key '{Context.User.Identity?.Name}' is for reading alone, and {Request.Method} {Request.Path} needs one of scope admin. {HowToGet}",
        statusCode: StatusCodes.Status403Forbidden, title: "The API key does not reach so far.").ExecuteAsync(Context);

    // Another scheme of the first header, such as a dashboard's Basic, is not ours to judge.
    private string? Secret() =>
        AuthenticationHeaderValue.TryParse(Request.Headers.Authorization.ToString(), out var sent)
        && sent.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? (sent.Parameter ?? string.Empty).Trim()
            : Request.Headers.TryGetValue(Header, out var key) ? key.ToString().Trim()
            : null;
}
