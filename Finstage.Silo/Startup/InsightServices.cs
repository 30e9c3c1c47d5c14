using Finstage.Adapters.Storage;
using Finstage.Grains.Insights;
using Finstage.Grains.Jobs;

namespace Finstage.Silo.Startup;

/// <summary>Puts together what looks back over all history.</summary>
internal static class InsightServices
{
    public static IServiceCollection AddInsights(this IServiceCollection services, SqlStore store) => services
        .AddSingleton(store.Insights).AddSingleton(store.Reports)
        .AddSingleton<IJobWork, PatternJob>().AddSingleton<IJobWork, ClusterJob>();
}
