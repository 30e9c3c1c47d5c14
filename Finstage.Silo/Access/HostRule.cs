using System.Net;

namespace Finstage.Silo.Access;

/// <summary>
/// Under which names the program answers. A page elsewhere must not read it through a name that it points at this machine, so a name is
/// one that was allowed; an address written as numbers cannot be pointed elsewhere.
/// </summary>
internal sealed class HostRule(SiloSettings settings)
{
    /// <summary>Whether other machines can reach the program by its own address.</summary>
    public bool IsOpenToOthers { get; } = !IsLocal(new Uri(settings.Silo.Urls).Host);

    /// <summary>Refuses what asks under another name, or on behalf of another page.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host.Host;
        var origin = context.Request.Headers.Origin.ToString();
        return IsKnown(host) && (origin.Length == 0 || IsOwn(origin, host))
            ? next(context)
            : Results.Problem(
                IsOpenToOthers
                    ? "This address does not answer under this name; name it in Access:AllowedHosts (FINSTAGE__Access__AllowedHosts__0)."
                    : "This address answers only to localhost, 127.0.0.1 and [::1], and to what Access:AllowedHosts names.",
                statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    /// <summary>Whether a request comes from this machine alone: it reached a loopback address under a loopback name.</summary>
    public bool IsLocal(HttpRequest request) => !IsOpenToOthers && IsLocal(request.Host.Host);

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IsAddress(host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsAddress(string host, out IPAddress address) => IPAddress.TryParse(host.Trim('[', ']'), out address!);

    private bool IsKnown(string host) => IsLocal(host) || (IsOpenToOthers && IsAddress(host, out _)) || IsAllowed(host);

    private bool IsOwn(string origin, string host) => Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (from.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || IsLocal(from.Host) || IsAllowed(from.Host));

    private bool IsAllowed(string host) => settings.Access.AllowedHosts.Any(allowed =>
        allowed == "*" || allowed.Equals(host, StringComparison.OrdinalIgnoreCase)
        || (allowed.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)));
}
