using System.Text;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Tests.Prices.Yahoo;

/// <summary>Bars inside a day, weeks and months: where they begin, when they close, and where the live price goes.</summary>
public sealed class ChartIntervalTests
{
    private static readonly (string, string) Wednesday = ("2025-03-05T14:30:00Z", "2025-03-05T21:00:00Z");

    [Theory]
    [InlineData("2025-03-05T15:00:04Z", "2025-03-05T15:00:02Z", true)]
    [InlineData("2025-03-05T15:00:04Z", "2025-03-05T14:50:00Z", false)]
    [InlineData("2025-03-05T14:59:59Z", "2025-03-05T14:59:58Z", false)]
    [InlineData("2025-03-05T15:20:00Z", "2025-03-05T14:50:00Z", true)]
    public void Read_LastBar_ClosesAtItsEndOnceTheMarketHasGoneOn(string now, string marketTime, bool isClosed)
    {
        var history = Read(Bars("15m", marketTime).Row("2025-03-05T14:30:00Z", 10).Row("2025-03-05T14:45:00Z", 11), CandleInterval.FifteenMinutes, now);

        Assert.Equal(isClosed ? 2 : 1, history.Closed.Length);
        Assert.Equal(isClosed ? null : At("2025-03-05T14:45:00Z"), history.Open?.Time);
    }

    [Fact]
    public void Read_LivePriceInsideABar_GoesIntoThatBar()
    {
        var body = Bars("15m", "2025-03-05T14:52:07Z").Row("2025-03-05T14:30:00Z", 10).Row("2025-03-05T14:45:00Z", 11).Row("2025-03-05T14:52:07Z", 15, 0);

        var history = Read(body, CandleInterval.FifteenMinutes, "2025-03-05T14:52:09Z");

        Assert.Equal(new Candle(At("2025-03-05T14:45:00Z"), 11, 16, 10, 15.5, 100), history.Open);
        Assert.Equal(0, history.RejectedCount);
    }

    [Fact]
    public void Read_LivePriceThatBeginsABar_IsPutOnTheSessionsGrid()
    {
        var body = Bars("1h", "2025-03-05T15:31:07Z").Row("2025-03-05T14:30:00Z", 10).Row("2025-03-05T15:31:07Z", 15);

        var history = Read(body, CandleInterval.OneHour, "2025-03-05T15:31:09Z");

        Assert.Equal(At("2025-03-05T15:30:00Z"), history.Open?.Time);
        Assert.Equal([At("2025-03-05T14:30:00Z")], history.Closed.Select(c => c.Time));
    }

    [Fact]
    public void Read_ClosingPriceAfterTheLastBar_BelongsToNone()
    {
        var body = Bars("15m", "2025-03-05T21:00:00Z").Row("2025-03-05T20:45:00Z", 10).Row("2025-03-05T21:00:00Z", 15, 0);

        var history = Read(body, CandleInterval.FifteenMinutes, "2025-03-05T21:00:05Z");

        Assert.Equal([new Candle(At("2025-03-05T20:45:00Z"), 10, 11, 9, 10.5, 100)], history.Closed);
        Assert.Null(history.Open);
    }

    [Fact]
    public void Read_LivePriceThatIsNoPrice_LeavesItsBarAlone()
    {
        var body = Bars("15m", null).Row("2025-03-05T14:45:00Z", 11).Raw(Unix("2025-03-05T14:52:07Z"), "0", "0", "0", "0", "0");

        var history = Read(body, CandleInterval.FifteenMinutes, "2025-03-05T14:52:09Z");

        Assert.Equal((11d, 1), (history.Open!.Value.Open, history.RejectedCount));
    }

    [Theory]
    [InlineData("2025-03-05T20:59:59Z", false)]
    [InlineData("2025-03-05T21:00:02Z", true)]
    public void Read_ShortLastHour_ClosesWithTheSession(string now, bool isClosed)
    {
        var history = Read(Bars("1h", "2025-03-05T21:00:01Z").Row("2025-03-05T20:30:00Z", 10), CandleInterval.OneHour, now);

        Assert.Equal(isClosed ? 1 : 0, history.Closed.Length);
    }

    [Fact]
    public void Read_ShortLastHourOfAHalfDay_ClosesWithTheCalendar()
    {
        var body = new ChartBody { Granularity = "1h", MarketTime = "2025-11-28T18:00:01Z" }.Row("2025-11-28T17:30:00Z", 10);

        Assert.Empty(Read(body, CandleInterval.OneHour, "2025-11-28T18:00:05Z").Closed);
        Assert.Single(Read(body, CandleInterval.OneHour, "2025-11-28T18:00:05Z", TradingCalendar.Nyse).Closed);
    }

    [Fact]
    public void Read_HourNamedInMinutes_IsAnHour() =>
        Assert.Single(Read(Bars("60m", null).Row("2025-03-04T20:30:00Z", 10), CandleInterval.OneHour, "2025-03-05T12:00:00Z").Closed);

    [Fact]
    public void Read_BarOffTheMinute_IsRefused()
    {
        var body = Bars("1m", null).Row("2025-03-03T14:30:30Z", 10).Row("2025-03-03T14:32:00Z", 10);

        Assert.Equal(CandleFault.Misaligned, Read(body, CandleInterval.OneMinute, "2025-03-05T12:00:00Z").Rejected.Single().Fault);
    }

    [Fact]
    public void Read_Weeks_AreStampedWithTheirMonday()
    {
        // Midnight in New York, before and after the clocks went forward.
        var body = new ChartBody { Granularity = "1wk" }.Row("2025-03-03T05:00:00Z", 10).Row("2025-03-10T04:00:00Z", 20);

        var history = Read(body, CandleInterval.OneWeek, "2025-03-12T12:00:00Z");

        Assert.Equal([At("2025-03-03")], history.Closed.Select(c => c.Time));
        Assert.Equal(At("2025-03-10"), history.Open?.Time);
    }

    [Fact]
    public void Read_LiveDayBesideItsWeek_GoesIntoTheWeek()
    {
        var body = new ChartBody { Granularity = "1wk" }.Row("2025-03-03T05:00:00Z", 10).Row("2025-03-05T18:12:07Z", 30);

        var history = Read(body, CandleInterval.OneWeek, "2025-03-05T18:12:10Z");

        Assert.Equal(new Candle(At("2025-03-03"), 10, 31, 9, 30.5, 200), history.Open);
    }

    [Theory]
    [InlineData("2025-03-10T04:10:00Z", false)]
    [InlineData("2025-03-10T04:20:00Z", true)]
    public void Read_Week_ClosesWhenTheNextBeginsInItsZone(string now, bool isClosed) => Assert.Equal(
        isClosed ? 1 : 0,
        Read(new ChartBody { Granularity = "1wk" }.Row("2025-03-03T05:00:00Z", 10), CandleInterval.OneWeek, now).Closed.Length);

    [Fact]
    public void Read_Months_AreStampedWithTheirFirst()
    {
        var body = new ChartBody { Granularity = "1mo", Zone = "Asia/Seoul" }.Row("2025-01-31T15:00:00Z", 10).Row("2025-02-28T15:00:00Z", 20);

        var history = Read(body, CandleInterval.OneMonth, "2025-03-31T14:00:00Z");

        Assert.Equal([At("2025-02-01")], history.Closed.Select(c => c.Time));
        Assert.Equal(At("2025-03-01"), history.Open?.Time);
    }

    private static ChartBody Bars(string granularity, string? marketTime) =>
        new() { Granularity = granularity, Session = Wednesday, MarketTime = marketTime };

    private static PriceHistory Read(ChartBody body, CandleInterval interval, string now, TradingCalendar? calendar = null)
    {
        var result = ChartReaderTests.Read(
            Encoding.UTF8.GetBytes(body.ToString()), ChartReaderTests.Request(interval) with { Calendar = calendar }, now);
        Assert.Null(result.Failure);
        return result.Value!;
    }

    private static long At(string time) => ChartBody.At(time);

    private static string Unix(string time) => At(time).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
