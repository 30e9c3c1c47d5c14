using System.Text;
using Finstage.Adapters.Prices.Yahoo;
using Finstage.Adapters.Tests.Http;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.Prices.Yahoo;

public sealed class YahooChartFeedTests
{
    private static readonly DateTimeOffset Now = new(2025, 3, 5, 23, 0, 0, TimeSpan.Zero);

    private readonly FakeTime time = new(Now);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_Days_AsksForAWiderRangeAndSaysWhoAsks()
    {
        await using var server = await FeedServer.StartAsync(200, new ChartBody { Symbol = "^GSPC" }.Row("2025-03-03T14:30:00Z", 10).ToString());
        using var client = FeedServer.Client(time);
        var feed = new YahooChartFeed(client, new YahooChartOptions { BaseAddress = server.Url + "/base/" }, time);

        var result = await feed.ReadAsync(new PriceRequest("^GSPC", CandleInterval.OneDay, ChartBody.At("2025-03-03")), Stop);

        Assert.True(result.TryGet(out var history, out _));
        Assert.Equal(("^GSPC", Now.ToUnixTimeSeconds(), 1), (history.Symbol, history.AsOf, history.Closed.Length));
        var (target, agent) = server.Requests.Single();
        Assert.Equal(
            $"/base/v8/finance/chart/%5EGSPC?interval=1d&period1={ChartBody.At("2025-03-01")}&period2={Now.ToUnixTimeSeconds() + 1}&includePrePost=false&events=div,splits",
            target);
        Assert.StartsWith("Mozilla/5.0 ", agent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EURUSD=X", CandleInterval.FifteenMinutes, "/v8/finance/chart/EURUSD%3DX?interval=15m&period1=1741000000&period2=1741000901&")]
    [InlineData("BTC-USD", CandleInterval.OneHour, "/v8/finance/chart/BTC-USD?interval=1h&period1=1741000000&period2=1741000901&")]
    [InlineData("A/B", CandleInterval.OneMinute, "/v8/finance/chart/A%2FB?interval=1m&period1=1741000000&period2=1741000901&")]
    [InlineData("DX-Y.NYB", CandleInterval.OneWeek, "/v8/finance/chart/DX-Y.NYB?interval=1wk&period1=1740308800&period2=1741215601&")]
    public async Task Read_Range_IsAskedForAsYahooWantsIt(string symbol, CandleInterval interval, string expected)
    {
        await using var server = await FeedServer.StartAsync(404, "x");
        using var client = FeedServer.Client(time);

        await Feed(server, client).ReadAsync(new PriceRequest(symbol, interval, 1_741_000_000, 1_741_000_900), Stop);

        Assert.StartsWith(expected, server.Requests.Single().Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MinValue, null)]
    [InlineData(long.MinValue, long.MinValue)]
    [InlineData(0L, long.MaxValue)]
    public async Task Read_RangeBeyondAllTimes_IsAskedForWithinThem(long from, long? to)
    {
        await using var server = await FeedServer.StartAsync(200, new ChartBody().Row("2025-03-03T14:30:00Z", 10).ToString());
        using var client = FeedServer.Client(time);

        var result = await Feed(server, client).ReadAsync(new PriceRequest("AAPL", CandleInterval.OneMonth, from, to), Stop);

        Assert.Equal(FeedFault.Malformed, result.Failure?.Fault);
        var query = server.Requests.Single().Target.Split('&');
        Assert.InRange(long.Parse(query[1]["period1=".Length..], System.Globalization.CultureInfo.InvariantCulture), long.MinValue, Now.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("", CandleInterval.OneDay, 0L, 1L, FeedFault.InvalidRequest)]
    [InlineData("..", CandleInterval.OneDay, 0L, 1L, FeedFault.InvalidRequest)]
    [InlineData("A B", CandleInterval.OneDay, 0L, 1L, FeedFault.InvalidRequest)]
    [InlineData("AAPL", CandleInterval.ThirtyMinutes, 0L, 1L, FeedFault.InvalidRequest)]
    [InlineData("AAPL", (CandleInterval)99, 0L, 1L, FeedFault.InvalidRequest)]
    [InlineData("AAPL", CandleInterval.OneDay, 2L, 1L, FeedFault.InvalidRange)]
    [InlineData("AAPL", CandleInterval.OneDay, 9_000_000_000L, null, FeedFault.InvalidRange)]
    public async Task Read_QuestionThatMakesNoSense_IsNotAsked(string symbol, CandleInterval interval, long from, long? to, FeedFault expected)
    {
        await using var server = await FeedServer.StartAsync(200, "{}");
        using var client = FeedServer.Client(time);

        var result = await Feed(server, client).ReadAsync(new PriceRequest(symbol, interval, from, to), Stop);

        Assert.Equal(expected, result.Failure?.Fault);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Read_TruncatedOnce_IsAskedAgain()
    {
        var good = Encoding.UTF8.GetBytes(new ChartBody().Row("2025-03-03T14:30:00Z", 10).ToString());
        var asked = 0;
        await using var server = await FeedServer.StartAsync(context =>
            FeedServer.AnswerAsync(context, 200, Interlocked.Increment(ref asked) == 1 ? good[..^40] : good));
        using var client = FeedServer.Client(time, retries: 3);

        var reading = Feed(server, client).ReadAsync(ChartReaderTests.Request(), Stop);
        var result = await time.AdvanceUntilDoneAsync(reading, TimeSpan.FromSeconds(0.5), () => client.Hosts.Any(h => h.Running > 0));

        Assert.Single(result.Value!.Closed);
    }

    [Fact]
    public async Task Read_RateLimited_SaysForHowLong()
    {
        await using var server = await FeedServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "300";
            return FeedServer.AnswerAsync(context, 429, "Too Many Requests"u8.ToArray(), "text/plain");
        });
        using var client = FeedServer.Client(time, retries: 3);

        var failure = (await Feed(server, client).ReadAsync(ChartReaderTests.Request(), Stop)).Failure!;

        Assert.Equal((FeedFault.RateLimited, TimeSpan.FromSeconds(300)), (failure.Fault, failure.RetryAfter));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Read_OversizedAnswer_IsTooLarge()
    {
        await using var server = await FeedServer.StartAsync(200, new byte[65 * 1024]);
        using var client = FeedServer.Client(time);
        var feed = new YahooChartFeed(client, new YahooChartOptions { BaseAddress = server.Url, MaxResponseBytes = 64 * 1024 }, time);

        Assert.Equal(FeedFault.TooLarge, (await feed.ReadAsync(ChartReaderTests.Request(), Stop)).Failure?.Fault);
    }

    [Fact]
    public void LookBack_Intervals_AreWhatYahooKeeps()
    {
        using var client = FeedServer.Client(time);
        var feed = new YahooChartFeed(client, new YahooChartOptions(), time);

        Assert.Equal(
            [8, 60, 60, 60, 730, null, null, null], CandleIntervals.All.Select(i => feed.LookBack(i)?.TotalDays));
        Assert.Equal([CandleInterval.ThirtyMinutes], CandleIntervals.All.Where(i => !feed.Serves(i)));
        Assert.Equal("yahoo", feed.Source);
    }

    [Theory]
    [InlineData("ftp://x", "Mozilla", 100_000, 0, "BaseAddress")]
    [InlineData("http://x/?a=b", "Mozilla", 100_000, 0, "BaseAddress")]
    [InlineData("nothing", "Mozilla", 100_000, 0, "BaseAddress")]
    [InlineData("http://x", " ", 100_000, 0, "UserAgent")]
    [InlineData("http://x", "a\r\nb: c", 100_000, 0, "UserAgent")]
    [InlineData("http://x", "Mozilla", 1, 0, "MaxResponseBytes")]
    [InlineData("http://x", "Mozilla", 100_000, 5, "SettleTime")]
    [InlineData("http://x", "Mozilla", 100_000, -1, "SettleTime")]
    public void Create_BadOptions_AreRefusedByName(string address, string agent, int bytes, int hours, string expected)
    {
        using var client = FeedServer.Client(time);
        var options = new YahooChartOptions { BaseAddress = address, UserAgent = agent, MaxResponseBytes = bytes, SettleTime = TimeSpan.FromHours(hours) };

        var e = Assert.Throws<ArgumentException>(() => new YahooChartFeed(client, options, time));

        Assert.StartsWith($"Feeds:Yahoo:{expected} ", e.Message, StringComparison.Ordinal);
    }

    private YahooChartFeed Feed(FeedServer server, Finstage.Adapters.Http.FeedClient client) =>
        new(client, new YahooChartOptions { BaseAddress = server.Url }, time);
}
