using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Finstage.Adapters.News;

/// <summary>Makes plain text of markup. Pure and thread-safe.</summary>
internal static partial class HtmlText
{
    private const int MaxMarkup = 64 * 1024;

    private static readonly HashSet<string> Unseen = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "title", "textarea", "select",
    };

    private static readonly HashSet<string> Lines = new(StringComparer.OrdinalIgnoreCase)
    {
        "br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr",
        "section", "article", "header", "footer", "figure", "figcaption", "aside", "main", "nav",
    };

    /// <summary>
    /// The text that a reader of the markup would see: blocks and line breaks on lines of their own, single spaces, no scripts and no
    /// control characters. Text without markup is only tidied, so that "a &lt; b" stays what it is.
    /// </summary>
    public static string Of(string? markup)
    {
        if (string.IsNullOrWhiteSpace(markup))
        {
            return string.Empty;
        }

        var source = markup.Length > MaxMarkup ? Cut(markup, MaxMarkup) : markup;
        return Tidy(Markup().IsMatch(source) ? Reduce(source) : source);
    }

    /// <summary>The text, at most so many characters long; a cut ends with … and parts no character.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = 0;
        while (StringInfo.GetNextTextElementLength(text, end) is var next && end + next < length)
        {
            end += next;
        }

        return text[..end].TrimEnd() + "…";
    }

    private static string Reduce(string markup)
    {
        using var document = new HtmlParser().ParseDocument(markup);
        var text = new StringBuilder(markup.Length);
        INode? node = document.Body;
        while (node is not null)
        {
            if (node is IText part)
            {
                text.Append(part.Data.ReplaceLineEndings(" "));
            }

            var isSeen = node is not IElement element || !Unseen.Contains(element.LocalName);
            Break(node, text);
            node = (isSeen ? node.FirstChild : null) ?? Next(node, document.Body!, text);
        }

        return text.ToString();
    }

    /// <summary>The node after this one and all in it. Without recursion: markup may be nested as deep as it likes.</summary>
    private static INode? Next(INode node, INode root, StringBuilder text)
    {
        INode? at = node;
        while (at is not null && at != root)
        {
            Break(at, text);
            if (at.NextSibling is { } sibling)
            {
                return sibling;
            }

            at = at.Parent;
        }

        return null;
    }

    private static void Break(INode node, StringBuilder text)
    {
        if (node is IElement element && Lines.Contains(element.LocalName))
        {
            text.Append('\n');
        }
        else if (node is IElement cell && cell.LocalName is "td" or "th")
        {
            text.Append(' ');
        }
    }

    private static string Tidy(string source)
    {
        var text = new StringBuilder(source.Length);
        foreach (var c in source)
        {
            var last = text.Length == 0 ? '\n' : text[^1];
            if (c is '\n' or '\r' or '\u2028' or '\u2029')
            {
                if (last == ' ')
                {
                    text.Length--;
                    last = text.Length == 0 ? '\n' : text[^1];
                }

                text.Append(last == '\n' ? string.Empty : "\n");
            }
            else if (char.IsWhiteSpace(c))
            {
                text.Append(last is ' ' or '\n' ? string.Empty : " ");
            }
            else if (!char.IsControl(c) && !TurnsText(c))
            {
                text.Append(c);
            }
        }

        return text.ToString().Trim();
    }

    // Marks that turn the direction of what comes after them, and one that has no width: they make text look like another.
    private static bool TurnsText(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200B' or '\uFEFF';

    [GeneratedRegex(@"</?[A-Za-z][^<>]*>|<!--|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")]
    private static partial Regex Markup();
}
