using System.Net;
using System.Text.Json;

namespace Finstage.Silo.Tests;

/// <summary>A silo on the shipped samples whose patterns and clusters have been looked for.</summary>
public sealed class InsightSilo : IAsyncLifetime
{
    internal SiloUnderTest Silo { get; private set; } = null!;

    internal JsonElement PatternsBefore { get; private set; }

    internal HttpStatusCode ClustersBefore { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Silo = await SiloUnderTest.StartAsync();
        PatternsBefore = await Silo.GetAsync("/api/patterns");
        ClustersBefore = (await Silo.Http.GetAsync("/api/clusters/AAPL")).StatusCode;
        Assert.Contains("survive", await Silo.RunJobAsync("patterns"), StringComparison.Ordinal);
        Assert.Contains("2 symbols placed", await Silo.RunJobAsync("clusters"), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}

public sealed class InsightsApiTests(InsightSilo insights) : IClassFixture<InsightSilo>
{
    private SiloUnderTest Silo => insights.Silo;

    [Fact]
    public void Patterns_BeforeTheFirstRun_SayThatThereWasNone()
    {
        Assert.Equal(JsonValueKind.Null, insights.PatternsBefore.GetProperty("ranAt").ValueKind);
        Assert.Equal(0, insights.PatternsBefore.GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, insights.ClustersBefore);
    }

    [Fact]
    public async Task Patterns_AfterTheJob_CarryWhatTheyRestOn()
    {
        var patterns = await Silo.GetAsync("/api/patterns?limit=1000");

        Assert.Equal(["pair", "triple", "candlestick"], patterns.GetProperty("tried").EnumerateArray().Select(t => t.GetProperty("kind").GetString()));
        Assert.Equal(2, patterns.GetProperty("series").GetInt32());
        var items = patterns.GetProperty("items").EnumerateArray().ToList();
        Assert.True(items.Count > 100);
        Assert.All(items, p =>
        {
            Assert.True(p.GetProperty("dates").GetInt32() >= 10);
            Assert.True(p.GetProperty("occurrences").GetInt32() >= p.GetProperty("dates").GetInt32());
            Assert.InRange(p.GetProperty("pValue").GetDouble(), 0, p.GetProperty("qValue").GetDouble());
            Assert.Equal(p.GetProperty("qValue").GetDouble() <= 0.1, p.GetProperty("survives").GetBoolean());
        });
    }

    [Fact]
    public async Task Patterns_OfAKindAndAHorizon_AreOnlyThose()
    {
        var items = (await Silo.GetAsync("/api/patterns?kind=candlestick&horizon=1w")).GetProperty("items").EnumerateArray().ToList();

        Assert.InRange(items.Count, 8, 12);
        Assert.All(items, p => Assert.Equal(("candlestick", "1w"), (p.GetProperty("kind").GetString(), p.GetProperty("horizon").GetString())));
    }

    [Theory]
    [InlineData("/api/patterns?kind=four", "kind")]
    [InlineData("/api/patterns?horizon=2d", "horizon")]
    [InlineData("/api/patterns?limit=0", "limit")]
    [InlineData("/api/patterns?interval=2d", "interval")]
    public async Task Query_WithAFault_Is400AndNamesIt(string path, string expected)
    {
        var response = await Silo.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Clusters_AfterTheJob_AreThoseThatSymbolsStandIn()
    {
        var all = await Silo.GetAsync("/api/clusters");
        var one = await Silo.GetAsync("/api/clusters/%5EGSPC");

        var until = DateOnly.Parse(all.GetProperty("fittedUntil").GetString()!, null);
        Assert.InRange(until.Year, 2008, 2014);
        var number = one.GetProperty("place").GetProperty("cluster").GetInt32();
        Assert.Equal(number, one.GetProperty("cluster").GetProperty("number").GetInt32());
        Assert.Equal(all.GetProperty("clusters").GetArrayLength(), one.GetProperty("of").GetInt32());
        Assert.Equal(["^GSPC", "AAPL"], all.GetProperty("today").EnumerateArray().Select(t => t.GetProperty("symbol").GetString()).OrderBy(s => s, StringComparer.Ordinal).Reverse());
        Assert.All(all.GetProperty("clusters").EnumerateArray().SelectMany(c => c.GetProperty("returns").EnumerateArray()), r =>
            Assert.Contains(r.GetProperty("direction").GetString(), (string[])["up", "down", "neutral", "unknown"]));
    }

    [Theory]
    [InlineData("TSLA", "is in no cluster")]
    [InlineData("NOPE", "NOPE")]
    public async Task Cluster_OfASymbolThatHasNone_Is404AndSaysWhy(string symbol, string expected)
    {
        var response = await Silo.Http.GetAsync($"/api/clusters/{symbol}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync());
    }
}
