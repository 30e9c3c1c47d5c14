using Finstage.Adapters.Http;
using Finstage.Adapters.Prices.Drop;
using Finstage.Adapters.Prices.Yahoo;
using Finstage.Adapters.Storage;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Hosting;

namespace Finstage.Silo.Startup;

/// <summary>Puts the feeds and the jobs that ask them together.</summary>
internal static class FeedServices
{
    public static IServiceCollection AddFeeds(
        this IServiceCollection services, SiloSettings settings, DataFolder folder, SqlStore store, bool isTerminal)
    {
        var feeds = settings.Feeds;
        services.AddSingleton(store.Leases).AddSingleton(store.History).AddSingleton(store.Prices).AddSingleton<FeedWatch>().AddSingleton(settings.History);
        services.AddSingleton(s => new FeedLease(
            s.GetRequiredService<ILeases>(), s.GetRequiredService<TimeProvider>(), OwnName(), feeds.Http.Spacing));
        services.AddSingleton(s => new FeedClient(
            feeds.Http, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<FeedLease>()));
        services.AddSingleton(feeds.Drop).AddSingleton(s => new DropFolder(
            feeds.Drop.Folder ?? Path.Combine(folder.Path, "drop"), feeds.Drop.Quiet, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IJobWork, DropJob>().AddSingleton<SymbolCheck>();
        if (!feeds.Enabled)
        {
            return services;
        }

        services.AddSingleton<IPriceFeed>(s => new YahooChartFeed(
            s.GetRequiredService<FeedClient>(), feeds.Yahoo, s.GetRequiredService<TimeProvider>()));
        if (isTerminal)
        {
            services.AddSingleton<IProgress<JobProgressView>, HistoryNarrator>();
        }

        return services.AddSingleton<SeriesUpdater>().AddSingleton<HighsUpdater>().AddSingleton<IJobWork, HistoryJob>()
            .AddSingleton<IJobWork, MonitorJob>().AddSingleton<IJobWork, HighsJob>();
    }

    // One process holds an embedded store at a time, so after a crash the lease is its own again at once.
    private static string OwnName() => GrainHost.Name == "Embedded" ? "embedded" : $"{Environment.MachineName}:{Guid.NewGuid():n}";
}
