using System.Security.Cryptography;
using System.Text;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;

namespace Finstage.Grains.News;

/// <summary>The sources that a crawl asks: those of the settings, and for each watched symbol those that every symbol has. Thread-safe.</summary>
public sealed class NewsSources(NewsOptions options)
{
    /// <summary>The sources, in the order of the settings and of the watchlist.</summary>
    /// <param name="watched">The watched symbols.</param>
    public IReadOnlyList<CrawledSource> Of(IReadOnlyList<SymbolInfo> watched)
    {
        ArgumentNullException.ThrowIfNull(watched);
        return [.. options.Feeds.SelectMany(feed => Of(feed, watched))];
    }

    private static IEnumerable<CrawledSource> Of(NewsFeedOptions feed, IReadOnlyList<SymbolInfo> watched)
    {
        if (feed.IsOfEverySymbol)
        {
            return watched.Select(symbol => Make(feed, symbol));
        }

        if (feed.Symbol is null)
        {
            return [Make(feed, null)];
        }

        // Like the prices: of a symbol that is watched no longer nothing is asked.
        var own = watched.FirstOrDefault(s => string.Equals(s.Code, feed.Symbol, StringComparison.OrdinalIgnoreCase));
        return own is null ? [] : [Make(feed, own)];
    }

    private static CrawledSource Make(NewsFeedOptions feed, SymbolInfo? symbol)
    {
        var code = symbol?.Code ?? string.Empty;
        var address = feed.AddressOf(code) ?? throw new ArgumentException($"The address of '{feed.Id}' is none.", nameof(feed));
        var id = feed.Id.Replace(NewsOptions.SymbolMark, code, StringComparison.Ordinal);

        // The address may hold a key, which has no place in the store.
        var mark = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)));
        return new CrawledSource(
            new NewsSource(id, address, feed.Zone), new NewsOrigin(id, mark, feed.NameKo, feed.NameEn, symbol));
    }
}

/// <summary>A source of news as it is asked, and as it is kept.</summary>
/// <param name="Source">Where and how it is asked.</param>
/// <param name="Origin">What is kept of it.</param>
public sealed record CrawledSource(NewsSource Source, NewsOrigin Origin);
