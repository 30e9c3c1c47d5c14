using Finstage.Adapters.Storage;
using Finstage.Grains.Interfaces;
using Finstage.Grains.Symbols;
using Finstage.Hosting;

namespace Finstage.Silo.Hosts;

/// <summary>What this build runs on: one process, one SQLite file.</summary>
internal static class SiloHost
{
    /// <summary>What this build cannot do.</summary>
    public static IEnumerable<string> Faults(ClusterOptions cluster) => cluster.IsShared
        ? [$"Cluster:Mode (--cluster) {ClusterOptions.MySql} needs the build for a cluster: add -p:GrainHost=Orleans to dotnet run or dotnet build."]
        : [];

    /// <summary>The host in a few words, for people.</summary>
    public static string Describe(SiloSettings settings) => GrainHost.Name;

    /// <summary>Opens the store.</summary>
    public static Task<SqlStore> OpenStoreAsync(SiloSettings settings, DataFolder folder, TimeProvider clock, CancellationToken cancellation) =>
        SqlStore.OpenAsync(folder.DatabasePath, clock, cancellation);

    /// <summary>Adds the grains.</summary>
    public static void AddGrains(WebApplicationBuilder builder, SiloSettings settings, Action<GrainHostOptions>? configure) =>
        builder.AddGrainHost(Calls.Table, configure, typeof(SeriesKeeper).Assembly);

    /// <summary>Adds what this host alone serves: nothing.</summary>
    public static void Map(WebApplication app)
    {
    }
}
