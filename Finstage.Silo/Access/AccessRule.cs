using Finstage.Adapters.Storage;
using Microsoft.AspNetCore.Authorization;

namespace Finstage.Silo.Access;

/// <summary>Says of an endpoint what a request to it counts as, where that is not plain from its method.</summary>
/// <param name="Scope">The scope that it needs.</param>
internal sealed record ScopeOf(KeyScope Scope);

/// <summary>Marks of endpoints.</summary>
internal static class ScopeMarks
{
    /// <summary>Whatever its method, it changes nothing: it counts as a read.</summary>
    public static TBuilder CountAsRead<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ScopeOf(KeyScope.Read));

    /// <summary>Whatever its method, it needs an admin key.</summary>
    public static TBuilder NeedsAdmin<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ScopeOf(KeyScope.Admin));
}

/// <summary>
/// What holds for every request that no endpoint opens to everybody: GET and HEAD read, anything else changes and needs an admin key,
/// unless the endpoint is marked; reading is open on this machine and needs a key from elsewhere. A wrong key is refused everywhere.
/// </summary>
internal sealed class AccessRule(HostRule hosts, SiloSettings settings) : AuthorizationHandler<AccessRule.Requirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        if (context.Resource is HttpContext http && MayGoOn(http))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private static KeyScope NeededBy(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ScopeOf>()?.Scope
        ?? (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? KeyScope.Read : KeyScope.Admin);

    private bool MayGoOn(HttpContext http)
    {
        if (ApiKeyHandler.IsWrong(http))
        {
            return false;
        }

        var needed = NeededBy(http);
        var isOpen = needed == KeyScope.Read && !settings.Access.ReadsNeedKey && hosts.IsLocal(http.Request);
        return isOpen || http.User.IsInRole(nameof(KeyScope.Admin)) || (needed == KeyScope.Read && http.User.IsInRole(nameof(KeyScope.Read)));
    }

    /// <summary>The one requirement there is.</summary>
    internal sealed class Requirement : IAuthorizationRequirement;
}
