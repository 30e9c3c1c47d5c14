using System.Text.RegularExpressions;
using Finstage.Adapters.Http;
using Finstage.Adapters.Prices.Yahoo;
using Finstage.Adapters.Tests.Http;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.Prices.Yahoo;

/// <summary>What follows from answers as Yahoo has sent them.</summary>
public sealed partial class YahooRecordedTests
{
    private const int Seed = 20_250_305;

    private readonly FakeTime time = new(new DateTimeOffset(2025, 3, 5, 23, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("chart-AAPL-2020-08-31-to-2020-11-07.body.json", "AAPL", 49, "2020-08-31", "2020-11-06", 118.69)]
    [InlineData("chart-BTC-USD-2020-01-01-to-2020-01-03.body.json", "BTC-USD", 3, "2020-01-01", "2020-01-03", 7344.8843)]
    [InlineData("chart-EURUSD=X-2020-01-01-to-2020-01-03.body.json", "EURUSD=X", 3, "2020-01-01", "2020-01-03", 1.1171438)]
    [InlineData("chart-GC=F-2020-01-01-to-2020-01-03.body.json", "GC=F", 1, "2020-01-02", "2020-01-02", 1524.5)]
    [InlineData("chart-OCDO.L-2020-01-01-to-2020-01-03.body.json", "OCDO.L", 1, "2020-01-02", "2020-01-02", 1259.5)]
    [InlineData("chart-QQQ-2020-01-01-to-2020-01-03.body.json", "QQQ", 1, "2020-01-02", "2020-01-02", 216.16)]
    [InlineData("chart-WSU.DE-2023-08-04-to-2023-08-09.body.json", "WSU.DE", 3, "2023-08-04", "2023-08-08", 33.2)]
    [InlineData("historical-via-chart-MSFT-dividends-2021-02-01-to-2022-01-31.body.json", "MSFT", 252, "2021-02-01", "2022-01-28", 308.26)]
    [InlineData("historical-via-chart-NVDA-split-2021-02-01-to-2022-01-31.body.json", "NVDA", 252, "2021-02-01", "2022-01-28", 22.84)]
    public async Task Read_RecordedDays_AreCandles(string file, string symbol, int count, string first, string last, double close)
    {
        var history = (await ReadAsync(file, symbol)).Value!;

        Assert.Equal((count, 0, 0), (history.Closed.Length, history.RejectedCount, history.BlankRows));
        Assert.Equal((ChartBody.At(first), ChartBody.At(last)), (history.Closed[0].Time, history.Closed[^1].Time));
        Assert.Equal(close, history.Closed[^1].Close, 1e-9);
        Assert.Null(history.Open);
        Assert.NotNull(history.Quote.Price);
    }

    [Fact]
    public async Task Read_RecordedSplits_AreReported()
    {
        var apple = (await ReadAsync("chart-AAPL-2020-08-31-to-2020-11-07.body.json", "AAPL")).Value!;
        var nvidia = (await ReadAsync("historical-via-chart-NVDA-split-2021-02-01-to-2022-01-31.body.json", "NVDA")).Value!;

        Assert.Equal([new PriceSplit(ChartBody.At("2020-08-31"), 4, 1)], apple.Splits);
        Assert.Equal([new PriceSplit(ChartBody.At("2021-07-20"), 4, 1)], nvidia.Splits);
        Assert.Equal(
            new FeedQuote("USD", "NMS", "EQUITY", "Apple Inc.", "America/New_York", 244.87, 1_739_998_801, null, 2), apple.Quote);
    }

    [Theory]
    [InlineData("chart-AAPL-2025-02-01-to-2025-02-02-includePrePost-false-interval-1m.body.json", "AAPL", CandleInterval.OneMinute, 200, FeedFault.Empty)]
    [InlineData("chart-TSLA-2025-01-01-to-2025-01-02-interval-1h.fake.body.json", "TSLA", CandleInterval.OneHour, 200, FeedFault.Empty)]
    [InlineData("chart-notimestamp-quotes-length.fake.body.json", "AAPL", CandleInterval.OneDay, 200, FeedFault.Malformed)]
    [InlineData("chart-notimestamp-weird-quote.fake.body.json", "AAPL", CandleInterval.OneDay, 200, FeedFault.Malformed)]
    [InlineData("error-401-invalid-cookie.json", "AAPL", CandleInterval.OneDay, 401, FeedFault.Refused)]
    [InlineData("error-401-invalid-crumb.json", "AAPL", CandleInterval.OneDay, 401, FeedFault.Refused)]
    [InlineData("error-401-unauthorized.json", "AAPL", CandleInterval.OneDay, 401, FeedFault.Refused)]
    [InlineData("error-404-not-found.json", "AAPL", CandleInterval.OneDay, 404, FeedFault.NotFound)]
    [InlineData("error-422-range.json", "AAPL", CandleInterval.FiveMinutes, 422, FeedFault.InvalidRange)]
    [InlineData("error-429-edge.txt", "AAPL", CandleInterval.OneDay, 429, FeedFault.RateLimited)]
    [InlineData("error-429-plain.txt", "AAPL", CandleInterval.OneDay, 429, FeedFault.RateLimited)]
    [InlineData("error-429-plain.txt", "AAPL", CandleInterval.OneDay, 200, FeedFault.RateLimited)]
    [InlineData("truncated.json", "AAPL", CandleInterval.OneDay, 200, FeedFault.Malformed)]
    [InlineData("xemwebe-3.json", "AAPL", CandleInterval.OneDay, 200, FeedFault.Empty)]
    public async Task Read_RecordedFailure_IsUnderstood(string file, string symbol, CandleInterval interval, int status, FeedFault expected)
    {
        var failure = (await ReadAsync(file, symbol, interval, status)).Failure;

        Assert.Equal(expected, failure?.Fault);
        Assert.EndsWith(".", failure!.Message.TrimEnd("feedback".ToCharArray()) + ".", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_RecordedOddities_LoseTheirBadRowsOnly()
    {
        var infinite = (await ReadAsync("xemwebe-1.json", "PADEF")).Value!;
        var plain = (await ReadAsync("xemwebe-2.json", "T")).Value!;

        // Three stamps of the same day: the first is no candle, and of the others the later one stays.
        Assert.Equal([new Candle(ChartBody.At("1969-12-31"), 12, 13, 11, 12.5, 300)], infinite.Closed);
        Assert.Equal(CandleFault.Unreadable, Assert.Single(infinite.Rejected).Fault);
        Assert.Equal([new Candle(ChartBody.At("1969-12-31"), 2, 3, 2, 2.5, 20)], plain.Closed);
        Assert.Null(plain.Quote.Currency);
    }

    [Fact]
    public async Task Read_EveryRecordedBodyUnderEveryStatus_GivesAResult()
    {
        var bodies = Recorded.All("yahoo-chart", ".json", ".txt");
        var next = (Status: 200, Body: Array.Empty<byte>());
        await using var server = await FeedServer.StartAsync(context => FeedServer.AnswerAsync(context, next.Status, next.Body));
        using var client = new FeedClient(new HttpGateOptions { Spacing = TimeSpan.Zero, Retries = 0, BreakRatio = 1, BreakRequests = 1_000, DefaultPause = TimeSpan.Zero }, time);
        var feed = new YahooChartFeed(client, new YahooChartOptions { BaseAddress = server.Url }, time);

        foreach (var body in bodies.Values)
        {
            foreach (var status in new[] { 200, 400, 401, 404, 422, 429, 500, 503 })
            {
                next = (status, body);
                var result = await feed.ReadAsync(ChartReaderTests.Request(), Stop);
                Assert.True(status == 200 || result.Failure is not null, $"Status {status} gave candles.");
            }
        }

        Assert.Equal(bodies.Count * 8, server.Requests.Count);
    }

    [Fact]
    public void Read_DamagedBodies_NeverThrow()
    {
        var random = new Random(Seed);
        var bodies = Recorded.All("yahoo-chart", ".json", ".txt").OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => b.Value).ToList();
        var intervals = CandleIntervals.All;
        var candles = 0;
        for (var i = 0; i < 6_000; i++)
        {
            var body = bodies[random.Next(bodies.Count)];
            var interval = intervals[random.Next(3) == 0 ? random.Next(intervals.Count) : (int)CandleInterval.OneDay - 1];
            var request = ChartReaderTests.Request(interval) with { Symbol = SymbolIn(body) };
            var result = ChartReaderTests.Read(Recorded.Damaged(body, random), request, "2025-03-05T23:00:00Z", random.Next(4) == 0 ? random.Next(100, 600) : 200);
            Assert.True(result.Failure is null != result.Value is null);
            candles += Check(result.Value);
        }

        Assert.True(candles > 1_000, "Hardly a damaged body was still readable: the damage is too great to tell anything.");
    }

    [Fact]
    public void Read_DamagedHandMadeBodies_NeverThrow()
    {
        var random = new Random(Seed);
        var bodies = new[] { "1m", "15m", "1h", "1d", "1wk", "1mo" }.Select(g =>
            System.Text.Encoding.UTF8.GetBytes(new ChartBody { Granularity = g, Session = ("2025-03-05T14:30:00Z", "2025-03-05T21:00:00Z"), MarketTime = "2025-03-05T21:00:00Z" }
                .Row("2025-03-03T14:30:00Z", 10).Blank("2025-03-04T14:30:00Z").Row("2025-03-05T14:30:00Z", 11).Row("2025-03-05T14:52:07Z", 12).ToString())).ToList();
        for (var i = 0; i < 6_000; i++)
        {
            var at = random.Next(bodies.Count);
            var interval = new[] { CandleInterval.OneMinute, CandleInterval.FifteenMinutes, CandleInterval.OneHour, CandleInterval.OneDay, CandleInterval.OneWeek, CandleInterval.OneMonth }[at];
            Check(ChartReaderTests.Read(Recorded.Damaged(bodies[at], random), ChartReaderTests.Request(interval), "2025-03-05T18:00:00Z").Value);
        }
    }

    private static string SymbolIn(byte[] body) => Symbol().Match(System.Text.Encoding.UTF8.GetString(body)).Groups[1].Value is { Length: > 0 } symbol ? symbol : "AAPL";

    [GeneratedRegex("\"symbol\": ?\"([^\"]+)\"")]
    private static partial Regex Symbol();

    // Whatever came, what is given on is a series.
    private static int Check(PriceHistory? history)
    {
        if (history is null)
        {
            return 0;
        }

        for (var i = 0; i < history.Closed.Length; i++)
        {
            Assert.True(i == 0 || history.Closed[i - 1].Time < history.Closed[i].Time);
            Assert.Equal(CandleFault.None, CandleRules.Check(history.Closed[i], history.Interval, history.AsOf, allowNonPositive: false));
        }

        return history.Closed.Length;
    }

    private async Task<FeedResult<PriceHistory>> ReadAsync(string file, string symbol, CandleInterval interval = CandleInterval.OneDay, int status = 200)
    {
        var body = Recorded.All("yahoo-chart", file)[file];
        await using var server = await FeedServer.StartAsync(status, body, file.EndsWith(".txt", StringComparison.Ordinal) ? "text/plain" : "application/json");
        using var client = FeedServer.Client(time);
        var feed = new YahooChartFeed(client, new YahooChartOptions { BaseAddress = server.Url }, time);
        return await feed.ReadAsync(new PriceRequest(symbol, interval, interval.IsIntraday() ? 1_000_000_000 : long.MinValue), Stop);
    }
}
