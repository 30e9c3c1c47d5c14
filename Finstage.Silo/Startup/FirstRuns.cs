using Finstage.Grains.Insights;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.News;
using Finstage.Grains.Prices;
using Finstage.Hosting;

namespace Finstage.Silo.Startup;

/// <summary>
/// Sets jobs to work that should not wait for their hour: at every start the history, and once ever the news, then the backtests, patterns
/// and clusters, so that a new silo has something to show on its first day. A job that is paused or switched off is left alone.
/// </summary>
internal sealed class FirstRuns(SiloSettings settings, IGrains grains, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Starts them, and waits for the history alone, on which the rest looks.</summary>
    public async Task StartAsync(CancellationToken stopping)
    {
        if (settings.Feeds.Enabled)
        {
            // Symbols seen for the first time are fetched, and the samples give way.
            await RunAsync(HistoryJob.JobName, _ => true);
        }

        if (settings.HasNews)
        {
            // What comes out after the first crawl is told, so it should not be later than the start.
            await RunAsync(NewsJob.JobName, IsNew);
        }

        if (settings.Silo.FirstInsights)
        {
            await EndOfHistoryAsync(stopping);
            foreach (var name in new[] { BacktestJob.JobName, PatternJob.JobName, ClusterJob.JobName })
            {
                await RunAsync(name, IsNew);
            }
        }
    }

    private static bool IsNew(JobView job) => job is { LastRun: 0, RunId: null };

    private async Task RunAsync(string name, Predicate<JobView> isDue)
    {
        var job = grains.Get<IJobGrain>(name);
        if (await job.DescribeAsync() is { Paused: false } view && isDue(view))
        {
            await job.RunAsync();
        }
    }

    private async Task EndOfHistoryAsync(CancellationToken stopping)
    {
        var history = grains.Get<IJobGrain>(HistoryJob.JobName);
        while (settings.Feeds.Enabled && (await history.DescribeAsync()).RunId is not null)
        {
            await Task.Delay(Look, clock, stopping);
        }
    }
}
