using System.Net;
using System.Text.Json;
using Finstage.Simulation;
using Finstage.Testing;

namespace Finstage.Silo.Tests;

/// <summary>A silo that has read the news of a played server once.</summary>
public sealed class NewsSilo : IAsyncLifetime
{
    private const string Two = """
        symbol,name_ko,name_en,category,exchange,currency
        AAPL,애플,Apple,stock,NASDAQ,USD
        TSLA,테슬라,Tesla,stock,NASDAQ,USD
        """;

    private readonly TempFolder temp = new();
    private FeedStandIn? feed;

    internal SiloUnderTest Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        feed = await FeedStandIn.StartAsync(new StandInMarket(), faultRate: 0, seed: 3);
        Silo = await SiloUnderTest.StartAsync(
        [
            ("Silo:Symbols", temp.Write("two.csv", Two)), ("Feeds:Enabled", "true"), ("Feeds:Yahoo:BaseAddress", feed.Url), ("Feeds:Http:Spacing", "00:00:00"),
            ("Feeds:Http:Retries", "0"), ("History:Years", "1"), ("History:Intraday:0", "none"), .. StandInNews.Settings(feed.Url),
            ("News:Feeds:6:Id", "GONE"), ("News:Feeds:6:Url", feed.Url + "/nothing"),
        ]);
        await Silo.UntilAsync(async () => (await Silo.GetAsync("/api/jobs")).EnumerateArray().Single(j => j.GetProperty("name").GetString() == "news").GetProperty("lastRun").ValueKind != JsonValueKind.Null);
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        await feed!.DisposeAsync();
        temp.Dispose();
    }
}

public sealed class NewsApiTests(NewsSilo news) : IClassFixture<NewsSilo>
{
    private SiloUnderTest Silo => news.Silo;

    [Fact]
    public async Task News_OfAll_AreNewestFirstAndPaged()
    {
        var all = (await Silo.GetAsync("/api/news?limit=1000")).GetProperty("items").EnumerateArray().ToList();
        var pages = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await Silo.GetAsync("/api/news?limit=7" + (cursor is null ? string.Empty : $"&cursor={cursor}"));
            pages.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.InRange(all.Count, 50, 500);
        Assert.Equal(Ids(all), Ids(pages));
        var times = all.Select(n => n.GetProperty("time").GetDateTimeOffset()).ToList();
        Assert.Equal(times.OrderDescending(), times);
        Assert.All(all, n => Assert.False(n.GetProperty("told").GetBoolean()));
        Assert.Equal(all.Count, all.Select(n => n.GetProperty("title").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task News_OfASymbolOrASource_AreItsOwn()
    {
        var apple = (await Silo.GetAsync("/api/news?symbol=aapl&limit=1000")).GetProperty("items").EnumerateArray().ToList();
        var forex = (await Silo.GetAsync("/api/news?feed=investing:forex&limit=1000")).GetProperty("items").EnumerateArray().ToList();
        var from = apple[2].GetProperty("time").GetString();

        Assert.All(apple, n => Assert.Contains("AAPL", Words(n, "symbols")));
        Assert.Contains(apple, n => Words(n, "symbols").SequenceEqual(["AAPL", "TSLA"]));
        Assert.Contains(apple, n => Words(n, "feeds").SequenceEqual(["YAHOO:AAPL"]));
        Assert.NotEmpty(forex);
        Assert.All(forex, n => Assert.Equal((0, "INVESTING:FOREX"), (Words(n, "symbols").Length, Words(n, "feeds").Single())));
        Assert.InRange((await Silo.GetAsync($"/api/news?symbol=AAPL&from={from}")).GetProperty("items").GetArrayLength(), 3, 5);
    }

    [Fact]
    public async Task News_WithSignsOfMarkupInTheirTitles_AreTextInJson()
    {
        var response = await Silo.Http.GetAsync("/api/news?limit=1000");

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var titles = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("items").EnumerateArray().Select(n => n.GetProperty("title").GetString()!).ToList();
        foreach (var ending in (string[])[" rises & falls", " < 5 %", " \"rests\"", " 삼성전자 상승", " 🚀 to the moon", " مرحبا"])
        {
            Assert.Contains(titles, title => title.EndsWith(ending, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("symbol=AAPLE", HttpStatusCode.NotFound, "AAPL")]
    [InlineData("feed=INVESTING:FORX", HttpStatusCode.BadRequest, "INVESTING:FOREX")]
    [InlineData("limit=0", HttpStatusCode.BadRequest, "limit")]
    [InlineData("from=yesterday", HttpStatusCode.BadRequest, "from")]
    [InlineData("cursor=x", HttpStatusCode.BadRequest, "cursor")]
    public async Task News_WithAFault_SaysWhatToWrite(string query, HttpStatusCode status, string expected)
    {
        var response = await Silo.Http.GetAsync($"/api/news?{query}");

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_OneSourceFails_IsNamed()
    {
        var health = (await Silo.GetAsync("/health")).GetProperty("news");

        Assert.Equal(("partly", 8, 7, 1), (health.GetProperty("status").GetString(), health.GetProperty("sources").GetInt32(), health.GetProperty("answering").GetInt32(), health.GetProperty("failingCount").GetInt32()));
        Assert.Equal("GONE", health.GetProperty("failing")[0].GetProperty("feed").GetString());
        Assert.Equal((await Silo.GetAsync("/api/news?limit=1000")).GetProperty("items").GetArrayLength(), health.GetProperty("stored").GetInt32());
    }

    [Fact]
    public async Task Silo_FeedsSwitchedOff_HasNoNewsJob()
    {
        await using var silo = await SiloUnderTest.StartAsync();

        Assert.DoesNotContain((await silo.GetAsync("/api/jobs")).EnumerateArray(), j => j.GetProperty("name").GetString() == "news");
        Assert.Equal("off", (await silo.GetAsync("/health")).GetProperty("news").GetProperty("status").GetString());
        Assert.Equal(0, (await silo.GetAsync("/api/news")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Silo_FaultyNewsSettings_AreAllNamedAtOnce()
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => SiloUnderTest.StartAsync(
            ("News:Feeds:0:Zone", "Mars/Base"), ("News:Feeds:1:Url", "nowhere"), ("News:Rss:MaxItems", "0"), ("Report:Time", "08:00:30")));

        Assert.Equal(4, error.Faults.Count);
        Assert.Contains(error.Faults, f => f.StartsWith("News:Feeds:0:Zone of 'YAHOO:{symbol}' is 'Mars/Base'", StringComparison.Ordinal));
    }

    private static string[] Words(JsonElement item, string name) => [.. item.GetProperty(name).EnumerateArray().Select(w => w.GetString()!)];

    private static long[] Ids(IEnumerable<JsonElement> items) => [.. items.Select(n => n.GetProperty("id").GetInt64())];
}
