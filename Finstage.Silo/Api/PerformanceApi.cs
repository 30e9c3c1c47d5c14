using Finstage.Adapters.Http;
using Finstage.Grains.Insights;
using Finstage.Grains.Jobs;
using Finstage.Grains.Prices;
using Finstage.Grains.Reports;
using Finstage.Silo.Monitoring;
using Finstage.Silo.Startup;

namespace Finstage.Silo.Api;

/// <summary>What <c>/health</c> says of performance and features.</summary>
internal static class PerformanceApi
{
    // What a person would call a feature, by the job that does it.
    private static readonly string[] Jobs =
    [
        HistoryJob.JobName, MonitorJob.JobName, HighsJob.JobName, BacktestJob.JobName, PatternJob.JobName, ClusterJob.JobName, ReportJob.JobName,
        BackupJob.JobName,
    ];

    public static PerformanceDto Of(
        ProcessSamples samples, IReadOnlyList<OperationStatistics> operations, IReadOnlyList<GrainKindDto> grains) => new(
        samples.Count, Percent(samples.CpuLast), Percent(samples.CpuMax), Percent(samples.CpuAverage), samples.MemoryLast, samples.MemoryMax,
        (long)samples.MemoryAverage, [.. operations.Select(Of)], grains);

    /// <summary>What is switched on.</summary>
    public static IReadOnlyDictionary<string, bool> Features(SiloSettings settings, IEnumerable<IJobWork> works, JobPlans plans)
    {
        var features = new SortedDictionary<string, bool>(StringComparer.Ordinal)
        {
            ["telegram"] = settings.HasTelegram,
            ["feeds"] = settings.Feeds.Enabled,
            ["news"] = settings.HasNews,
            ["cluster"] = settings.Cluster.IsShared,
            ["dashboard"] = settings.Cluster.DashboardKey.Length > 0,
        };
        var present = works.Select(w => w.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var job in Jobs)
        {
            features[job] = present.Contains(job) && plans.IsEnabled(job);
        }

        return features;
    }

    private static OperationDto Of(OperationStatistics s) => new(
        s.Operation, s.Subject, s.Count, s.Failed, Milliseconds(s.Total), Milliseconds(s.Min), Milliseconds(s.Max), Milliseconds(s.Average),
        Milliseconds(s.Last));

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

    private static double Percent(double share) => Math.Round(100 * share, 1);
}
