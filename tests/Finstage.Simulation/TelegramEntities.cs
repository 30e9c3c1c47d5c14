using System.Globalization;
using System.Net;
using System.Text;

namespace Finstage.Simulation;

/// <summary>Parses Telegram's HTML as its Bot API does: which tags there are, that they are closed in their order, what is left as text.</summary>
internal static class TelegramEntities
{
    private static readonly HashSet<string> Tags = new(StringComparer.Ordinal)
    {
        "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "tg-spoiler", "span", "blockquote",
    };

    /// <summary>The text without its entities, or what is wrong with them.</summary>
    public static (string Text, string? Fault) Parse(string html)
    {
        var text = new StringBuilder();
        var open = new Stack<string>();
        for (var at = 0; at < html.Length;)
        {
            if (html[at] == '&')
            {
                var (piece, length) = Entity(html, at);
                text.Append(piece);
                at += length;
                continue;
            }

            if (html[at] != '<')
            {
                text.Append(html[at++]);
                continue;
            }

            var end = html.IndexOf('>', at);
            if (end < 0)
            {
                return (string.Empty, Say($"Unclosed start tag at byte offset {at}"));
            }

            if (Tag(html[(at + 1)..end], at, open) is { } fault)
            {
                return (string.Empty, fault);
            }

            at = end + 1;
        }

        return open.TryPeek(out var left) ? (string.Empty, Say($"Can't find end tag corresponding to start tag \"{left}\"")) : (text.ToString(), null);
    }

    private static string? Tag(string inside, int at, Stack<string> open)
    {
        if (inside.StartsWith('/'))
        {
            var name = inside[1..].Trim();
            return !open.TryPop(out var expected) ? Say($"Unexpected end tag at byte offset {at}")
                : name.Length == 0 || name == expected ? null
                : Say($"Unmatched end tag at byte offset {at}, expected \"</{expected}>\", found \"</{name}>\"");
        }

        var tag = inside.Split(' ', 2);
        if (!Tags.Contains(tag[0]))
        {
            return Say($"Unsupported start tag \"{tag[0]}\" at byte offset {at}");
        }

        if (tag.Length > 1 && !IsAttribute(tag[1]))
        {
            return Say($"Empty attribute name in the tag \"{tag[0]}\" at byte offset {at}");
        }

        open.Push(tag[0]);
        return null;
    }

    private static bool IsAttribute(string text)
    {
        var equals = text.IndexOf("=\"", StringComparison.Ordinal);
        return equals > 0 && text[..equals].All(char.IsAsciiLetter) && text.IndexOf('"', equals + 2) == text.Length - 1;
    }

    // Named entities are these four; numbers are any. What is none stands for itself.
    private static (string Text, int Length) Entity(string html, int at)
    {
        var end = html.IndexOf(';', at);
        if (end < 0 || end - at > 10)
        {
            return ("&", 1);
        }

        var name = html[(at + 1)..end];
        var isKnown = name is "lt" or "gt" or "amp" or "quot" || (name.Length > 1 && name[0] == '#');
        return isKnown ? (WebUtility.HtmlDecode(html[at..(end + 1)]), end + 1 - at) : ("&", 1);
    }

    private static string Say(string fault) => string.Create(CultureInfo.InvariantCulture, $"Bad Request: can't parse entities: {fault}");
}
