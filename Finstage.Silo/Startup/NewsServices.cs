using Finstage.Adapters.Http;
using Finstage.Adapters.News;
using Finstage.Adapters.Storage;
using Finstage.Grains.Jobs;
using Finstage.Grains.News;
using Finstage.Grains.Ports;

namespace Finstage.Silo.Startup;

/// <summary>Puts the news together.</summary>
internal static class NewsServices
{
    public static IServiceCollection AddNews(this IServiceCollection services, SiloSettings settings, SqlStore store)
    {
        services.AddSingleton(store.News).AddSingleton(settings.News).AddSingleton<NewsSources>();
        return settings.HasNews
            ? services.AddSingleton<IJobWork, NewsJob>().AddSingleton<INewsFeed>(s => new RssNewsFeed(
                s.GetRequiredService<FeedClient>(), settings.Rss, s.GetRequiredService<TimeProvider>()))
            : services;
    }
}
