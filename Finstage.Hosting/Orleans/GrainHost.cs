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

    /// <summary>
    /// Adds one silo of a cluster on this machine. The grains' state goes to the registered <see cref="IGrainStateStore"/>; reminders
    /// last as long as the silo, and grains set them anew when it starts. The grains are found through the generated code of every
    /// assembly that is loaded.
    /// </summary>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="table">Which kinds may call which; it cannot change any more afterwards.</param>
    /// <param name="configure">Changes the options from their defaults.</param>
    /// <param name="grainAssemblies">Where the grain classes are.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">An option is out of its range; all faults are listed.</exception>
    public static IHostApplicationBuilder AddGrainHost(
        this IHostApplicationBuilder builder, CallTable table, Action<GrainHostOptions>? configure, params Assembly[] grainAssemblies)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(grainAssemblies);
        var options = new GrainHostOptions();
        configure?.Invoke(options);
        options.Validate();
        return builder.UseOrleans(silo =>
        {
            silo.Services.AddGrainStorage(
                ClusterSetup.StorageName, (services, _) => new StateStorage(services.GetRequiredService<IGrainStateStore>()));
            silo.UseLocalhostClustering(FreePort(), FreePort()).UseInMemoryReminderService().AddSeam(table, options);
        });
    }

    // A cluster of one needs no agreed ports; several programs on one machine must not meet by accident.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
