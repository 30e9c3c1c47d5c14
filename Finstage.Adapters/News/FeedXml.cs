using System.Xml;

namespace Finstage.Adapters.News;

/// <summary>What stood in a feed, as text that may hold markup.</summary>
/// <param name="Title">What the feed calls itself.</param>
/// <param name="Items">Its items, in its order.</param>
/// <param name="PassedOver">Items beyond the most that are read.</param>
/// <param name="IsRecovered">Whether the feed is not well-formed and its items were read one by one.</param>
/// <param name="Problem">Why nothing can be read; null where something can.</param>
internal sealed record FeedXml(string? Title, IReadOnlyList<FeedEntry> Items, int PassedOver, bool IsRecovered, string? Problem)
{
    private static readonly string[] Roots = ["rss", "RDF", "feed"];

    /// <summary>Reads RSS 0.9 to 2.0 and Atom. Type definitions are prohibited and nothing is fetched.</summary>
    public static FeedXml Read(string text, int maxItems)
    {
        try
        {
            return ReadWhole(text, maxItems);
        }
        catch (XmlException e)
        {
            return HasTypeDefinition(text)
                ? Fail("it has a type definition, and those are not read.")
                : FeedRecovery.Read(text, maxItems) is { Items.Count: > 0 } recovered ? recovered : Fail(e.Message);
        }
    }

    /// <summary>The settings for all XML from outside.</summary>
    /// <param name="conformance">Whether a whole document is read.</param>
    internal static XmlReaderSettings Settings(ConformanceLevel conformance) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        ConformanceLevel = conformance,
        MaxCharactersInDocument = 32 * 1024 * 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private static FeedXml ReadWhole(string text, int maxItems)
    {
        using var input = new StringReader(text);
        using var reader = XmlReader.Create(input, Settings(ConformanceLevel.Document));
        if (reader.MoveToContent() != XmlNodeType.Element || !Roots.Contains(reader.LocalName))
        {
            return Fail("it is XML of another kind.");
        }

        string? title = null;
        var items = new List<FeedEntry>();
        var passedOver = 0;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Prefix.Length > 0)
            {
                continue;
            }

            if (reader.LocalName is "item" or "entry")
            {
                if (items.Count < maxItems)
                {
                    items.Add(FeedEntry.Read(reader));
                }
                else
                {
                    passedOver++;
                }
            }
            else if (reader.LocalName == "title" && title is null)
            {
                title = FeedEntry.ReadText(reader);
            }
        }

        return new FeedXml(title, items, passedOver, false, null);
    }

    private static FeedXml Fail(string problem) => new(null, [], 0, false, problem);

    private static bool HasTypeDefinition(string text)
    {
        var at = text.IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        var item = text.IndexOf("<item", StringComparison.Ordinal);
        return at >= 0 && (item < 0 || at < item);
    }
}
