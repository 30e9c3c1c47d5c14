using Finstage.Adapters.News;
using Finstage.Adapters.Tests.Http;
using Finstage.Grains.Ports;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.News;

public sealed class RssNewsFeedTests
{
    private const int Seed = 20_250_926;
    private const string Small = "<rss><channel><title>T</title><item><title>a</title><link>https://e.com/1</link></item></channel></rss>";

    private readonly FakeTime time = new(new DateTimeOffset(2026, 9, 11, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_Source_IsAskedAsConfigured()
    {
        await using var server = await FeedServer.StartAsync(200, Small, "application/rss+xml");
        using var client = FeedServer.Client(time);

        var result = await new RssNewsFeed(client, new RssOptions(), time).ReadAsync(new NewsSource("Y:AAPL", server.Address("/rss?s=AAPL&lang=en-US")), Stop);

        Assert.Equal("a", result.Value!.Items.Single().Title);
        Assert.Equal("/rss?s=AAPL&lang=en-US", server.Requests.Single().Target);
        Assert.StartsWith("Mozilla/5.0 ", server.Requests.Single().UserAgent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_EncodingThatTheServerDeclares_IsUnderstood()
    {
        var korean = System.Text.CodePagesEncodingProvider.Instance.GetEncoding(949)!;
        await using var server = await FeedServer.StartAsync(200, korean.GetBytes(Small.Replace("<title>a", "<title>삼성전자", StringComparison.Ordinal)), "text/xml; charset=EUC-KR");
        using var client = FeedServer.Client(time);

        var result = await new RssNewsFeed(client, new RssOptions(), time).ReadAsync(new NewsSource("K", server.Address("/")), Stop);

        Assert.Equal("삼성전자", result.Value!.Items.Single().Title);
    }

    [Fact]
    public async Task Read_OversizedAnswer_IsTooLarge()
    {
        await using var server = await FeedServer.StartAsync(200, new byte[17_000]);
        using var client = FeedServer.Client(time);
        var feed = new RssNewsFeed(client, new RssOptions { MaxResponseBytes = 16 * 1024 }, time);

        Assert.Equal(FeedFault.TooLarge, (await feed.ReadAsync(new NewsSource("X", server.Address("/")), Stop)).Failure?.Fault);
    }

    [Fact]
    public async Task Read_HostThatHangs_IsATimeout()
    {
        var asked = new TaskCompletionSource();
        await using var server = await FeedServer.StartAsync(context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = FeedServer.Client(time);
        var reading = new RssNewsFeed(client, new RssOptions(), time).ReadAsync(new NewsSource("X", server.Address("/")), Stop);
        await asked.Task;

        await time.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(FeedFault.Timeout, (await reading).Failure?.Fault);
    }

    [Theory]
    [InlineData("ftp://e.com/x", "Etc/UTC")]
    [InlineData("/relative", "Etc/UTC")]
    [InlineData("https://e.com/x?key=SECRET", "Mars/Base")]
    public async Task Read_SourceThatMakesNoSense_IsNotAsked(string address, string zone)
    {
        using var client = FeedServer.Client(time);
        var source = new NewsSource("X", new Uri(address, UriKind.RelativeOrAbsolute), zone);

        var failure = (await new RssNewsFeed(client, new RssOptions(), time).ReadAsync(source, Stop)).Failure!;

        Assert.Equal(FeedFault.InvalidRequest, failure.Fault);
        Assert.DoesNotContain("SECRET", failure.Message, StringComparison.Ordinal);
        Assert.Empty(client.Hosts);
    }

    [Theory]
    [InlineData("", 20_000, 1, 1, "UserAgent")]
    [InlineData("a\nb", 20_000, 1, 1, "UserAgent")]
    [InlineData("a", 1, 1, 1, "MaxResponseBytes")]
    [InlineData("a", 20_000, 0, 1, "MaxItems")]
    [InlineData("a", 20_000, 1, 10_001, "MaxSummary")]
    public void Create_BadOptions_AreRefusedByName(string agent, int bytes, int items, int summary, string expected)
    {
        using var client = FeedServer.Client(time);
        var options = new RssOptions { UserAgent = agent, MaxResponseBytes = bytes, MaxItems = items, MaxSummary = summary };

        var e = Assert.Throws<ArgumentException>(() => new RssNewsFeed(client, options, time));

        Assert.StartsWith($"News:Rss:{expected} ", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("investing-forex-2025-09-26.xml", "Forex News", 10, 0, "Korea’s wobbles over US trade talks awaken the won bears")]
    [InlineData("investing-forex-2025-09-26.mojibake.xml", "Forex News", 10, 0, "Koreaâ€™s wobbles over US trade talks awaken the won bears")]
    [InlineData("yahoo-aapl-excerpt-2026-09-10.xml", "Yahoo! Finance: AAPL News", 1, 1, "Why hardware will attract buyers to Apple's new lineup over AI features")]
    public async Task Read_RecordedFeed_IsRead(string file, string title, int items, int rejected, string headline)
    {
        var page = (await ReadAsync(file)).Value!;

        Assert.Equal((title, items, rejected, false), (page.Title, page.Items.Count, page.Rejected.Count, page.IsRecovered));
        Assert.Contains(headline, page.Items.Select(i => i.Title));
        Assert.All(page.Items, i => Assert.True(i.Published is not null && i.Link is not null && i.Title.Trim() == i.Title));
    }

    [Fact]
    public async Task Read_RecordedTimesWithoutAZone_AreReadInTheSources()
    {
        var utc = (await ReadAsync("investing-forex-2025-09-26.xml")).Value!;
        var newYork = (await ReadAsync("investing-forex-2025-09-26.xml", "America/New_York")).Value!;

        Assert.Equal(new DateTimeOffset(2025, 9, 26, 10, 17, 15, TimeSpan.Zero), utc.Items[0].Published);
        Assert.Equal(TimeSpan.FromHours(4), newYork.Items[0].Published - utc.Items[0].Published);
    }

    [Fact]
    public async Task Read_RecordedAnswerToAnUnknownFeed_IsNoNews() =>
        Assert.Equal(FeedFault.NotFound, (await ReadAsync("yahoo-not-found.xml")).Failure?.Fault);

    [Fact]
    public void Read_DamagedBodies_NeverThrow()
    {
        var random = new Random(Seed);
        var bodies = Recorded.All("rss", ".xml").OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => b.Value).ToList();

        Assert.True(Fuzz(bodies, random) > 1_000, "Hardly an item was still readable: the damage is too great to tell anything.");
    }

    [Fact]
    public void Read_DamagedHandMadeBodies_NeverThrow()
    {
        const string rich = """
            <?xml version="1.0" encoding="utf-8"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title>
            <item><title><![CDATA[a <b>b</b> &amp; c]]></title><guid>https://e.com/1</guid><description>&lt;p&gt;x&lt;br&gt;y&lt;/p&gt; 원화</description></item>
            <item><title>AT&amp;T &#8217;</title><link>https://e.com/2?utm_source=x</link><dc:date>2026-09-10T19:29:06Z</dc:date></item></channel></rss>
            """;

        Assert.True(Fuzz([System.Text.Encoding.UTF8.GetBytes(rich), System.Text.Encoding.Unicode.GetBytes(rich)], new Random(Seed)) > 1_000);
    }

    private static int Fuzz(List<byte[]> bodies, Random random)
    {
        var items = 0;
        var charsets = new[] { null, "utf-8", "euc-kr", "iso-8859-1", "x\"" };
        for (var i = 0; i < 4_000; i++)
        {
            var result = NewsReaderTests.Read(
                Recorded.Damaged(bodies[random.Next(bodies.Count)], random), random.Next(5) == 0 ? random.Next(100, 600) : 200,
                charset: charsets[random.Next(charsets.Length)]);
            Assert.True(result.Failure is null != result.Value is null);
            Assert.All(result.Value?.Items ?? [], item => Assert.False(string.IsNullOrWhiteSpace(item.Title) || item.Title.Any(char.IsControl)));
            items += result.Value?.Items.Count ?? 0;
        }

        return items;
    }

    private async Task<FeedResult<NewsPage>> ReadAsync(string file, string zone = "Etc/UTC")
    {
        await using var server = await FeedServer.StartAsync(200, Recorded.All("rss", file)[file], "text/xml");
        using var client = FeedServer.Client(time);
        return await new RssNewsFeed(client, new RssOptions(), time).ReadAsync(new NewsSource("TEST", server.Address("/"), zone), Stop);
    }
}
