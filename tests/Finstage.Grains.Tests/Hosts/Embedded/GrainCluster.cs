using System.Reflection;
using Finstage.Grains.Interfaces;
using Finstage.Grains.Symbols;
using Finstage.Hosting;
using Finstage.Hosting.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>The grains on the embedded host.</summary>
internal sealed class GrainCluster : IAsyncDisposable
{
    private static readonly Assembly[] GrainAssemblies = [typeof(SeriesKeeper).Assembly, typeof(GrainCluster).Assembly];

    private readonly Action<IServiceCollection> services;
    private IHost host;

    private GrainCluster(Action<IServiceCollection> services)
    {
        this.services = services;
        host = Build();
    }

    public IGrains Grains => host.Services.GetRequiredService<IGrains>();

    public static async Task<GrainCluster> StartAsync(Action<IServiceCollection> services)
    {
        var cluster = new GrainCluster(services);
        await cluster.host.StartAsync();
        return cluster;
    }

    /// <summary>Ends every grain, as a restart of the program does; calls bring them back from what is stored.</summary>
    public async Task PutAllAwayAsync()
    {
        await StopAsync();
        host = Build();
        await host.StartAsync();
    }

    /// <summary>Delivers a reminder to a grain, as a turn of its own.</summary>
    public Task BeatAsync<T>(string key, string reminder)
        where T : IKeyedGrain
    {
        var row = new ReminderRow(GrainId.KindOf(typeof(T)), key, reminder, DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1));
        return host.Services.GetRequiredService<GrainDirectory>().RemindAsync(new ReminderBook.Beat(row));
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        services(builder.Services);
        builder.AddGrainHost(Calls.Table, options => options.ReminderTick = TimeSpan.FromMinutes(1), GrainAssemblies);
        return builder.Build();
    }

    private async Task StopAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
