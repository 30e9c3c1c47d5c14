using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Simulation;
using Finstage.Testing;

namespace Finstage.Silo.Tests;

/// <summary>The watchlist and the thresholds over HTTP, checked against a feed that is played.</summary>
public sealed class WatchlistApiTests : IDisposable
{
    private const string Two =
        "symbol,name_ko,name_en,category,exchange,currency\nMSFT,마이크로소프트,Microsoft,stock,NASDAQ,USD\n^TNX,10년 국채,10-Year Yield,yield,CBOE,\n";

    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Put_SymbolThatTheFeedKnows_IsWatchedAndFetched()
    {
        await using var feed = await FeedStandIn.StartAsync(
            new StandInMarket(), 0, 1, [new SymbolInfo("ORCL", "오라클", "Oracle Corporation", SymbolCategory.Stock, "NYSE", "USD", true)]);
        await using var silo = await StartAsync(feed);

        using var response = await silo.Http.PutAsJsonAsync("/api/watchlist/orcl", new { nameKo = "오라클" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var added = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            ("ORCL", "오라클", "Oracle Corporation", "stock", "NYSE", "USD", "America/New_York"),
            (Text(added, "symbol"), Text(added, "nameKo"), Text(added, "nameEn"), Text(added, "category"), Text(added, "exchange"), Text(added, "currency"), Text(added, "zone")));
        Assert.Equal(3, (await silo.GetAsync("/api/watchlist")).GetArrayLength());
        await silo.UntilAsync(async () => (await silo.GetAsync("/api/symbols/ORCL")).GetProperty("series").GetArrayLength() == 1);
    }

    [Fact]
    public async Task Put_SymbolThatTheFeedDoesNotKnow_IsRefusedEvenByForce()
    {
        await using var feed = await FeedStandIn.StartAsync(new StandInMarket(), 0, 1, []);
        await using var silo = await StartAsync(feed);

        foreach (var force in new[] { "false", "true" })
        {
            using var response = await silo.Http.PutAsJsonAsync($"/api/watchlist/MSTF?force={force}", new { });

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            var detail = Text(await response.Content.ReadFromJsonAsync<JsonElement>(), "detail");
            Assert.Contains("does not know 'MSTF'", detail, StringComparison.Ordinal);
            Assert.Contains("MSFT?", detail, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await silo.GetAsync("/api/watchlist")).GetArrayLength());
    }

    [Fact]
    public async Task Put_FeedsSwitchedOff_IsRefusedUnlessForced()
    {
        await using var silo = await SiloUnderTest.StartAsync(("Silo:Symbols", temp.Write("two.csv", Two)));

        using var refused = await silo.Http.PutAsJsonAsync("/api/watchlist/ORCL", new { });
        using var forced = await silo.Http.PutAsJsonAsync("/api/watchlist/ORCL?force=true", new { category = "index", exchange = "NYSE" });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("--force", Text(await refused.Content.ReadFromJsonAsync<JsonElement>(), "detail"), StringComparison.Ordinal);
        Assert.Equal("index", Text(await forced.Content.ReadFromJsonAsync<JsonElement>(), "category"));
    }

    [Theory]
    [InlineData("/api/watchlist/%20", "{}", "symbol")]
    [InlineData("/api/watchlist/ORCL", "{\"category\":\"bond\"}", "category")]
    [InlineData("/api/symbols/MSFT/thresholds", "{\"drop\":3}", "drop")]
    [InlineData("/api/symbols/MSFT/thresholds", "{\"rise\":0}", "rise")]
    public async Task Put_WhatMakesNoSense_NamesTheField(string path, string body, string field)
    {
        await using var silo = await SiloUnderTest.StartAsync(("Silo:Symbols", temp.Write("two.csv", Two)));

        using var response = await silo.Http.PutAsync(new Uri(path, UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task Delete_WatchedSymbol_IsWatchedNoLongerAfterARestartToo()
    {
        var symbols = temp.Write("two.csv", Two);
        await using (var silo = await SiloUnderTest.StartAsync(("Silo:Symbols", symbols), ("Silo:Data", temp.File("data"))))
        {
            using var removed = await silo.Http.DeleteAsync(new Uri("/api/watchlist/MSFT", UriKind.Relative));
            using var again = await silo.Http.DeleteAsync(new Uri("/api/watchlist/MSFT", UriKind.Relative));

            Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, again.StatusCode));
        }

        await using var next = await SiloUnderTest.StartAsync(("Silo:Symbols", symbols), ("Silo:Data", temp.File("data")));
        Assert.Equal("^TNX", Text(Assert.Single((await next.GetAsync("/api/watchlist")).EnumerateArray()), "symbol"));
    }

    [Fact]
    public async Task PutThresholds_OwnOnes_AreShownWithTheSymbol()
    {
        await using var silo = await SiloUnderTest.StartAsync(("Silo:Symbols", temp.Write("two.csv", Two)));

        using var response = await silo.Http.PutAsJsonAsync("/api/symbols/%5ETNX/thresholds", new { rise = 5.0 });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var shown = (await silo.GetAsync("/api/symbols/%5ETNX")).GetProperty("thresholds");
        Assert.Equal((5, -10, "basisPoints"), (shown.GetProperty("rise").GetDouble(), shown.GetProperty("drop").GetDouble(), Text(shown, "unit")));
        Assert.Equal("rise", Assert.Single(shown.GetProperty("own").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Get_SeriesOfASymbolThatNobodyAdded_IsNotCalledWatched()
    {
        // The shipped samples, of which the list has none.
        await using var silo = await SiloUnderTest.StartAsync(("Silo:Symbols", temp.Write("two.csv", Two)));

        Assert.False((await silo.GetAsync("/api/symbols/AAPL")).GetProperty("enabled").GetBoolean());
        Assert.Equal(
            [("MSFT", true), ("^TNX", true), ("AAPL", false), ("^GSPC", false)],
            (await silo.GetAsync("/api/symbols")).EnumerateArray().Select(s => (Text(s, "symbol"), s.GetProperty("enabled").GetBoolean())));
    }

    private Task<SiloUnderTest> StartAsync(FeedStandIn feed) => SiloUnderTest.StartAsync(
        ("Silo:Symbols", temp.Write("two.csv", Two)), ("Feeds:Enabled", "true"), ("Feeds:Yahoo:BaseAddress", feed.Url), ("Feeds:Http:Spacing", "00:00:00"),
        ("Feeds:Http:Retries", "0"), ("History:Years", "1"), ("History:Intraday:0", "none"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
