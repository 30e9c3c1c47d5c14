using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Finstage.Analysis.Reports;

namespace Finstage.Analysis.Tests.Reports;

public sealed partial class HtmlPagesTests
{
    [Fact]
    public void Cut_ShortText_IsOneMessage() => Assert.Equal(["<b>a</b>\n\nb &amp; c"], HtmlPages.Cut("<b>a</b>\n\nb &amp; c"));

    [Fact]
    public void Cut_Blocks_GoWholeToTheNextMessage()
    {
        var (first, second) = (new string('a', 50), $"{new string('b', 30)}\n{new string('b', 10)}");

        Assert.Equal([first, second], HtmlPages.Cut($"{first}\n\n{second}", 64));
    }

    [Fact]
    public void Cut_WithinABlock_CutsBetweenLines()
    {
        var lines = Enumerable.Range(0, 10).Select(i => new string((char)('a' + i), 20)).ToArray();

        var pages = HtmlPages.Cut(string.Join('\n', lines), 64);

        Assert.Equal(lines, pages.SelectMany(p => p.Split('\n')));
        Assert.All(pages, p => Assert.InRange(p.Length, 20, 64));
    }

    [Fact]
    public void Cut_WithinATag_ClosesAndOpensItAgain()
    {
        var pages = HtmlPages.Cut($"<b>{new string('x', 100)}</b>", 64);

        Assert.Equal(2, pages.Count);
        Assert.All(pages, p => Assert.Matches("^<b>x+</b>$", p));
        Assert.Equal(100, pages.Sum(p => p.Count(c => c == 'x')));
    }

    [Fact]
    public void Cut_Anything_KeepsTheTextAndEveryMessageWhole()
    {
        var random = new Random(20250817);
        for (var trial = 0; trial < 400; trial++)
        {
            var html = Random(random, 1 + random.Next(600));
            var most = 64 + random.Next(120);

            var pages = HtmlPages.Cut(html, most);

            Assert.All(pages, page => AssertIsWhole(page, most));
            Assert.Equal(Plain(html), string.Concat(pages.Select(Plain)));
        }
    }

    [Theory]
    [InlineData("<b>a</b")]
    [InlineData("<b>a")]
    [InlineData("a &am")]
    public void Check_MessageThatWasCutBadly_IsFound(string planted) => Assert.ThrowsAny<Exception>(() => AssertIsWhole(planted, 64));

    [Fact]
    public void Check_HalfACharacter_IsFound() => Assert.ThrowsAny<Exception>(() => AssertIsWhole("📈"[..1], 64));

    /// <summary>What Telegram would take: no longer than allowed, tags in pairs, entities and characters whole.</summary>
    internal static void AssertIsWhole(string page, int most)
    {
        Assert.InRange(page.Length, 1, most);
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(page))
        {
            if (tag.Value.StartsWith("</", StringComparison.Ordinal))
            {
                Assert.Equal(open.Pop(), tag.Value[2..^1]);
            }
            else
            {
                open.Push(tag.Value[1..^1].Split(' ')[0]);
            }
        }

        Assert.Empty(open);
        var rest = Tag().Replace(page, string.Empty);
        Assert.DoesNotContain('<', rest);
        Assert.DoesNotContain('&', Entity().Replace(rest, string.Empty));
        _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(page);
    }

    private static string Plain(string html) => Tag().Replace(html, string.Empty).Replace("\n", string.Empty, StringComparison.Ordinal);

    private static string Random(Random random, int count)
    {
        string[] words = ["가나다", "x", " ", "\n", "\n\n", "&lt;", "&amp;", "📈", "👨‍👩‍👧", "<b>", "<i>", "<a href=\"x\">", "</>", "long-word-without-any-space", "1,234.5"];
        var (text, open) = (new StringBuilder(), new Stack<string>());
        for (var i = 0; i < count; i++)
        {
            var word = words[random.Next(words.Length)];
            if (word[0] == '<' && word != "</>")
            {
                if (open.Count < 3)
                {
                    text.Append(word);
                    open.Push(word[1..^1].Split(' ')[0]);
                }
            }
            else if (word != "</>")
            {
                text.Append(word);
            }
            else if (open.TryPop(out var tag))
            {
                text.Append(CultureInfo.InvariantCulture, $"</{tag}>");
            }
        }

        while (open.TryPop(out var tag))
        {
            text.Append(CultureInfo.InvariantCulture, $"</{tag}>");
        }

        return text.ToString().Trim('\n');
    }

    [GeneratedRegex("</?[a-z][^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("&(amp|lt|gt|quot);")]
    private static partial Regex Entity();
}
