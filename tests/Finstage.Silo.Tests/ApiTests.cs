using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Finstage.Silo.Tests;

/// <summary>One silo on the shipped samples serves all of these.</summary>
public sealed class SampleSilo : IAsyncLifetime
{
    internal SiloUnderTest Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Silo = await SiloUnderTest.StartAsync();
        await Silo.UntilAsync(async () =>
            (await Silo.GetAsync("/api/jobs")).EnumerateArray().Single(j => j.GetProperty("name").GetString() == "demo")
                .GetProperty("lastRun").ValueKind == JsonValueKind.String);
    }

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}

public sealed class ApiTests(SampleSilo samples) : IClassFixture<SampleSilo>
{
    private SiloUnderTest Silo => samples.Silo;

    [Fact]
    public async Task Health_AfterTheFirstStart_SaysWhatIsThere()
    {
        var health = await Silo.GetAsync("/health");

        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Equal(6_365, health.GetProperty("database").GetProperty("candles").GetInt64());
        Assert.Equal("console", health.GetProperty("telegram").GetProperty("status").GetString());
        Assert.Contains(health.GetProperty("host").GetString(), (string[])["Embedded", "Orleans"]);
    }

    [Fact]
    public async Task Symbols_List_HasTheWatchlistAndItsSeries()
    {
        var symbols = await Silo.GetAsync("/api/symbols");

        Assert.Equal(55, symbols.GetArrayLength());
        var apple = symbols.EnumerateArray().Single(s => s.GetProperty("symbol").GetString() == "AAPL");
        Assert.Equal(1_260, apple.GetProperty("series")[0].GetProperty("candles").GetInt64());
        Assert.Equal("애플", apple.GetProperty("nameKo").GetString());
    }

    [Fact]
    public async Task Symbol_ThatIsHeld_ComesFromItsGrain()
    {
        var index = await Silo.GetAsync("/api/symbols/%5EGSPC");

        Assert.Equal(2874.560059, index.GetProperty("series")[0].GetProperty("lastClose").GetDouble());
    }

    [Fact]
    public async Task Symbol_Unknown_Is404AndNamesTheNearest()
    {
        var response = await Silo.Http.GetAsync("/api/symbols/AAPLE");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("AAPL", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Candles_PageByPage_GiveEachCandleOnce()
    {
        var times = new List<string>();
        var query = "/api/symbols/AAPL/candles?limit=500";
        string? cursor = null;
        do
        {
            var page = await Silo.GetAsync(cursor is null ? query : $"{query}&cursor={cursor}");
            times.InsertRange(0, page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("time").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal(1_260, times.Count);
        Assert.Equal(times.Order(StringComparer.Ordinal).Distinct(), times);
        Assert.Equal("2013-05-13T00:00:00Z", times[0]);
    }

    [Fact]
    public async Task Candles_WithinDates_AreOnlyThose()
    {
        var page = await Silo.GetAsync("/api/symbols/AAPL/candles?from=2018-05-10&to=2018-05-11");

        Assert.Equal([187.740005, 189.490005], page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("open").GetDouble()));
    }

    [Theory]
    [InlineData("/api/symbols/AAPL/candles?interval=7m", "interval")]
    [InlineData("/api/symbols/AAPL/candles?limit=0", "limit")]
    [InlineData("/api/symbols/AAPL/candles?from=yesterday", "from")]
    [InlineData("/api/symbols/AAPL/candles?cursor=x", "cursor")]
    [InlineData("/api/signals?strategy=GOLDEN_CROS_50_200", "GOLDEN_CROSS_50_200")]
    [InlineData("/api/signals?lang=fr", "lang")]
    [InlineData("/api/signals?cursor=1", "cursor")]
    public async Task Query_WithAFault_Is400AndNamesIt(string path, string expected)
    {
        var response = await Silo.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Signals_OfAStrategy_AreOnlyThatOneNewestFirst()
    {
        var page = await Silo.GetAsync("/api/symbols/%5EGSPC/signals?strategy=GOLDEN_CROSS_50_200&limit=3&lang=en");

        var items = page.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["2020-03-30T00:00:00Z", "2019-04-01T00:00:00Z", "2018-12-07T00:00:00Z"], items.Select(s => s.GetProperty("time").GetString()));
        Assert.Equal(["SELL", "BUY", "SELL"], items.Select(s => s.GetProperty("direction").GetString()));
        Assert.All(items, s => Assert.Equal("HIGH", s.GetProperty("priority").GetString()));
        Assert.NotNull(page.GetProperty("next").GetString());
    }

    [Fact]
    public async Task Signals_PageByPage_GiveEachSignalOnce()
    {
        var ids = new List<long>();
        string? cursor = null;
        do
        {
            var page = await Silo.GetAsync($"/api/symbols/AAPL/signals?limit=100{(cursor is null ? string.Empty : $"&cursor={cursor}")}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("id").GetInt64()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.True(ids.Count > 200);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task AnalysisFlow_OfASymbol_GoesTheWholeWay()
    {
        var response = await Silo.Http.PostAsJsonAsync("/analysis-flow", new { symbol = "^GSPC", strategies = new[] { "golden_cross_50_200" }, language = "ko" });

        var flow = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(5_105, flow.GetProperty("candles").GetInt64());
        Assert.Equal(["sma:50", "sma:200"], flow.GetProperty("indicators").EnumerateArray().Select(i => i.GetString()));
        Assert.StartsWith("🚨 중요 신호 발생!\n\n📊 ^GSPC - GOLDEN_CROSS_50_200\n💰 현재가: 2,", flow.GetProperty("message").GetString());
        Assert.Equal(3, flow.GetProperty("timings").GetArrayLength());
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "symbol")]
    [InlineData("""{"symbol":"AAPL","strategies":["X_Y"]}""", HttpStatusCode.BadRequest, "X_Y")]
    [InlineData("""{"symbol":"AAPL","interval":"2d"}""", HttpStatusCode.BadRequest, "interval")]
    [InlineData("""{"symbol":"NOPE"}""", HttpStatusCode.NotFound, "NOPE")]
    [InlineData("""{"symbol":"TSLA"}""", HttpStatusCode.NotFound, "no 1d candles")]
    public async Task AnalysisFlow_WithAFault_SaysWhich(string body, HttpStatusCode status, string expected)
    {
        var response = await Silo.Http.PostAsync("/analysis-flow", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Alerts_AfterTheDemo_AreOnTheConsoleAlone()
    {
        var alerts = (await Silo.GetAsync("/api/alerts?limit=1000")).GetProperty("items").EnumerateArray().ToList();

        Assert.NotEmpty(alerts);
        Assert.All(alerts, a => Assert.Equal("console", a.GetProperty("chat").GetString()));
        Assert.Contains("🔔 신호 모음", Silo.Output);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    public async Task Request_FromElsewhere_IsRefused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(HttpStatusCode.Forbidden, (await Silo.Http.SendAsync(request)).StatusCode);
    }
}
