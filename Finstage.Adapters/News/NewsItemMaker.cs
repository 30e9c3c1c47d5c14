using Finstage.Analysis.News;
using Finstage.Grains.Ports;
using NodaTime;

namespace Finstage.Adapters.News;

/// <summary>Makes an item of news of what stood in a feed. Pure and thread-safe.</summary>
internal sealed class NewsItemMaker(NewsSource source, DateTimeZone zone, DateTimeOffset asOf, RssOptions options)
{
    private const int MaxTitle = 300;
    private const int MaxId = 512;

    // A clock that is a little ahead is no fault; a feed from next week is.
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(24);

    /// <summary>The item, or why it is none.</summary>
    public (NewsItem? Item, string? Reason) Make(FeedEntry entry)
    {
        var title = Line(entry.Title);
        if (title is null)
        {
            return (null, "It has no title.");
        }

        var link = LinkOf(entry.Link) ?? (entry.IsIdLink ? LinkOf(entry.Id) : null);
        var id = entry.Id is { Length: > 0 and <= MaxId } given ? given : null;
        var published = NewsTime.Parse(entry.Published, zone);
        published = published > asOf + Ahead ? null : published;
        var keys = NewsKeys.Of(source.Address.Host, id, link, title, (published ?? asOf).ToUnixTimeSeconds());
        return (new NewsItem(title, Summary(entry.Summary, title), link, published, keys), null);
    }

    /// <summary>A text on one line, cut where it is too long; null where nothing is left of it.</summary>
    public static string? Line(string? markup)
    {
        var text = HtmlText.Of(markup).ReplaceLineEndings(" ");
        return text.Length == 0 ? null : HtmlText.Cut(text, MaxTitle);
    }

    // A summary that only repeats the title says nothing.
    private string? Summary(string? markup, string title)
    {
        var text = options.MaxSummary == 0 ? string.Empty : HtmlText.Of(markup);
        return text.Length == 0 || text == title ? null : HtmlText.Cut(text, options.MaxSummary);
    }

    private string? LinkOf(string? address)
    {
        var text = address?.Trim();
        return text is { Length: > 0 and <= CanonicalLink.MaxLength } && Uri.TryCreate(source.Address, text, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.UserInfo.Length == 0
            && uri.AbsoluteUri.Length <= CanonicalLink.MaxLength
            ? uri.AbsoluteUri
            : null;
    }
}
