using Finstage.Adapters.Storage;
using Finstage.Grains.Insights;
using Finstage.Grains.Jobs;
using Finstage.Grains.Reports;

namespace Finstage.Silo.Startup;

/// <summary>Puts together what looks back over all history, and the report of it.</summary>
internal static class InsightServices
{
    public static IServiceCollection AddInsights(this IServiceCollection services, SiloSettings settings, SqlStore store) => services
        .AddSingleton(store.Insights).AddSingleton(store.Backtests).AddSingleton(store.Outcomes).AddSingleton(store.Reports)
        .AddSingleton(settings.Report).AddSingleton<ReportReader>()

        // The report last: what it tells of starts before it.
        .AddSingleton<IJobWork, OutcomeJob>().AddSingleton<IJobWork, BacktestJob>().AddSingleton<IJobWork, PatternJob>().AddSingleton<IJobWork, ClusterJob>()
        .AddSingleton<IJobWork, ReportJob>();
}
