using Finstage.Analysis.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>Gathers what a crawl's digest tells of: new items, the newest first, as many as one message takes. Not thread-safe.</summary>
internal sealed class NewsDigest(NewsCrawl crawl)
{
    private readonly HashSet<long> added = [];
    private readonly Dictionary<long, (NewsOrigin Origin, NewsItem Item)> told = [];

    /// <summary>The numbers of the items to be told.</summary>
    public IReadOnlyCollection<long> Told => told.Keys;

    /// <summary>The digest; null when there is nothing to tell.</summary>
    public NewsPayload? Payload
    {
        get
        {
            var newest = told.OrderByDescending(t => t.Value.Item.Keys.Time).ThenBy(t => t.Key).Take(NewsPayload.MaxItems)
                .Select(t => Headline(t.Value.Origin, t.Value.Item)).ToList();
            return newest.Count == 0 ? null : new NewsPayload(newest, told.Count - newest.Count, crawl.At.ToUnixTimeSeconds());
        }
    }

    /// <summary>Takes an item that was written.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="isNew">Whether it was not known before; several sources of one crawl may have the same new item.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="item">The item.</param>
    /// <param name="isTold">Whether this source would have it told.</param>
    public void Add(long id, bool isNew, NewsOrigin origin, NewsItem item, bool isTold)
    {
        if (isNew)
        {
            added.Add(id);
        }

        if (isTold && added.Contains(id))
        {
            told.TryAdd(id, (origin, item));
        }
    }

    private static NewsHeadline Headline(NewsOrigin origin, NewsItem item) => origin.Symbol is { } symbol
        ? new NewsHeadline(
            symbol.Code, symbol.NameKo, symbol.NameEn, symbol.Category.Code(), item.Title, Short(item.Summary), item.Link,
            item.Published?.ToUnixTimeSeconds())
        : new NewsHeadline(
            origin.Feed, origin.NameKo, origin.NameEn, null, item.Title, Short(item.Summary), item.Link, item.Published?.ToUnixTimeSeconds());

    // More than any message shows.
    private static string? Short(string? summary) => summary is { Length: > 400 } ? summary[..400] : summary;
}
