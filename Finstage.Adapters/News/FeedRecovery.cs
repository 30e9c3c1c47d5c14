using System.Net;
using System.Text.RegularExpressions;
using System.Xml;

namespace Finstage.Adapters.News;

/// <summary>
/// Reads a feed that is not well-formed item by item, so that one bad item does not lose the others. What is often wrong inside an item
/// is mended: a bare ampersand or angle bracket, an HTML entity, a control character. Pure and thread-safe.
/// </summary>
internal static partial class FeedRecovery
{
    private const int MaxReason = 160;

    public static FeedXml Read(string text, int maxItems)
    {
        var items = new List<FeedEntry>();
        var passedOver = 0;
        var first = text.Length;
        foreach (var (start, end) in Pieces(text))
        {
            first = Math.Min(first, start);
            if (items.Count < maxItems)
            {
                items.Add(ReadPiece(text[start..end]));
            }
            else
            {
                passedOver++;
            }
        }

        return new FeedXml(TitleOf(text[..first]), items, passedOver, true, null);
    }

    /// <summary>Where items begin and end: at their end tags, else where the next one begins.</summary>
    private static IEnumerable<(int Start, int End)> Pieces(string text)
    {
        Match? open = null;
        foreach (Match tag in ItemTag().Matches(text))
        {
            var isEnd = tag.ValueSpan[1] == '/';
            if (open is not null)
            {
                yield return (open.Index, isEnd ? tag.Index + tag.Length : tag.Index);
            }

            open = isEnd ? null : tag;
        }

        if (open is not null)
        {
            yield return (open.Index, text.Length);
        }
    }

    private static FeedEntry ReadPiece(string piece)
    {
        try
        {
            return ReadFragment(piece);
        }
        catch (XmlException)
        {
            try
            {
                return ReadFragment(Mended(piece));
            }
            catch (XmlException e)
            {
                return new FeedEntry { Problem = $"It is not well-formed: {(e.Message.Length > MaxReason ? e.Message[..MaxReason] : e.Message)}" };
            }
        }
    }

    private static FeedEntry ReadFragment(string piece)
    {
        // Prefixes were declared at the root, which is not here.
        var names = new NameTable();
        var prefixes = new XmlNamespaceManager(names);
        foreach (Match use in Prefix().Matches(piece))
        {
            if (use.Groups[1].Value is var prefix && prefix is not ("xml" or "xmlns"))
            {
                prefixes.AddNamespace(prefix, $"urn:prefix:{prefix}");
            }
        }

        using var input = new StringReader(piece);
        using var reader = XmlReader.Create(
            input, FeedXml.Settings(ConformanceLevel.Fragment), new XmlParserContext(names, prefixes, null, XmlSpace.None));
        reader.MoveToContent();
        return FeedEntry.Read(reader);
    }

    private static string Mended(string piece)
    {
        var text = string.Concat(piece.Where((c, i) => XmlConvert.IsXmlChar(c) || IsPaired(piece, i)));
        text = BareBracket().Replace(text, "&lt;");
        return Ampersand().Replace(text, static match => match.Value switch
        {
            "&amp;" or "&lt;" or "&gt;" or "&quot;" or "&apos;" => match.Value,

            // Known to HTML, or a number of a character that XML may have; else only an ampersand that was meant as one.
            var entity when WebUtility.HtmlDecode(entity) is var plain && plain != entity
                && plain.All(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)) => WebUtility.HtmlEncode(plain),
            var other => "&amp;" + other[1..],
        });
    }

    private static bool IsPaired(string text, int i) => char.IsHighSurrogate(text[i])
        ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
        : char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]);

    private static string? TitleOf(string head) => Title().Match(head) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"<(?:item|entry)(?=[\s>/])|</(?:item|entry)\s*>")]
    private static partial Regex ItemTag();

    [GeneratedRegex(@"[<\s/]([A-Za-z_][A-Za-z0-9_.-]{0,63}):(?=[A-Za-z_])")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"<(?![A-Za-z_/!?])")]
    private static partial Regex BareBracket();

    [GeneratedRegex(@"&(?:#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?")]
    private static partial Regex Ampersand();

    [GeneratedRegex(@"<title>([^<]{1,500})</title>")]
    private static partial Regex Title();
}
