using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace Finstage.Silo.Access;

/// <summary>Puts in place who may ask what, and how often.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton<HostRule>().AddSingleton<KeyRing>().AddSingleton<IAuthorizationHandler, AccessRule>();
        services.AddAuthentication(ApiKeyHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(
            new AuthorizationPolicyBuilder(ApiKeyHandler.SchemeName).AddRequirements(new AccessRule.Requirement()).Build());
        return services.AddRateLimiter(limits =>
        {
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => PartitionOf(http, settings.Access.RequestsPerMinute));
            limits.OnRejected = RejectAsync;
        });
    }

    /// <summary>Every request goes this way, before anything else.</summary>
    public static void UseHosts(this WebApplication app)
    {
        app.Use(AddHeadersAsync);
        app.Use(app.Services.GetRequiredService<HostRule>().InvokeAsync);
    }

    /// <summary>Every request to an endpoint goes this way.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    // Of those without a key, each address has its share; whoever is on this machine alone needs none.
    private static RateLimitPartition<string> PartitionOf(HttpContext http, int requests)
    {
        var key = http.User.FindFirstValue(ClaimTypes.NameIdentifier);
        return key is null && !ApiKeyHandler.IsWrong(http) && http.RequestServices.GetRequiredService<HostRule>().IsLocal(http.Request)
            ? RateLimitPartition.GetNoLimiter("local")
            : RateLimitPartition.GetFixedWindowLimiter(
                key is null ? $"address {http.Connection.RemoteIpAddress}" : $"key {key}",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = requests, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });
    }

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Results.Problem(
            $"Too many requests in a minute; ask again in {seconds} s. The limit is Access:RequestsPerMinute.",
            statusCode: StatusCodes.Status429TooManyRequests, title: "Too many requests.").ExecuteAsync(rejected.HttpContext);
    }

    // What an endpoint has set itself, it knows better.
    private static Task AddHeadersAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpResponse)state).Headers;
                headers.TryAdd("X-Content-Type-Options", "nosniff");
                headers.TryAdd("X-Frame-Options", "DENY");
                headers.TryAdd("Referrer-Policy", "no-referrer");
                headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
                headers.TryAdd(
                    "Content-Security-Policy", "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    }
}
