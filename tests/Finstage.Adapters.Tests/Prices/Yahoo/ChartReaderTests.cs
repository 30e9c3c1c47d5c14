using System.Text;
using Finstage.Adapters.Http;
using Finstage.Adapters.Prices.Yahoo;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Tests.Prices.Yahoo;

public sealed class ChartReaderTests
{
    private const string Evening = "2025-03-05T23:00:00Z";

    private static readonly (string, string) Wednesday = ("2025-03-05T14:30:00Z", "2025-03-05T21:00:00Z");

    [Fact]
    public void Read_DaysOfNewYork_AreStampedWithTheirDate()
    {
        // The second is the first session after the clocks went forward.
        var history = Read(new ChartBody().Row("2025-03-07T14:30:00Z", 10).Row("2025-03-10T13:30:00Z", 20), "2025-03-12T00:00:00Z");

        Assert.Equal([At("2025-03-07"), At("2025-03-10")], history.Closed.Select(c => c.Time));
        Assert.Equal(new Candle(At("2025-03-07"), 10, 11, 9, 10.5, 100), history.Closed[0]);
        Assert.Null(history.Open);
    }

    [Theory]
    [InlineData("Europe/London", 0, "2020-06-30T23:00:00Z", "2020-07-01")]
    [InlineData("Australia/Sydney", 36_000, "2020-06-30T23:00:00Z", "2020-07-01")]
    [InlineData("Asia/Seoul", 32_400, "2020-07-01T00:00:00Z", "2020-07-01")]
    [InlineData("", 32_400, "2020-06-30T15:00:00Z", "2020-07-01")]
    [InlineData("Not/AZone", -18_000, "2020-07-01T04:59:00Z", "2020-06-30")]
    [InlineData("UTC", 0, "1969-12-31T00:00:00Z", "1969-12-31")]
    public void Read_DaysElsewhere_AreStampedWithTheirDateThere(string zone, int offset, string stamp, string date)
    {
        var history = Read(new ChartBody { Zone = zone, Offset = offset }.Row(stamp, 10), Evening);

        Assert.Equal(At(date), Assert.Single(history.Closed).Time);
    }

    [Fact]
    public void Read_DayThatBeginsBeforeItsDateInUtc_IsAPreview()
    {
        // 23:10 in UTC is ten in the morning of the next day in Sydney.
        var history = Read(new ChartBody { Zone = "Australia/Sydney" }.Row("2025-03-05T23:00:00Z", 10), "2025-03-05T23:10:00Z");

        Assert.Empty(history.Rejected);
        Assert.Equal(At("2025-03-06"), history.Open?.Time);
    }

    [Fact]
    public void Read_DoubledLiveDay_KeepsTheLaterRow()
    {
        var body = new ChartBody { Session = Wednesday }
            .Row("2025-03-04T14:30:00Z", 10).Row("2025-03-05T14:30:00Z", 20).Row("2025-03-05T18:12:07Z", 30);

        var history = Read(body, "2025-03-05T18:12:10Z");

        Assert.Equal([At("2025-03-04")], history.Closed.Select(c => c.Time));
        Assert.Equal((At("2025-03-05"), 30d), (history.Open!.Value.Time, history.Open.Value.Open));
        Assert.Equal(0, history.RejectedCount);
    }

    [Fact]
    public void Read_DoubledLiveDayThatIsNoCandle_KeepsTheEarlierRow()
    {
        var body = new ChartBody { Session = Wednesday }.Row("2025-03-05T14:30:00Z", 20).Raw("1741198327", "1", "0", "2", "1", "5");

        var history = Read(body, "2025-03-05T18:12:10Z");

        Assert.Equal(20, history.Open?.Open);
        Assert.Equal(CandleFault.Inconsistent, Assert.Single(history.Rejected).Fault);
    }

    [Fact]
    public void Read_OlderDayTwiceWithOtherValues_KeepsTheLaterRowAndSaysSo()
    {
        var history = Read(
            new ChartBody().Row("2025-03-03T14:30:00Z", 10).Row("2025-03-03T14:30:00Z", 12).Row("2025-03-04T14:30:00Z", 13), Evening);

        Assert.Equal([12d, 13], history.Closed.Select(c => c.Open));
        Assert.Equal((1, CandleFault.Duplicate), (history.Rejected.Single().Row, history.Rejected.Single().Fault));
    }

    [Theory]
    [InlineData("2025-03-05T20:59:59Z", false)]
    [InlineData("2025-03-05T21:19:59Z", false)]
    [InlineData("2025-03-05T21:20:00Z", true)]
    public void Read_Day_ClosesTwentyMinutesAfterItsSession(string now, bool isClosed)
    {
        var history = Read(new ChartBody { Session = Wednesday, MarketTime = "2025-03-05T21:00:01Z" }.Row("2025-03-05T14:30:00Z", 10), now);

        Assert.Equal((isClosed ? 1 : 0, !isClosed), (history.Closed.Length, history.Open is not null));
    }

    [Theory]
    [InlineData("2025-03-05T21:10:00Z", false)]
    [InlineData("2025-03-05T21:21:00Z", true)]
    public void Read_DayWhenTheAnswerKnowsTheNextSession_ClosesAfterItsLastPrice(string now, bool isClosed)
    {
        var body = new ChartBody { Session = ("2025-03-06T14:30:00Z", "2025-03-06T21:00:00Z"), MarketTime = "2025-03-05T21:00:01Z" };

        Assert.Equal(isClosed ? 1 : 0, Read(body.Row("2025-03-05T14:30:00Z", 10), now).Closed.Length);
    }

    [Theory]
    [InlineData("2025-03-06T04:59:00Z", false)]
    [InlineData("2025-03-06T05:20:00Z", true)]
    public void Read_DayWithoutASession_ClosesAfterItsDate(string now, bool isClosed) =>
        Assert.Equal(isClosed ? 1 : 0, Read(new ChartBody().Row("2025-03-05T14:30:00Z", 10), now).Closed.Length);

    [Fact]
    public void Read_HalfDayWithACalendar_ClosesWithIt()
    {
        // The day after Thanksgiving ends at 13:00.
        var body = new ChartBody { Session = ("2025-11-28T14:30:00Z", "2025-11-28T21:00:00Z") }.Row("2025-11-28T14:30:00Z", 10).ToString();

        Assert.Empty(Read(body, Request(), "2025-11-28T18:30:00Z").Value!.Closed);
        Assert.Single(Read(body, Request() with { Calendar = TradingCalendar.Nyse }, "2025-11-28T18:30:00Z").Value!.Closed);
    }

    [Theory]
    [InlineData("2025-03-05T22:19:00Z", false)]
    [InlineData("2025-03-05T22:20:00Z", true)]
    public void Read_DayOfAFutureWithACalendar_ClosesWithItsTradeDate(string now, bool isClosed)
    {
        // Yahoo's own session of a future ends at 23:59; gold stops at 17:00.
        var body = new ChartBody { Symbol = "GC=F", Session = ("2025-03-05T05:00:00Z", "2025-03-06T04:59:00Z") }.Row("2025-03-05T05:00:00Z", 2_900);
        var request = Request() with { Symbol = "GC=F", Calendar = TradingCalendar.Comex };

        Assert.Equal(isClosed ? 1 : 0, Read(body.ToString(), request, now).Value!.Closed.Length);
    }

    [Fact]
    public void Read_NullRows_AreCountedAndLeftOut()
    {
        var history = Read(new ChartBody().Row("2025-03-03T14:30:00Z", 10).Blank("2025-03-04T14:30:00Z"), Evening);

        Assert.Equal((1, 1, 0), (history.Closed.Length, history.BlankRows, history.RejectedCount));
    }

    [Fact]
    public void Read_NullRowsAlone_AreEmpty() =>
        Assert.Equal(FeedFault.Empty, Read(new ChartBody().Blank("2025-03-04T14:30:00Z").ToString(), Request()).Failure?.Fault);

    [Fact]
    public void Read_BadRows_AreToldOneByOneAndTheOthersGoOn()
    {
        var body = new ChartBody()
            .Raw("1741012200", "10", "11", "9", "null", "5")
            .Raw("1741098600", "10", "11", "9", "\"Infinity\"", "5")
            .Raw("1741098600", "10", "1e999", "9", "10", "5")
            .Raw("null", "10", "11", "9", "10", "5")
            .Raw("99999999999999", "10", "11", "9", "10", "5")
            .Raw("1741098600", "10", "9", "11", "10", "5")
            .Raw("1741098600", "0", "0", "0", "0", "5")
            .Raw("1741098600", "10", "11", "9", "10", "-5")
            .Raw("1741098600.5", "10", "11", "9", "10", "5")
            .Row("2035-03-03T14:30:00Z", 10)
            .Row("2025-03-03T14:30:00Z", 10);

        var history = Read(body, Evening);

        Assert.Equal([At("2025-03-03")], history.Closed.Select(c => c.Time));
        Assert.Equal(
            [CandleFault.Unreadable, CandleFault.Unreadable, CandleFault.NotFinite, CandleFault.BadTime, CandleFault.BadTime,
                CandleFault.Inconsistent, CandleFault.NotPositive, CandleFault.NegativeVolume, CandleFault.BadTime, CandleFault.InFuture],
            history.Rejected.Select(r => r.Fault));
        Assert.Equal(Enumerable.Range(1, 10), history.Rejected.Select(r => r.Row));
        Assert.All(history.Rejected, r => Assert.EndsWith(".", r.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ManyBadRows_AreCountedAndTheFirstHundredTold()
    {
        var body = new ChartBody().Row("2025-03-03T14:30:00Z", 10);
        for (var i = 0; i < 150; i++)
        {
            body.Raw("1741098600", "10", "9", "11", "10", "5");
        }

        var history = Read(body, Evening);

        Assert.Equal((150, 100), (history.RejectedCount, history.Rejected.Count));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Read_PriceBelowZero_IsACandleWhereTheCategoryAllowsIt(bool isAllowed, int expected)
    {
        var body = new ChartBody { Symbol = "CL=F" }.Raw("1587355200", "17.73", "17.85", "-40.32", "-37.63", "247947").ToString();

        var history = Read(body, Request() with { Symbol = "CL=F", AllowNonPositive = isAllowed }).Value!;

        Assert.Equal((expected, 1 - expected), (history.Closed.Length, history.RejectedCount));
    }

    [Fact]
    public void Read_PricesOfSinglePrecision_AreWrittenAsTheLivePriceIs()
    {
        var body = new ChartBody()
            .Raw("1741012200", "129.0399932861328", "131", "126", "127.58000183105469", "5")
            .Raw("1741098600", "129.04", "131", "126", "127.58", "5");

        var history = Read(body, Evening);

        Assert.Equal((129.04, 127.58), (history.Closed[0].Open, history.Closed[0].Close));
        Assert.Equal(history.Closed[0] with { Time = At("2025-03-04") }, history.Closed[1]);
    }

    [Fact]
    public void Read_CloseAHairAboveItsHigh_WidensTheCandle()
    {
        var history = Read(new ChartBody().Raw("1741012200", "1.1220825910568237", "1.122082", "1.1", "1.11", "0"), Evening);

        Assert.Equal(history.Closed.Single().Open, history.Closed.Single().High);
    }

    [Fact]
    public void Read_AdjustedCloses_AreNeverTaken() =>
        Assert.All(Read(new ChartBody().Row("2025-03-03T14:30:00Z", 10), Evening).Closed, c => Assert.Equal(10.5, c.Close));

    [Fact]
    public void Read_VolumeThatNobodyCounts_IsZero()
    {
        var body = new ChartBody().Raw("1741012200", "10", "11", "9", "10", "null").ToString();

        Assert.Equal(0, Read(body, Request()).Value!.Closed.Single().Volume);
        Assert.Equal(0, Read(body.Replace("\"volume\":[null]", "\"other\":[]", StringComparison.Ordinal), Request()).Value!.Closed.Single().Volume);
    }

    [Theory]
    [InlineData("\"open\":[10]", "\"open\":[10,11]")]
    [InlineData("\"open\":[10]", "\"open\":[]")]
    [InlineData("\"close\":[10.5]", "\"close\":null")]
    [InlineData("\"volume\":[100]", "\"volume\":[1,2]")]
    public void Read_ColumnsOfOtherLengths_AreMalformed(string part, string other)
    {
        var body = new ChartBody().Row("2025-03-03T14:30:00Z", 10).ToString();
        Assert.Contains(part, body, StringComparison.Ordinal);

        Assert.Equal(FeedFault.Malformed, Read(body.Replace(part, other, StringComparison.Ordinal), Request()).Failure?.Fault);
    }

    [Theory]
    [InlineData("MSFT", "1d")]
    [InlineData("AAPL", "1mo")]
    [InlineData("AAPL", "3mo")]
    public void Read_AnotherSeriesThanAskedFor_IsMalformed(string symbol, string granularity) => Assert.Equal(
        FeedFault.Malformed,
        Read(new ChartBody { Symbol = symbol, Granularity = granularity }.Row("2025-03-03T14:30:00Z", 10).ToString(), Request()).Failure?.Fault);

    [Fact]
    public void Read_RowsOutsideTheRange_AreLeftOut()
    {
        var body = new ChartBody().Row("2025-03-03T14:30:00Z", 10).Row("2025-03-04T14:30:00Z", 11).Row("2025-03-05T14:30:00Z", 12).ToString();

        var history = Read(body, Request() with { From = At("2025-03-04"), To = At("2025-03-04") }, "2025-03-05T15:00:00Z").Value!;

        Assert.Equal([At("2025-03-04")], history.Closed.Select(c => c.Time));
        Assert.Null(history.Open);
    }

    [Fact]
    public void Read_Splits_AreDatedByTheirSession()
    {
        const string events = """
            {"splits":{"1":{"date":1598880600,"numerator":4,"denominator":1,"splitRatio":"4:1"},
            "2":{"date":1741098600,"numerator":1,"denominator":10},"3":{"date":"x"},"4":{"date":5,"numerator":0,"denominator":1},"5":7},
            "dividends":{"1741098600":{"amount":0.2,"date":1741098600}}}
            """;
        var body = new ChartBody { Events = events }.Row("2025-03-03T14:30:00Z", 10).ToString();

        Assert.Equal(
            [new PriceSplit(At("2020-08-31"), 4, 1), new PriceSplit(At("2025-03-04"), 1, 10)], Read(body, Request()).Value!.Splits);
        Assert.Equal([new PriceSplit(At("2025-03-04"), 1, 10)], Read(body, Request() with { From = At("2025-03-01") }).Value!.Splits);
    }

    [Theory]
    [InlineData("", 200, FeedFault.Empty)]
    [InlineData("   ", 200, FeedFault.Empty)]
    [InlineData("Will be right back", 200, FeedFault.Unavailable)]
    [InlineData("<!DOCTYPE html><title>Will be right back</title>", 200, FeedFault.Unavailable)]
    [InlineData("<html>Too Many Requests</html>", 200, FeedFault.RateLimited)]
    [InlineData("<html>Too Many Requests</html>", 429, FeedFault.RateLimited)]
    [InlineData("<html>Bad Gateway</html>", 502, FeedFault.Unavailable)]
    [InlineData("<html>no such page</html>", 404, FeedFault.Unavailable)]
    [InlineData("{\"chart\":", 200, FeedFault.Malformed)]
    [InlineData("{\"chart\":", 500, FeedFault.Unavailable)]
    [InlineData("{}", 200, FeedFault.Malformed)]
    [InlineData("[]", 200, FeedFault.Malformed)]
    [InlineData("null", 200, FeedFault.Malformed)]
    [InlineData("{\"chart\":{\"result\":null,\"error\":null}}", 200, FeedFault.Empty)]
    [InlineData("{\"chart\":{\"result\":[],\"error\":null}}", 200, FeedFault.Empty)]
    [InlineData("{\"chart\":{\"result\":[{}],\"error\":null}}", 200, FeedFault.Malformed)]
    [InlineData("{\"chart\":{\"result\":[{\"meta\":{}}],\"error\":null}}", 200, FeedFault.Empty)]
    [InlineData("{\"chart\":{\"error\":{\"code\":\"Not Found\",\"description\":\"x\"}}}", 200, FeedFault.NotFound)]
    [InlineData("{\"chart\":{\"error\":{\"code\":\"Bad Request\",\"description\":\"Data doesn't exist for startDate = 1\"}}}", 400, FeedFault.Empty)]
    [InlineData("{\"chart\":{\"error\":{\"code\":\"Bad Request\",\"description\":\"Invalid input - interval=7d\"}}}", 400, FeedFault.InvalidRequest)]
    [InlineData("{\"chart\":{\"error\":{\"code\":5}}}", 503, FeedFault.Unavailable)]
    [InlineData("{\"chart\":{\"error\":{}}}", 200, FeedFault.Unavailable)]
    public void Read_AnswerWithoutCandles_SaysWhy(string body, int status, FeedFault expected)
    {
        var failure = Read(body, Request(), Evening, status).Failure;

        Assert.Equal(expected, failure?.Fault);
        Assert.NotEmpty(failure!.Message);
    }

    [Fact]
    public void Read_BytesThatAreNoText_AreAFailureOrLeftOut()
    {
        var good = Encoding.UTF8.GetBytes(new ChartBody().Row("2025-03-03T14:30:00Z", 10).ToString());
        var at = good.AsSpan().IndexOf("USD"u8);
        good[at] = 0xFF;

        var history = Read(good, Request(), Evening).Value!;

        Assert.Null(history.Quote.Currency);
        Assert.Single(history.Closed);
    }

    [Fact]
    public void Read_ByteOrderMark_IsNoMatter() =>
        Assert.Single(Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(new ChartBody().Row("2025-03-03T14:30:00Z", 10).ToString())], Request(), Evening).Value!.Closed);

    internal static FeedResult<PriceHistory> Read(byte[] body, PriceRequest request, string now, int status = 200) =>
        ChartReader.Read(new FeedAnswer("feed.example", status, null, null, body), request, At(now), TimeSpan.FromMinutes(20));

    internal static PriceRequest Request(CandleInterval interval = CandleInterval.OneDay) => new("AAPL", interval, long.MinValue);

    private static FeedResult<PriceHistory> Read(string body, PriceRequest request, string now = Evening, int status = 200) =>
        Read(Encoding.UTF8.GetBytes(body), request, now, status);

    private static PriceHistory Read(ChartBody body, string now)
    {
        var result = Read(body.ToString(), Request(), now);
        Assert.Null(result.Failure);
        return result.Value!;
    }

    private static long At(string time) => ChartBody.At(time);
}
