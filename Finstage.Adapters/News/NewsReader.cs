using Finstage.Adapters.Http;
using Finstage.Grains.Ports;
using NodaTime;

namespace Finstage.Adapters.News;

/// <summary>Makes something of a source's answer, whatever it holds. Pure and thread-safe.</summary>
internal static class NewsReader
{
    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="source">The source that was asked.</param>
    /// <param name="zone">The zone of times that name none.</param>
    /// <param name="asOf">The moment of the answer.</param>
    /// <param name="options">How much of it is read.</param>
    public static FeedResult<NewsPage> Read(FeedAnswer answer, NewsSource source, DateTimeZone zone, DateTimeOffset asOf, RssOptions options)
    {
        if ((answer.StatusFailure() ?? answer.PageFailure('<')) is { } failure)
        {
            return new FeedResult<NewsPage>(failure);
        }

        var text = FeedText.Decode(answer.Body.Span, answer.Charset).Trim();
        if (text.Length == 0)
        {
            return Fail(FeedFault.Empty, answer.Answered($"with nothing at all."));
        }

        if (text[0] != '<')
        {
            return Fail(FeedFault.Unavailable, answer.Answered($"with a text in place of a feed, status {answer.Status}."));
        }

        var feed = FeedXml.Read(text, options.MaxItems);
        return feed.Problem is { } problem
            ? Fail(FeedFault.Malformed, $"{answer.Host} answered with a feed that cannot be read: {problem}")
            : ReadItems(feed, answer, source, zone, asOf, options);
    }

    private static FeedResult<NewsPage> ReadItems(
        FeedXml feed, FeedAnswer answer, NewsSource source, DateTimeZone zone, DateTimeOffset asOf, RssOptions options)
    {
        var maker = new NewsItemMaker(source, zone, asOf, options);
        var items = new List<NewsItem>();
        var rejected = new List<RejectedNews>();
        for (var i = 0; i < feed.Items.Count; i++)
        {
            var (item, reason) = feed.Items[i].Problem is { } problem ? (null, problem) : maker.Make(feed.Items[i]);
            if (item is null)
            {
                rejected.Add(new RejectedNews(i + 1, reason!));
            }
            else
            {
                items.Add(item);
            }
        }

        if (items.Count > 0)
        {
            return new FeedResult<NewsPage>(new NewsPage(
                source.Id, NewsItemMaker.Line(feed.Title), asOf, items, rejected, feed.PassedOver, feed.IsRecovered));
        }

        // Yahoo answers an unknown feed with status 200 and a feed of that title.
        return feed.Title?.Contains("feed not found", StringComparison.OrdinalIgnoreCase) == true
            ? Fail(FeedFault.NotFound, $"{answer.Host} does not know the feed {source.Id}.")
            : rejected.Count > 0
                ? Fail(FeedFault.Malformed, $"{answer.Host} answered with {rejected.Count} items, none of which can be read: {rejected[0].Reason}")
                : Fail(FeedFault.Empty, $"{answer.Host} answered with a feed without items.");
    }

    private static FeedResult<NewsPage> Fail(FeedFault fault, string message) => new(new FeedFailure(fault, message));
}
