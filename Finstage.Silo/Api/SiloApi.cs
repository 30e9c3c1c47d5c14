using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Finstage.Silo.Api;

/// <summary>The HTTP API: what is served where.</summary>
internal static class SiloApi
{
    public static void Map(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(RefuseForeignHostsAsync);
        HealthApi.Map(app);
        SymbolsApi.Map(app);
        WatchlistApi.Map(app);
        SignalsApi.Map(app);
        IndicatorsApi.Map(app);
        AnalysisFlowApi.Map(app);
        InsightsApi.Map(app);
        ReportApi.Map(app);
        OperationsApi.Map(app);
        StreamApi.Map(app);
    }

    // A page elsewhere must not read this API through a name that it points at the loopback address.
    private static Task RefuseForeignHostsAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host.Host;
        var origin = context.Request.Headers.Origin.ToString();
        return IsLocal(host) && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && IsLocal(from.Host)))
            ? next(context)
            : Results.Problem(
                "This address answers only to localhost, 127.0.0.1 and [::1].", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    private static bool IsLocal(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
