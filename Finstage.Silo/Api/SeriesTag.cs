using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;
using Microsoft.Net.Http.Headers;

namespace Finstage.Silo.Api;

/// <summary>
/// Tags answers about a series with the state of the series, and answers 304 to whoever has them already. The address says the rest, so
/// one tag serves all questions about a series; it is weak, for answers may be compressed.
/// </summary>
internal sealed class SeriesTag(IMarketStore store) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.RouteValues["symbol"] is not string symbol
            || !CandleIntervals.TryParse(http.Request.Query["interval"].FirstOrDefault() ?? "1d", out var interval)
            || (await store.ReadSeriesAsync(symbol, http.RequestAborted)).FirstOrDefault(s => s.Interval == interval) is not { } series)
        {
            return await next(context);
        }

        var tag = string.Create(CultureInfo.InvariantCulture, $"W/\"{SiloApp.Version}-{series.Version}-{series.Revision}-{series.Candles}\"");
        var headers = http.Response.Headers;
        (headers.ETag, headers.CacheControl) = (tag, "no-cache");
        if (http.Request.Headers.IfNoneMatch.SelectMany(m => (m ?? string.Empty).Split(',')).Any(known => known.Trim() == tag))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var answer = await next(context);
        if (answer is IStatusCodeHttpResult { StatusCode: >= 400 })
        {
            headers.Remove(HeaderNames.ETag);
        }

        return answer;
    }
}
