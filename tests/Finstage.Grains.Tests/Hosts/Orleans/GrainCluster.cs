using Finstage.Grains.Interfaces;
using Finstage.Hosting;
using Finstage.Hosting.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>The grains on a cluster of two silos in this process, called by a client that is no silo.</summary>
internal sealed class GrainCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster cluster;

    private GrainCluster(InProcessTestCluster cluster)
    {
        this.cluster = cluster;
        Grains = new ClusterGrains(cluster.Client);
    }

    public IGrains Grains { get; }

    public static async Task<GrainCluster> StartAsync(Action<IServiceCollection> services)
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            services(silo.Services);

            // The cluster itself lives in real time; its reminders follow the tests' clock.
            silo.Services.AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System);
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, (s, _) => new LateTimers(s.GetRequiredService<TimeProvider>()));
            silo.Services.AddGrainStorage(
                ClusterSetup.StorageName, (s, _) => new StateStorage(s.GetRequiredService<IGrainStateStore>()));
            silo.UseInMemoryReminderService();
            silo.AddSeam(Calls.Table, new GrainHostOptions());
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new GrainCluster(cluster);
    }

    /// <summary>Ends every grain; calls bring them back from what is stored.</summary>
    public async Task PutAllAwayAsync()
    {
        foreach (var grain in await ActiveAsync())
        {
            await cluster.DeactivateAsync(grain.GrainId);
        }
    }

    /// <summary>Delivers a reminder to a grain, as a turn of its own.</summary>
    public Task BeatAsync<T>(string key, string reminder)
        where T : IKeyedGrain =>
        cluster.Client.GetGrain<T>(key).AsReference<IRemindable>().ReceiveReminder(reminder, default);

    /// <summary>The grains of ours that are alive, each with its silo.</summary>
    public async Task<IReadOnlyList<DetailedGrainStatistic>> ActiveAsync()
    {
        var all = await cluster.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return [.. all.Where(grain => grain.GrainType.StartsWith("Finstage.", StringComparison.Ordinal))];
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }
}
