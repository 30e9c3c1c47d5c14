using Finstage.Adapters.News;

namespace Finstage.Adapters.Tests.News;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("one<br>two<br/>three", "one\ntwo\nthree")]
    [InlineData("<p>one</p><p>two</p>", "one\ntwo")]
    [InlineData("<ul><li>one<li>two</ul>three", "one\ntwo\nthree")]
    [InlineData("a <b>bold</b>er\n word", "a bolder word")]
    [InlineData("AT&amp;T &#8217;s &eacute;", "AT&T \u2019s \u00e9")]
    [InlineData("AT&T", "AT&T")]
    [InlineData("a < b and c > d", "a < b and c > d")]
    [InlineData("P/E <10 or x<y", "P/E <10 or x<y")]
    [InlineData("seen<script>alert(1)</script><style>p{}</style> text", "seen text")]
    [InlineData("<img src=x onerror=alert(1)>caption", "caption")]
    [InlineData("<!-- note -->text", "text")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc")]
    [InlineData("tab\tand \u0000control\u0007 and \u202Eturned", "tab and control and turned")]
    [InlineData("a&nbsp;&nbsp;b", "a b")]
    [InlineData("line one\r\n\r\nline two", "line one\nline two")]
    [InlineData("<b>unclosed", "unclosed")]
    [InlineData("<a href='x'>link</a", "link")]
    [InlineData("  ", "")]
    [InlineData(null, "")]
    public void Of_Markup_IsWhatAReaderSees(string? markup, string expected) => Assert.Equal(expected, HtmlText.Of(markup));

    [Fact]
    public void Of_MarkupNestedWithoutEnd_IsText()
    {
        Assert.Equal("deep", HtmlText.Of(string.Concat(Enumerable.Repeat("<div>", 10_000)) + "deep"));
        Assert.Equal("deep", HtmlText.Of(string.Concat(Enumerable.Repeat("<b><i>", 8_000)) + "deep"));
    }

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("abcd efg", 6, "abcd…")]
    [InlineData("abcd👩‍👩‍👧", 6, "abcd…")]
    [InlineData("👩‍👩‍👧abcd", 4, "…")]
    public void Cut_LongText_PartsNoCharacter(string text, int length, string expected) => Assert.Equal(expected, HtmlText.Cut(text, length));
}
