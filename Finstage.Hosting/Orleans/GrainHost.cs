using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Finstage.Hosting.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;

namespace Finstage.Hosting;

/// <summary>The host that this build runs its grains on.</summary>
public static class GrainHost
{
    /// <summary>The host's name, for people: here <c>Orleans</c>, a cluster.</summary>
    public static string Name => "Orleans";

    /// <summary>Adds one silo that is a cluster by itself. Everything else is as with a cluster of several.</summary>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="table">Which kinds may call which; it cannot change any more afterwards.</param>
    /// <param name="configure">Changes the options from their defaults.</param>
    /// <param name="grainAssemblies">Where the grain classes are.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">An option is out of its range; all faults are listed.</exception>
    public static IHostApplicationBuilder AddGrainHost(
        this IHostApplicationBuilder builder, CallTable table, Action<GrainHostOptions>? configure, params Assembly[] grainAssemblies) =>
        builder.AddGrainHost(table, configure, silo => silo.UseOneSilo(), grainAssemblies);

    /// <summary>
    /// Adds a silo. The grains' state goes to the registered <see cref="IGrainStateStore"/>. A call whose silo died is made again for as
    /// long as a caller waits, so methods must bear being called twice. The grains are found through the generated code of every assembly
    /// that is loaded.
    /// </summary>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="table">Which kinds may call which; it cannot change any more afterwards.</param>
    /// <param name="configure">Changes the options from their defaults.</param>
    /// <param name="cluster">Says how the silo finds the others, and where reminders are kept.</param>
    /// <param name="grainAssemblies">Where the grain classes are.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">An option is out of its range; all faults are listed.</exception>
    public static IHostApplicationBuilder AddGrainHost(
        this IHostApplicationBuilder builder, CallTable table, Action<GrainHostOptions>? configure, Action<ISiloBuilder> cluster,
        params Assembly[] grainAssemblies)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(grainAssemblies);
        var options = new GrainHostOptions();
        configure?.Invoke(options);
        options.Validate();
        return builder.UseOrleans(silo =>
        {
            silo.Services.AddGrainStorage(
                ClusterSetup.StorageName, (services, _) => new StateStorage(services.GetRequiredService<IGrainStateStore>()));
            cluster(silo.AddSeam(table, options));
        });
    }

    /// <summary>
    /// Makes the silo a cluster of one on this machine. Reminders last as long as the silo, and grains set them anew when it starts.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <returns>The same silo.</returns>
    public static ISiloBuilder UseOneSilo(this ISiloBuilder silo) =>
        silo.UseLocalhostClustering(FreePort(), FreePort()).UseInMemoryReminderService();

    // A cluster of one needs no agreed ports; several programs on one machine must not meet by accident.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
