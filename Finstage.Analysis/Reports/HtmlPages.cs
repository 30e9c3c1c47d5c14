using System.Text;

namespace Finstage.Analysis.Reports;

/// <summary>
/// Cuts a long text with HTML entities into messages: between blocks where it can, else between lines, and within a line only where it
/// alone is too long. No tag, no entity and no character is ever cut; what is open at a cut is closed there and opened again after it.
/// Pure and thread-safe.
/// </summary>
public static class HtmlPages
{
    /// <summary>
    /// The longest message made here, in UTF-16 units, tags included: Telegram takes 4,096, and the number of the message is yet to be
    /// added.
    /// </summary>
    public const int MaxLength = 4_000;

    /// <summary>Cuts a text.</summary>
    /// <param name="html">The text; tags are closed in it, and stand in the order of their opening.</param>
    /// <param name="most">The most units of a message, at least 64.</param>
    /// <returns>The messages, in order; none of an empty text.</returns>
    public static IReadOnlyList<string> Cut(string html, int most = MaxLength)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 64);
        var page = new Page(most);
        foreach (var block in html.Split("\n\n"))
        {
            page.AddBlock(block);
        }

        return page.End();
    }

    private sealed class Page(int most)
    {
        private readonly List<string> pages = [];
        private readonly StringBuilder text = new();
        private readonly Stack<string> open = new();

        public void AddBlock(string block)
        {
            if (text.Length > 0 && text.Length + 2 + block.Length + Closing().Length > most)
            {
                // A block that fits a page of its own begins one.
                Break();
            }

            var lines = block.Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                AddLine(lines[i], i == 0 ? "\n\n" : "\n");
            }
        }

        public List<string> End()
        {
            Break();
            return pages;
        }

        private void AddLine(string line, string before)
        {
            var room = most - text.Length - before.Length - Reserve();
            if (HasText && line.Length > room)
            {
                Break();
            }

            if (HasText)
            {
                text.Append(before);
            }

            foreach (var token in Tokens(line))
            {
                AddToken(token);
            }
        }

        private void AddToken(string token)
        {
            var isTag = token[0] == '<';
            var isEnd = isTag && token.Length > 1 && token[1] == '/';

            // An end tag makes itself room: what it closes had to be closed anyway.
            if (!isEnd && text.Length + token.Length + Closing().Length + (isTag ? token.Length + 1 : 0) > most)
            {
                Break();
            }

            text.Append(token);
            if (isEnd)
            {
                open.TryPop(out _);
            }
            else if (isTag)
            {
                open.Push(token);
            }
        }

        // Whether anything but opened tags stands on the page.
        private bool HasText => text.Length > open.Sum(tag => tag.Length);

        // A line that fits must leave room for what is open, whatever it opens itself is closed within it.
        private int Reserve() => Closing().Length;

        private string Closing() => string.Concat(open.Select(tag => $"</{tag[1..].Split(' ', '>')[0]}>"));

        private void Break()
        {
            if (!HasText)
            {
                return;
            }

            var page = (text.ToString().TrimEnd('\n') + Closing()).Trim('\n');
            if (page.Length > 0)
            {
                pages.Add(page);
            }

            text.Clear();
            foreach (var tag in open.Reverse())
            {
                text.Append(tag);
            }
        }

        // Tags, entities and characters, none of which may be cut.
        private static IEnumerable<string> Tokens(string line)
        {
            for (var i = 0; i < line.Length;)
            {
                var length = line[i] switch
                {
                    '<' => line.IndexOf('>', i) is var end and >= 0 ? end - i + 1 : 1,
                    '&' => line.IndexOf(';', i) is var end and >= 0 && end - i <= 10 ? end - i + 1 : 1,
                    _ => System.Globalization.StringInfo.GetNextTextElementLength(line, i),
                };
                yield return line.Substring(i, length);
                i += length;
            }
        }
    }
}
