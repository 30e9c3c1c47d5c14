using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Finstage.Silo.Hosts;

/// <summary>Lets user <c>admin</c> with the right password through, and asks anybody else to log in, as browsers know how to.</summary>
internal sealed class DashboardLogin(string key) : IEndpointFilter
{
    private readonly byte[] expected = SHA256.HashData(Encoding.UTF8.GetBytes($"admin:{key}"));

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "frame-ancestors 'none'";
        if (IsKnown(http.Request.Headers.Authorization.ToString()))
        {
            return next(context);
        }

        http.Response.Headers.WWWAuthenticate = "Basic realm=\"Finstage\", charset=\"UTF-8\"";
        return ValueTask.FromResult<object?>(Results.Problem(
            "Log in as admin, with the password of Cluster:DashboardKey.", statusCode: StatusCodes.Status401Unauthorized));
    }

    private bool IsKnown(string header)
    {
        Span<byte> given = stackalloc byte[512];
        return AuthenticationHeaderValue.TryParse(header, out var credentials)
            && "Basic".Equals(credentials.Scheme, StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(credentials.Parameter ?? string.Empty, given, out var length)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(given[..length]), expected);
    }
}
