using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Finstage.Silo.Tests;

/// <summary>One silo on the shipped samples serves all tests that ask for it.</summary>
[CollectionDefinition(SampleSilo.Shared)]
public sealed class SharedSilo : ICollectionFixture<SampleSilo>;

/// <summary>A silo on the shipped samples.</summary>
public sealed class SampleSilo : IAsyncLifetime
{
    public const string Shared = "one silo on the samples";

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

[Collection(SampleSilo.Shared)]
public sealed class ApiTests(SampleSilo samples)
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
    public async Task Symbols_WithCloses_HaveTheirLastPricesAndLines()
    {
        var symbols = await Silo.GetAsync("/api/symbols?closes=3");

        var apple = symbols.EnumerateArray().Single(s => s.GetProperty("symbol").GetString() == "AAPL");
        Assert.Equal([187.360001, 190.039993, 188.589996], apple.GetProperty("closes").EnumerateArray().Select(c => c.GetDouble()));
        Assert.Equal(188.589996, apple.GetProperty("price").GetProperty("price").GetDouble());
        Assert.Equal(190.039993, apple.GetProperty("price").GetProperty("previousClose").GetDouble());
        Assert.Equal(-0.763, apple.GetProperty("price").GetProperty("changePercent").GetDouble());
        Assert.True(apple.GetProperty("price").GetProperty("isClose").GetBoolean());
    }

    [Fact]
    public async Task Symbol_WithoutAQuote_HasTheNewestCloseAsItsPrice()
    {
        var apple = await Silo.GetAsync("/api/symbols/AAPL");

        Assert.Equal("2018-05-11T00:00:00Z", apple.GetProperty("price").GetProperty("time").GetString());
        Assert.Equal(JsonValueKind.Null, (await Silo.GetAsync("/api/symbols/TSLA")).GetProperty("price").ValueKind);
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
    [InlineData("/api/symbols/AAPL/indicators/sma:20?limit=0", "limit")]
    [InlineData("/api/symbols/AAPL/candles?from=yesterday", "from")]
    [InlineData("/api/symbols?closes=0", "closes")]
    [InlineData("/api/symbols/AAPL/candles?cursor=x", "cursor")]
    [InlineData("/api/signals?strategy=GOLDEN_CROS_50_200", "GOLDEN_CROSS_50_200")]
    [InlineData("/api/signals?lang=fr", "lang")]
    [InlineData("/api/alerts?state=gone", "'gone' is none of waiting, inBatch, sent, failed, suppressed.")]
    [InlineData("/api/signals?cursor=1", "cursor")]
    public async Task Query_WithAFault_Is400AndNamesIt(string path, string expected)
    {
        var response = await Silo.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, (await response.Content.ReadAsStringAsync()).Replace("\\u0027", "'", StringComparison.Ordinal));
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
        Assert.Equal("NEUTRAL", flow.GetProperty("consensus").GetProperty("level").GetString());
        Assert.Equal(3, flow.GetProperty("timings").GetArrayLength());
    }

    [Fact]
    public async Task AnalysisFlow_OfAllStrategies_GivesTheConsensusOfItsSignals()
    {
        var response = await Silo.Http.PostAsJsonAsync("/analysis-flow", new { symbol = "AAPL", language = "en" });

        var flow = await response.Content.ReadFromJsonAsync<JsonElement>();
        var consensus = flow.GetProperty("consensus");
        Assert.True(consensus.GetProperty("buyers").GetInt32() + consensus.GetProperty("sellers").GetInt32() >= 3);
        Assert.InRange(consensus.GetProperty("agreement").GetDouble(), 0.5, 1);
        Assert.Equal(43, flow.GetProperty("strategies").GetArrayLength());
    }

    [Fact]
    public async Task Strategies_Catalog_HasAllOfThemInBothLanguages()
    {
        var english = (await Silo.GetAsync("/api/strategies?lang=en")).EnumerateArray().ToList();
        var korean = (await Silo.GetAsync("/api/strategies")).EnumerateArray().ToList();

        Assert.Equal(43, english.Count);
        Assert.Equal(english.Select(s => s.GetProperty("id").GetString()), korean.Select(s => s.GetProperty("id").GetString()));
        Assert.All(english.Zip(korean), pair => Assert.NotEqual(
            pair.First.GetProperty("description").GetString(), pair.Second.GetProperty("description").GetString()));
    }

    [Theory]
    [InlineData("sma:2")]
    [InlineData("sma?period=2")]
    public async Task Indicator_OfASymbol_HasOneRowPerCandle(string indicator)
    {
        var sma = await Silo.GetAsync($"/api/symbols/AAPL/indicators/{indicator}{(indicator.Contains('?') ? '&' : '?')}limit=1");

        Assert.Equal("sma:2", sma.GetProperty("indicator").GetString());
        var row = sma.GetProperty("items").EnumerateArray().Single();
        Assert.Equal("2018-05-11T00:00:00Z", row.GetProperty("time").GetString());
        Assert.Equal((190.039993 + 188.589996) / 2, row.GetProperty("values")[0].GetDouble(), 9);
        Assert.NotNull(sma.GetProperty("next").GetString());
    }

    [Theory]
    [InlineData("/api/symbols/AAPL/indicators/rsy:14", "rsi")]
    [InlineData("/api/symbols/AAPL/indicators/rsi:0", "period")]
    [InlineData("/api/symbols/AAPL/indicators/rsi?perod=14", "period")]
    [InlineData("/api/symbols/AAPL/indicators/sma:5000", "more")]
    public async Task Indicator_WithAFault_Is400AndNamesIt(string path, string expected)
    {
        var response = await Silo.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync());
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
