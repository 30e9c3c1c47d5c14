using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.News;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Finstage.Grains.Tests.News;

/// <summary>Grains with a watchlist and sources of news: one for each symbol, and two topics.</summary>
internal sealed class NewsWorld : IAsyncDisposable
{
    private NewsWorld(World world, NewsOptions options)
    {
        (World, Options, Feed) = (world, options, new PlannedNews(world.Time));
        Store = world.Store.News;
    }

    public World World { get; }

    public NewsOptions Options { get; }

    public PlannedNews Feed { get; }

    /// <summary>The store as the job sees it.</summary>
    public INewsStore Store { get; set; }

    public static async Task<NewsWorld> StartAsync(string server, params string[] symbols)
    {
        var world = await World.StartAsync([new Chat("7", "en", true), new Chat("8", "ko", true)]);
        await world.Store.PutSymbolsAsync(
            [.. symbols.Select(code => new SymbolInfo(code, "가 " + code, code + " Inc.", SymbolCategory.Stock, "NASDAQ", "USD", Enabled: true))], World.Stop);
        return new NewsWorld(world, new NewsOptions
        {
            Feeds =
            [
                new NewsFeedOptions { Id = "YAHOO:{symbol}", Url = server + "/rss/headline?s={symbol}" },
                new NewsFeedOptions { Id = "INVESTING:FOREX", Url = server + "/rss/forex.rss", NameKo = "외환", NameEn = "Forex" },
                new NewsFeedOptions { Id = "INVESTING:US", Url = server + "/rss/news_25.rss", Zone = "America/New_York" },
            ],
        });
    }

    public static Task<NewsWorld> StartAsync() => StartAsync("https://news.example", "AAPL", "TSLA");

    public Task<string> CrawlAsync(INewsFeed? feed = null) => new NewsJob(
        feed ?? Feed, Store, new NewsSources(Options), World.Time, NullLoggerFactory.Instance).RunAsync(World.Grains, World.Stop);

    /// <summary>The digests of a chat, oldest first.</summary>
    public async Task<IReadOnlyList<NewsPayload>> DigestsAsync(string chat = "7") =>
        [.. (await World.Store.ReadNewestAsync(chat, 10_000, World.Stop)).Reverse().Select(r => NewsPayload.Parse(r.Alert.Payload))];

    public async Task<IReadOnlyList<string>> StoredAsync() =>
        [.. (await World.Store.News.ReadNewsAsync(new NewsQuery(Limit: 10_000), World.Stop)).Select(n => n.Title)];

    public async ValueTask DisposeAsync() => await World.DisposeAsync();
}

/// <summary>A store whose next commit fails before it begins, or whose answer is lost after it.</summary>
internal sealed class FaultyNewsStore(INewsStore inner) : INewsStore
{
    public bool FailsBefore { get; set; }

    public bool FailsAfter { get; set; }

    public async Task<NewsStored> CommitAsync(NewsCrawl crawl, CancellationToken cancellation)
    {
        if (FailsBefore)
        {
            throw new IOException("The disk is full.");
        }

        var stored = await inner.CommitAsync(crawl, cancellation);
        return FailsAfter ? throw new IOException("The process is no more.") : stored;
    }

    public Task<NewsStanding?> FindFeedAsync(string feed, CancellationToken cancellation) => inner.FindFeedAsync(feed, cancellation);

    public Task<IReadOnlyList<NewsStanding>> ReadFeedsAsync(CancellationToken cancellation) => inner.ReadFeedsAsync(cancellation);

    public Task SaveFailureAsync(NewsFailure failure, CancellationToken cancellation) => inner.SaveFailureAsync(failure, cancellation);

    public Task<IReadOnlyList<NewsRow>> ReadNewsAsync(NewsQuery query, CancellationToken cancellation) => inner.ReadNewsAsync(query, cancellation);

    public Task<long> CountNewsAsync(CancellationToken cancellation) => inner.CountNewsAsync(cancellation);
}
