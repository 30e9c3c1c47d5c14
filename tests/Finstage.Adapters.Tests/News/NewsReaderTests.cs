using System.Text;
using Finstage.Adapters.Http;
using Finstage.Adapters.News;
using Finstage.Grains.Ports;
using NodaTime;

namespace Finstage.Adapters.Tests.News;

public sealed class NewsReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 11, 0, 0, 0, TimeSpan.Zero);
    private static readonly NewsSource Source = new("TEST:X", new Uri("https://feeds.example/rss?s=X"));

    [Fact]
    public void Read_Rss_GivesItsItems()
    {
        var page = Page("""
            <item><title>One &amp; two</title><link>https://e.com/1?utm_source=rss</link><description>&lt;p&gt;a&lt;br&gt;b&lt;/p&gt;</description>
            <guid isPermaLink="false">id-1</guid><pubDate>Thu, 10 Sep 2026 19:29:06 +0000</pubDate></item>
            """);

        Assert.Equal(("TEST:X", "Test feed", Now, 0, false), (page.Source, page.Title, page.AsOf, page.PassedOver, page.IsRecovered));
        var item = Assert.Single(page.Items);
        Assert.Equal(("One & two", "a\nb", "https://e.com/1?utm_source=rss"), (item.Title, item.Summary, item.Link));
        Assert.Equal(new DateTimeOffset(2026, 9, 10, 19, 29, 6, TimeSpan.Zero), item.Published);
        Assert.Equal(("feeds.example|id-1", "https://e.com/1", "one & two", item.Published!.Value.ToUnixTimeSeconds()),
            (item.Keys.Id, item.Keys.Link, item.Keys.Title, item.Keys.Time));
    }

    [Fact]
    public void Read_Atom_GivesItsItems()
    {
        var page = Read("""
            <feed xmlns="http://www.w3.org/2005/Atom"><title>Atom feed</title><entry><title type="html">A &lt;b&gt;title&lt;/b&gt;</title>
            <link rel="self" href="https://e.com/self"/><link href="/1"/><id>urn:1</id><updated>2026-09-10T19:29:06Z</updated>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p><p>b</p></div></content></entry></feed>
            """).Value!;

        var item = Assert.Single(page.Items);
        Assert.Equal(("Atom feed", "A title", "https://feeds.example/1", "a b"), (page.Title, item.Title, item.Link, item.Summary));
        Assert.Equal(19, item.Published?.Hour);
    }

    [Fact]
    public void Read_RssOfTheFirstKind_GivesItsItems()
    {
        var page = Read("""
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel><title>Old</title></channel><item><title>t</title><link>https://e.com/1</link><dc:date>2026-09-10T19:29:06Z</dc:date></item></rdf:RDF>
            """).Value!;

        Assert.Equal(("t", 19), (Assert.Single(page.Items).Title, page.Items[0].Published?.Hour));
    }

    [Fact]
    public void Read_PartsOfOtherKinds_AreNotTakenForTheItemsOwn()
    {
        var item = Page("""
            <item><media:title xmlns:media="m">photo</media:title><title>real</title><media:link xmlns:media="m">x</media:link></item>
            """).Items.Single();

        Assert.Equal(("real", null), (item.Title, item.Link));
    }

    [Fact]
    public void Read_ItemWithoutATitle_IsToldAndTheOthersGoOn()
    {
        var page = Page("<item><title>a</title></item><item><link>https://e.com/2</link></item><item/><item><title> &lt;br&gt; </title></item><item><title>b</title></item>");

        Assert.Equal(["a", "b"], page.Items.Select(i => i.Title));
        Assert.Equal([2, 3, 4], page.Rejected.Select(r => r.Item));
        Assert.All(page.Rejected, r => Assert.Equal("It has no title.", r.Reason));
    }

    [Theory]
    [InlineData("<item><title>AT&T rises</title></item>", "AT&T rises")]
    [InlineData("<item><title>P/E < 10</title></item>", "P/E < 10")]
    [InlineData("<item><title>caf&eacute;&nbsp;&hellip;</title></item>", "café …")]
    [InlineData("<item><title>a\u0001b&#1;c</title></item>", "abc")]
    [InlineData("<item><title>😀 &#128512; &copy;</title><x:y>z</x:y></item>", "😀 😀 ©")]
    [InlineData("<item><title>odd<title></item>", null)]
    [InlineData("<item><title>broken", null)]
    [InlineData("<item><title><![CDATA[never ends</title></item>", null)]
    [InlineData("<item><title a=b>attribute</title></item>", null)]
    [InlineData("<item><title>half</title><link></item>", null)]
    public void Read_OneItemThatIsNotWellFormed_LosesNoOther(string bad, string? title)
    {
        var page = Page($"<item><title>first</title></item>{bad}<item><title>last</title><dc:date>2026-09-10</dc:date></item>");

        Assert.Equal(title is null ? ["first", "last"] : ["first", title, "last"], page.Items.Select(i => i.Title));
        Assert.Equal((title is null ? 1 : 0, true, "Test feed"), (page.Rejected.Count, page.IsRecovered, page.Title));
        Assert.Equal(10, page.Items[^1].Published?.Day);
    }

    [Fact]
    public void Read_FeedThatBreaksOff_GivesWhatCame()
    {
        var page = Read("<rss><channel><title>Test feed</title><item><title>a</title></item><item><title>b</ti").Value!;

        Assert.Equal(["a"], page.Items.Select(i => i.Title));
        Assert.Equal(2, page.Rejected.Single().Item);
    }

    [Theory]
    [InlineData("<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>")]
    [InlineData("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>&x;</title></item></channel></rss>")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE rss SYSTEM \"http://127.0.0.1:1/x.dtd\"><rss><channel><item><title>a</title></item></channel></rss>")]
    public void Read_TypeDefinition_IsProhibited(string body)
    {
        var failure = Read(body).Failure!;

        Assert.Equal(FeedFault.Malformed, failure.Fault);
        Assert.Contains("type definition", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EntityThatNobodyDefined_IsText() =>
        Assert.Equal("see &x; there", Page("<item><title>see &x; there</title></item>").Items.Single().Title);

    [Theory]
    [InlineData("", 200, FeedFault.Empty)]
    [InlineData("  \n", 200, FeedFault.Empty)]
    [InlineData("Edge: Too Many Requests", 200, FeedFault.RateLimited)]
    [InlineData("Too Many Requests", 429, FeedFault.RateLimited)]
    [InlineData("forbidden", 403, FeedFault.Refused)]
    [InlineData("<rss/>", 404, FeedFault.NotFound)]
    [InlineData("<!doctype html><html><body>Just a moment</body></html>", 200, FeedFault.Unavailable)]
    [InlineData("<html><body>Just a moment</body></html>", 200, FeedFault.Unavailable)]
    [InlineData("Will be right back", 200, FeedFault.Unavailable)]
    [InlineData("{\"a\":1}", 200, FeedFault.Unavailable)]
    [InlineData("<rss version=\"2.0\"><channel></channel></rss>", 200, FeedFault.Empty)]
    [InlineData("<rss><channel><title>Yahoo! Finance: RSS feed not found</title></channel></rss>", 200, FeedFault.NotFound)]
    [InlineData("<rss><channel><item><link>x</link></item></channel></rss>", 200, FeedFault.Malformed)]
    [InlineData("<opml><item><title>a</title></item></opml>", 200, FeedFault.Malformed)]
    [InlineData("<rss><channel>", 200, FeedFault.Malformed)]
    [InlineData("<rss><<<", 200, FeedFault.Malformed)]
    public void Read_AnswerWithoutNews_SaysWhy(string body, int status, FeedFault expected)
    {
        var failure = Read(body, status: status).Failure;

        Assert.Equal(expected, failure?.Fault);
        Assert.NotEmpty(failure!.Message);
    }

    [Theory]
    [InlineData("https://e.com/a b", "https://e.com/a%20b")]
    [InlineData("//e.com/a", "https://e.com/a")]
    [InlineData("/a", "https://feeds.example/a")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("https://name:word@e.com/", null)]
    [InlineData("", null)]
    public void Read_Links_AreAddressesOfPagesOrNone(string link, string? expected) =>
        Assert.Equal(expected, Page($"<item><title>t</title><link>{link}</link></item>").Items.Single().Link);

    [Theory]
    [InlineData("<guid>https://e.com/1</guid>", "https://e.com/1")]
    [InlineData("<guid isPermaLink=\"true\">https://e.com/1</guid>", "https://e.com/1")]
    [InlineData("<guid isPermaLink=\"false\">https://e.com/1</guid>", null)]
    public void Read_ItemWithoutALink_TakesItsPermanentOne(string id, string? expected) =>
        Assert.Equal(expected, Page($"<item><title>t</title>{id}</item>").Items.Single().Link);

    [Theory]
    [InlineData("Etc/UTC", "2025-09-26T10:17:15Z")]
    [InlineData("America/New_York", "2025-09-26T14:17:15Z")]
    [InlineData("Asia/Seoul", "2025-09-26T01:17:15Z")]
    public void Read_TimeWithoutAZone_IsReadInTheSources(string zone, string expected)
    {
        var page = Read("<rss><channel><item><title>t</title><pubDate>2025-09-26 10:17:15</pubDate></item></channel></rss>", zone: zone).Value!;

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), page.Items[0].Published);
    }

    [Theory]
    [InlineData("2026-09-11T23:00:00Z", true)]
    [InlineData("2026-09-12T01:00:00Z", false)]
    [InlineData("no time", false)]
    public void Read_TimeThatCannotBe_IsNoneAndTheItemCountsFromNow(string time, bool isKept)
    {
        var item = Page($"<item><title>t</title><pubDate>{time}</pubDate></item>").Items.Single();

        Assert.Equal(isKept, item.Published is not null);
        Assert.Equal((item.Published ?? Now).ToUnixTimeSeconds(), item.Keys.Time);
    }

    [Fact]
    public void Read_MoreItemsThanAreRead_PassesTheRestOver()
    {
        var items = string.Concat(Enumerable.Range(0, 250).Select(i => $"<item><title>t{i}</title></item>"));

        var whole = Page(items);
        var recovered = Page(items + "<item><title>&</title></item>");

        Assert.Equal((200, 50, false), (whole.Items.Count, whole.PassedOver, whole.IsRecovered));
        Assert.Equal((200, 51, true), (recovered.Items.Count, recovered.PassedOver, recovered.IsRecovered));
    }

    [Fact]
    public void Read_LongTexts_AreCut()
    {
        var item = Page($"<item><title>{new string('t', 5_000)}</title><description>{new string('d', 200_000)}</description><guid>{new string('g', 5_000)}</guid></item>").Items.Single();

        Assert.Equal((300, 1_000, null), (item.Title.Length, item.Summary?.Length, item.Keys.Id));
    }

    [Fact]
    public void Read_SummaryThatRepeatsTheTitle_IsNone() =>
        Assert.Null(Page("<item><title>same</title><description>&lt;b&gt;same&lt;/b&gt;</description></item>").Items.Single().Summary);

    [Fact]
    public void Read_ElementsNestedWithoutEnd_AreReadWithoutEnd()
    {
        var deep = string.Concat(Enumerable.Repeat("<x>", 50_000));

        Assert.Equal(["a"], Page($"<item><title>a</title></item><item><title>b</title>{deep}</item>").Items.Select(i => i.Title));
    }

    internal static FeedResult<NewsPage> Read(byte[] body, int status = 200, string zone = "Etc/UTC", string? charset = null) => NewsReader.Read(
        new FeedAnswer("feeds.example", status, null, charset, body), Source with { Zone = zone }, DateTimeZoneProviders.Tzdb[zone], Now, new RssOptions());

    private static FeedResult<NewsPage> Read(string body, int status = 200, string zone = "Etc/UTC") =>
        Read(Encoding.UTF8.GetBytes(body), status, zone);

    private static NewsPage Page(string items)
    {
        var result = Read($"<rss version=\"2.0\"><channel><title>Test feed</title>{items}</channel></rss>");
        Assert.Null(result.Failure);
        return result.Value!;
    }
}
