namespace Finstage.Silo.Metrics;

/// <summary>Puts together what is measured.</summary>
internal static class MetricsServices
{
    // Every meter of the program, and how long requests take.
    private static bool IsTold(string meter) => meter.StartsWith("Finstage", StringComparison.Ordinal) || meter == "Microsoft.AspNetCore.Hosting";

    public static IServiceCollection AddMetricsText(this IServiceCollection services)
    {
        // It listens from now on: what is measured during the start counts too.
        var collector = new MetricsCollector(IsTold);
        return services.AddSingleton(_ => collector).AddSingleton<SiloMetrics>();
    }
}
