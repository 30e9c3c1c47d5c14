using System.Text;
using System.Xml;

namespace Finstage.Adapters.News;

/// <summary>What stood in one item of a feed, as text that may hold markup; null where it is missing.</summary>
internal sealed record FeedEntry
{
    // Far above any field that is used; whole articles are cut.
    private const int MaxField = 64 * 1024;

    public string? Title { get; init; }

    public string? Summary { get; init; }

    public string? Link { get; init; }

    public string? Id { get; init; }

    /// <summary>Whether <see cref="Id"/> may stand for a missing link.</summary>
    public bool IsIdLink { get; init; }

    public string? Published { get; init; }

    /// <summary>Why the item cannot be read; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Reads the item at which the reader stands, to its end.</summary>
    /// <exception cref="XmlException">The item is not well-formed.</exception>
    public static FeedEntry Read(XmlReader reader)
    {
        var entry = new FeedEntry();
        if (reader.IsEmptyElement)
        {
            return entry;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
            {
                entry = entry.With(reader);
            }
        }

        return entry;
    }

    /// <summary>All text inside the element at which the reader stands, to its end; markup inside counts as a space.</summary>
    /// <exception cref="XmlException">The element is not well-formed.</exception>
    public static string ReadText(XmlReader reader)
    {
        var text = new StringBuilder();
        if (reader.IsEmptyElement)
        {
            return string.Empty;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            var part = reader.NodeType switch
            {
                XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace => reader.Value,
                XmlNodeType.Element or XmlNodeType.EndElement => " ",
                _ => string.Empty,
            };
            text.Append(part, 0, Math.Min(part.Length, MaxField - text.Length));
        }

        return text.ToString().Trim();
    }

    // Only plain names count: media:title and its like are about something else.
    private FeedEntry With(XmlReader reader) => reader.Name switch
    {
        "title" => this with { Title = Title ?? ReadText(reader) },
        "description" or "summary" => this with { Summary = ReadText(reader) },
        "content" or "content:encoded" => this with { Summary = Summary ?? ReadText(reader) },
        "link" when reader.GetAttribute("href") is { } address =>
            reader.GetAttribute("rel") is null or "alternate" ? this with { Link = Link ?? address } : this,
        "link" => this with { Link = Link ?? ReadText(reader) },
        "guid" => this with { IsIdLink = reader.GetAttribute("isPermaLink") is not "false", Id = ReadText(reader) },
        "id" => this with { Id = ReadText(reader) },
        "pubDate" or "published" => this with { Published = ReadText(reader) },
        "updated" or "dc:date" => this with { Published = Published ?? ReadText(reader) },
        _ => this,
    };
}
