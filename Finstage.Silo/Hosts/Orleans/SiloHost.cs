using System.Net;
using System.Net.Sockets;
using Finstage.Adapters.Storage;
using Finstage.Adapters.Storage.MySql;
using Finstage.Grains.Interfaces;
using Finstage.Grains.Symbols;
using Finstage.Hosting;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;

namespace Finstage.Silo.Hosts;

/// <summary>What this build runs on: a silo of a cluster; alone with an SQLite file, or with others over a MySQL database.</summary>
internal static class SiloHost
{
    /// <summary>How long a caller waits for an answer in a cluster of several silos.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    // The name by which the cluster finds the driver.
    private const string Invariant = "MySql.Data.MySqlConnector";
    private const string ServiceId = "finstage";

    /// <summary>What is wrong with the shared database's connection.</summary>
    public static IEnumerable<string> Faults(ClusterOptions cluster) => !cluster.IsShared ? []
        : cluster.Connection.Length == 0
            ? ["Cluster:Connection (--connection, better FINSTAGE__Cluster__Connection) is empty: name the shared database, "
                + "such as 'Server=db;Database=finstage;User ID=finstage;Password=…'."]
            : MySqlConnections.Faults(cluster.Connection).Select(fault => $"Cluster:Connection (--connection): {fault}");

    /// <summary>The host in a few words, for people.</summary>
    public static string Describe(SiloSettings settings) => settings.Cluster is { IsShared: true } cluster
        ? $"{GrainHost.Name}, cluster {cluster.Id}, this silo {cluster.Address}:{cluster.SiloPort} · database: {MySqlConnections.NameOf(cluster.Connection)}"
        : GrainHost.Name;

    /// <summary>Opens the store: a file of this silo alone, or the shared database.</summary>
    public static async Task<SqlStore> OpenStoreAsync(
        SiloSettings settings, DataFolder folder, TimeProvider clock, CancellationToken cancellation)
    {
        var cluster = settings.Cluster;
        if (!cluster.IsShared)
        {
            return await SqlStore.OpenAsync(folder.DatabasePath, clock, cancellation);
        }

        // Work on the database occupies a thread each; the grains' turns must not wait for one.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, MySqlConnections.PoolMax + (2 * Environment.ProcessorCount)), ports);
        return await SqlStore.OpenMySqlAsync(cluster.Connection, clock, cancellation);
    }

    /// <summary>Adds the silo.</summary>
    public static void AddGrains(WebApplicationBuilder builder, SiloSettings settings, Action<GrainHostOptions>? configure)
    {
        var cluster = settings.Cluster;
        var grains = typeof(SeriesKeeper).Assembly;
        if (cluster.IsShared)
        {
            builder.AddGrainHost(Calls.Table, OfSeveral, silo => Join(silo, cluster), grains);
        }
        else
        {
            builder.AddGrainHost(Calls.Table, configure, silo => AddDashboard(silo.UseOneSilo(), cluster), grains);
        }

        void OfSeveral(GrainHostOptions options)
        {
            options.CallTimeout = CallTimeout;
            configure?.Invoke(options);
        }
    }

    /// <summary>Adds the dashboard of the cluster.</summary>
    public static void Map(WebApplication app)
    {
        if (app.Services.GetRequiredService<SiloSettings>().Cluster.DashboardKey is { Length: > 0 } key)
        {
            // It has a login of its own.
            app.MapOrleansDashboard("/dashboard").AddEndpointFilter(new DashboardLogin(key)).AllowAnonymous();
        }
    }

    private static void Join(ISiloBuilder silo, ClusterOptions cluster)
    {
        var connection = MySqlConnections.OfCluster(cluster.Connection);
        silo.Configure<Orleans.Configuration.ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.Id, ServiceId));
        silo.ConfigureEndpoints(AddressOf(cluster.Address), cluster.SiloPort, cluster.GatewayPort);
        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Invariant, connection));
        silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (Invariant, connection));
        silo.Configure<ClusterMembershipOptions>(Watch);
        silo.Services.AddHostedService<MembershipLog>();
        AddDashboard(silo, cluster);
    }

    // A silo that misses three probes of two seconds is dead; one that has not written its sign of life for 15 s holds up no start.
    private static void Watch(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = options.MinProbeTimeout = options.MaxProbeTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedProbesLimit = 3;
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        options.NumMissedTableIAmAliveLimit = 3;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        options.MaxJoinAttemptTime = TimeSpan.FromMinutes(2);
        options.DefunctSiloExpiration = TimeSpan.FromHours(1);
    }

    private static void AddDashboard(ISiloBuilder silo, ClusterOptions cluster)
    {
        if (cluster.DashboardKey.Length > 0)
        {
            // Its live log would show what no page should.
            silo.AddDashboard(options => options.HideTrace = true);
        }
    }

    private static IPAddress AddressOf(string name)
    {
        try
        {
            return IPAddress.TryParse(name, out var address) ? address
                : Dns.GetHostAddresses(name).OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
        }
        catch (SocketException fault)
        {
            throw new Startup.StartupException($"Cluster:Address (--address): '{name}' has no IP address: {fault.Message}");
        }
    }
}
