using Finstage.Silo.Metrics;

namespace Finstage.Silo.Api;

/// <summary><c>GET /metrics</c>: what is measured, in Prometheus' text format.</summary>
internal static class MetricsApi
{
    public static void Map(WebApplication app) => app.MapGet("/metrics", async (
        MetricsCollector collector, SiloMetrics silo, CancellationToken cancellation) =>
    {
        IReadOnlyList<MetricFamily> known = await silo.ReadAsync(cancellation);
        return Results.Text(PrometheusText.Write(known.Concat(collector.Collect())), PrometheusText.ContentType);
    });
}
