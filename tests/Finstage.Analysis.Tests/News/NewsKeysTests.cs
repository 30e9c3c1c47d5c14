using Finstage.Analysis.News;

namespace Finstage.Analysis.Tests.News;

public sealed class NewsKeysTests
{
    [Theory]
    [InlineData("https://finance.yahoo.com/video/a-1.html?.tsrc=rss", "https://finance.yahoo.com/video/a-1.html")]
    [InlineData("HTTP://Finance.Yahoo.COM:80/a/?utm_source=x&UTM_medium=y&b=2&a=1#top", "https://finance.yahoo.com/a?a=1&b=2")]
    [InlineData("https://e.com/", "https://e.com")]
    [InlineData(" https://e.com:8443/x?fbclid=1 ", "https://e.com:8443/x")]
    [InlineData("https://e.com/기사?id=1", "https://e.com/%EA%B8%B0%EC%82%AC?id=1")]
    [InlineData("https://user:pass@e.com/x", "https://e.com/x")]
    [InlineData("https://e.com/x?source=y", "https://e.com/x?source=y")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("ftp://e.com/x", null)]
    [InlineData("/relative", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Link_ManySpellings_AreOne(string? address, string? expected) => Assert.Equal(expected, CanonicalLink.Of(address));

    [Fact]
    public void Link_LongerThanAnAddressIs_IsNone() => Assert.Null(CanonicalLink.Of("https://e.com/" + new string('x', 2_100)));

    [Theory]
    [InlineData("  Korea\u2019s  won\t\u2013 bears ", "korea's won - bears")]
    [InlineData("\uFF21\uFF30\uFF30\uFF2C\uFF25", "apple")]
    [InlineData("UBS cuts to 1.75%", "ubs cuts to 1.75%")]
    [InlineData("Up +5%", "up +5%")]
    [InlineData("Up \u22125%", "up -5%")]
    [InlineData("a\u200Db\u0001c", "abc")]
    [InlineData("half \ud83d pair", "half \ud83d pair")]
    [InlineData("   ", "")]
    [InlineData(null, "")]
    public void Title_ManyForms_AreOne(string? title, string expected) => Assert.Equal(expected, NewsTitle.Fold(title));

    [Fact]
    public void Of_IdThatIsAnAddress_IsCanonicalToo() => Assert.Equal(
        "feeds.e.com|https://e.com/a", NewsKeys.Of("Feeds.E.com", "https://e.com/a?utm_source=rss", null, "t", 0).Id);

    [Fact]
    public void Of_IdsOfTwoPublishers_AreTwo() =>
        Assert.NotEqual(NewsKeys.Of("a.com", "12345", null, "t", 0).Id, NewsKeys.Of("b.com", "12345", null, "t", 0).Id);

    [Fact]
    public void Of_BlankId_IsNone() => Assert.Null(NewsKeys.Of("a.com", "  ", null, "t", 0).Id);
}
