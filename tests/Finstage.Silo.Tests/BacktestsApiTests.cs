using System.Net;
using System.Text.Json;

namespace Finstage.Silo.Tests;

/// <summary>A silo on the shipped samples whose backtests have been counted.</summary>
public sealed class BacktestSilo : IAsyncLifetime
{
    internal SiloUnderTest Silo { get; private set; } = null!;

    internal JsonElement Before { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Silo = await SiloUnderTest.StartAsync();
        Before = await Silo.GetAsync("/api/backtests");
        Assert.Contains("1d: ", await Silo.RunJobAsync("backtests"), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}

public sealed class BacktestsApiTests(BacktestSilo backtests) : IClassFixture<BacktestSilo>
{
    private SiloUnderTest Silo => backtests.Silo;

    [Fact]
    public void Backtests_BeforeTheFirstRun_SayThatThereWasNone()
    {
        Assert.Equal(JsonValueKind.Null, backtests.Before.GetProperty("ranAt").ValueKind);
        Assert.Equal(0, backtests.Before.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Backtests_AfterTheJob_AreEveryStrategyAtEveryHorizon()
    {
        var all = await Silo.GetAsync("/api/backtests");

        Assert.Equal((2, 10), (all.GetProperty("series").GetInt32(), all.GetProperty("minSamples").GetInt32()));
        Assert.Equal(["1d", "1w", "1mo"], all.GetProperty("overall").EnumerateArray().Select(o => Text(o, "horizon")));
        var items = all.GetProperty("items").EnumerateArray().ToList();
        Assert.InRange(items.Count, 100, 129);
        Assert.All(items, i =>
        {
            var (total, successes) = (i.GetProperty("total").GetInt32(), i.GetProperty("successes").GetInt32());
            Assert.True(total >= 10);
            Assert.Equal((double)successes / total, i.GetProperty("successRate").GetDouble(), 1e-12);
            Assert.Equal(i.GetProperty("average").GetDouble(), i.GetProperty("expectancy").GetDouble(), 1e-9);
            Assert.Equal($"backtest_stats|1d|*|{Text(i, "strategy")}|{Text(i, "horizon")}", Text(i, "source"));
            Assert.Equal(JsonValueKind.Object, i.GetProperty("luck").ValueKind);
        });

        // By luck: those that pass more tests first.
        var passed = items.Select(i => i.GetProperty("luck").GetProperty("passed").GetInt32()).ToList();
        Assert.Equal(passed.OrderDescending(), passed);
    }

    [Fact]
    public async Task Backtests_OfASymbolAStrategyAndAHorizon_AreOnlyThose()
    {
        var one = await Silo.GetAsync("/api/backtests?symbol=%5EGSPC&strategy=rsi_overbought&horizon=1w");
        var each = await Silo.GetAsync("/api/backtests?symbol=*&strategy=RSI_OVERBOUGHT&horizon=1w&minSamples=1&sort=symbol");
        var together = await Silo.GetAsync("/api/backtests?strategy=RSI_OVERBOUGHT&horizon=1w");

        var item = one.GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("^GSPC", "RSI_OVERBOUGHT", "1w"), (Text(item, "symbol"), Text(item, "strategy"), Text(item, "horizon")));
        Assert.Equal(["AAPL", "^GSPC"], each.GetProperty("items").EnumerateArray().Select(i => Text(i, "symbol")));
        Assert.Equal(
            together.GetProperty("items")[0].GetProperty("total").GetInt32(),
            each.GetProperty("items").EnumerateArray().Sum(i => i.GetProperty("total").GetInt32()));
    }

    [Theory]
    [InlineData("average")]
    [InlineData("successRate")]
    [InlineData("total")]
    public async Task Backtests_Sorted_GoFromTheHighestDown(string sort)
    {
        var items = (await Silo.GetAsync($"/api/backtests?sort={sort}&minSamples=50&limit=40")).GetProperty("items").EnumerateArray().ToList();

        var values = items.Select(i => i.GetProperty(sort).GetDouble()).ToList();
        Assert.InRange(values.Count, 20, 40);
        Assert.Equal(values.OrderDescending(), values);
        Assert.All(items, i => Assert.True(i.GetProperty("total").GetInt32() >= 50));
    }

    [Fact]
    public async Task Backtests_OfDirections_MakeUpBoth()
    {
        var counts = new List<int>();
        foreach (var query in (string[])["", "&direction=BUY", "&direction=SELL"])
        {
            var items = (await Silo.GetAsync($"/api/backtests?strategy=MACD_SIGNAL_CROSS&horizon=1d{query}")).GetProperty("items");
            counts.Add(items[0].GetProperty("total").GetInt32());
        }

        Assert.Equal(counts[0], counts[1] + counts[2]);
    }

    [Fact]
    public async Task Leaderboard_AfterTheJob_SaysHowMuchWasTriedAndWhatSurvives()
    {
        var all = await Silo.GetAsync("/api/backtests/leaderboard?limit=1000");
        var each = await Silo.GetAsync("/api/backtests/leaderboard?symbol=*&limit=1000");

        Assert.Equal(all.GetProperty("trials").GetInt32(), all.GetProperty("items").GetArrayLength());
        Assert.InRange(all.GetProperty("effectiveTrials").GetDouble(), 1, all.GetProperty("trials").GetInt32());
        Assert.Equal(all.GetProperty("survivors").GetInt32(), all.GetProperty("items").EnumerateArray().Count(i => i.GetProperty("luck").GetProperty("survives").GetBoolean()));
        Assert.Equal(each.GetProperty("trials").GetInt32(), each.GetProperty("items").GetArrayLength());
        Assert.All(each.GetProperty("items").EnumerateArray(), i => Assert.NotEqual(JsonValueKind.Null, i.GetProperty("symbol").ValueKind));
    }

    [Fact]
    public async Task WalkForward_AfterTheJob_HasAFoldForEachYear()
    {
        var walks = (await Silo.GetAsync("/api/backtests/walkforward")).EnumerateArray().ToList();

        Assert.Equal(["1d", "1w", "1mo"], walks.Select(w => Text(w, "horizon")));
        Assert.All(walks, w => Assert.InRange(w.GetProperty("folds").GetArrayLength(), 15, 18));
        Assert.Single((await Silo.GetAsync("/api/backtests/walkforward?horizon=1w")).EnumerateArray());
    }

    [Fact]
    public async Task Signals_WithOutcomes_CarryThemForLiveSignalsAlone()
    {
        var with = (await Silo.GetAsync("/api/signals?limit=5&outcomes=true")).GetProperty("items");
        var without = (await Silo.GetAsync("/api/signals?limit=5")).GetProperty("items");

        // The samples are history.
        Assert.All(with.EnumerateArray(), s => Assert.Equal(0, s.GetProperty("outcomes").GetArrayLength()));
        Assert.All(without.EnumerateArray(), s => Assert.False(s.TryGetProperty("outcomes", out _)));
    }

    [Theory]
    [InlineData("?horizon=2d", "horizon", "1h, 4h, 1d, 1w, 1mo")]
    [InlineData("?horizon=1h&interval=1d", "horizon", "cannot tell 1h")]
    [InlineData("?interval=2d", "interval", "1m, 5m")]
    [InlineData("?strategy=RSI_OVERBOUGH", "strategy", "RSI_OVERBOUGHT")]
    [InlineData("?minSamples=0", "minSamples", "1 to 1000000")]
    [InlineData("?sort=best", "sort", "successRate")]
    [InlineData("?limit=0", "limit", "1 to 10000")]
    [InlineData("?direction=up", "direction", "BUY nor SELL")]
    [InlineData("?direction=BUY&symbol=AAPL", "direction", "leave symbol out")]
    [InlineData("/leaderboard?horizon=7d", "horizon", "1h, 4h, 1d, 1w, 1mo")]
    [InlineData("/walkforward?horizon=7d", "horizon", "1h, 4h, 1d, 1w, 1mo")]
    public async Task Query_WithAFault_Is400AndNamesTheFieldAndWhatToWrite(string query, string field, string expected)
    {
        var response = await Silo.Http.GetAsync($"/api/backtests{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(field, problem.GetProperty("errors").EnumerateObject().Single().Name);
        Assert.Contains(expected, Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtests_OfAnUnknownSymbol_Is404() =>
        Assert.Equal(HttpStatusCode.NotFound, (await Silo.Http.GetAsync("/api/backtests?symbol=NOPE")).StatusCode);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
