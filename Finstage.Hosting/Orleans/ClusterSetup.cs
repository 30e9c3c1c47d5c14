using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;

namespace Finstage.Hosting.Cluster;

/// <summary>What every silo of ours has, however it finds the others.</summary>
internal static class ClusterSetup
{
    /// <summary>The name of the storage that keeps the grains' state.</summary>
    public const string StorageName = "finstage";

    /// <summary>Adds the seam's services and the call filters to a silo.</summary>
    public static ISiloBuilder AddSeam(this ISiloBuilder silo, CallTable table, GrainHostOptions options)
    {
        table.Freeze();
        silo.Services.AddMetrics();
        silo.Services.AddSingleton(table).AddSingleton(options).AddSingleton<IGrains, ClusterGrains>().AddSingleton<HostMetrics>();
        silo.Services.Configure<GrainCollectionOptions>(o => o.CollectionAge = options.IdleAfter < MinimumAge ? MinimumAge : options.IdleAfter);
        silo.Services.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = options.CallTimeout);
        silo.Services.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.CallTimeout);

        // What a store's driver throws is told to the caller as well.
        silo.Services.Configure<ExceptionSerializationOptions>(o =>
        {
            o.SupportedNamespacePrefixes.Add("Finstage");
            o.SupportedNamespacePrefixes.Add("MySqlConnector");
        });
        return silo.AddOutgoingGrainCallFilter<OutgoingCallFilter>().AddOutgoingGrainCallFilter<RetryingCallFilter>()
            .AddIncomingGrainCallFilter<IncomingCallFilter>();
    }

    // Orleans asks for more than its collection quantum of a minute.
    private static TimeSpan MinimumAge => TimeSpan.FromMinutes(2);
}
