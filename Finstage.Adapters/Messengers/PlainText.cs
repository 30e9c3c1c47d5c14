using System.Net;
using System.Text;

namespace Finstage.Adapters.Messengers;

/// <summary>Turns Telegram's HTML into text for a terminal. Pure and thread-safe.</summary>
public static class PlainText
{
    /// <summary>
    /// The text without tags, entities decoded; a link's address follows its text in brackets. Control characters other than line
    /// breaks and tabs are left out: a headline must not steer a terminal.
    /// </summary>
    public static string Of(string html)
    {
        var text = new StringBuilder(html.Length);
        var links = new Stack<string>();
        for (var at = 0; at < html.Length;)
        {
            var end = html[at] == '<' ? html.IndexOf('>', at) : -1;
            if (end < 0)
            {
                var next = html.IndexOf('<', at + 1);
                next = next < 0 ? html.Length : next;
                Append(text, html[at..next]);
                at = next;
                continue;
            }

            var tag = html[(at + 1)..end];
            if (tag.StartsWith("a ", StringComparison.OrdinalIgnoreCase))
            {
                links.Push(Address(tag));
            }
            else if (tag.Equals("/a", StringComparison.OrdinalIgnoreCase) && links.TryPop(out var link) && link.Length > 0)
            {
                Append(text, $" ({link})");
            }

            at = end + 1;
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string piece)
    {
        foreach (var c in WebUtility.HtmlDecode(piece))
        {
            if (!char.IsControl(c) || c is '\n' or '\t')
            {
                text.Append(c);
            }
        }
    }

    private static string Address(string tag)
    {
        var start = tag.IndexOf("href=\"", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : tag.IndexOf('"', start + 6);
        return end < 0 ? string.Empty : tag[(start + 6)..end];
    }
}
