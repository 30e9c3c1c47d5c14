using Finstage.Adapters.Storage;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Silo.Startup;

/// <summary>The job <c>optimize</c>: keeps the database's statistics fresh and its write-ahead log short.</summary>
internal sealed class OptimizeJob(IMarketStore store) : IJobWork
{
    public const string JobName = "optimize";

    public string Name => JobName;

    public JobSchedule Schedule => JobSchedule.Every(TimeSpan.FromHours(6));

    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        await ((SqlStore)store).OptimizeAsync(cancellation);
        return "statistics refreshed, write-ahead log emptied";
    }
}
