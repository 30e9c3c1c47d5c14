using Finstage.Analysis.News;

namespace Finstage.Grains.Ports;

/// <summary>Where news come from. Thread-safe; the feed itself sees to it that it asks a host no faster than it may.</summary>
public interface INewsFeed
{
    /// <summary>Asks a source for its items.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cancellation">Cancels the asking, its waits and its retries.</param>
    /// <returns>The items, at least one, or why there are none. Failures are results; only a cancellation is an exception.</returns>
    Task<FeedResult<NewsPage>> ReadAsync(NewsSource source, CancellationToken cancellation);
}

/// <summary>A source of news. Immutable.</summary>
/// <param name="Id">Its name, such as <c>YAHOO:AAPL</c> or <c>INVESTING:FOREX</c>.</param>
/// <param name="Address">Where it answers, http or https.</param>
/// <param name="Zone">The zone, an IANA name, in which it writes times that name none. Default UTC.</param>
public sealed record NewsSource(string Id, Uri Address, string Zone = "Etc/UTC");

/// <summary>What a source of news answered. Immutable; the lists must not be changed.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Title">What the source calls itself; null where it does not.</param>
/// <param name="AsOf">The moment of the answer.</param>
/// <param name="Items">The items, in the source's order; at least one.</param>
/// <param name="Rejected">Items that could not be read.</param>
/// <param name="PassedOver">Items beyond the most that are read.</param>
/// <param name="IsRecovered">Whether the answer was not well-formed and its items were read one by one.</param>
public sealed record NewsPage(
    string Source, string? Title, DateTimeOffset AsOf, IReadOnlyList<NewsItem> Items, IReadOnlyList<RejectedNews> Rejected,
    int PassedOver, bool IsRecovered);

/// <summary>One item of news, as plain text: no markup, no control characters.</summary>
/// <param name="Title">Its title, on one line, never empty.</param>
/// <param name="Summary">Its summary; null where there is none.</param>
/// <param name="Link">Its address, http or https; null where there is none.</param>
/// <param name="Published">
/// When it came out; null where the source does not say, or says what cannot be: a time that cannot be read or lies in the future.
/// </param>
/// <param name="Keys">What it is known by.</param>
public sealed record NewsItem(string Title, string? Summary, string? Link, DateTimeOffset? Published, NewsKeys Keys);

/// <summary>An item that could not be read.</summary>
/// <param name="Item">Its number in the answer, the first being 1.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record RejectedNews(int Item, string Reason);
