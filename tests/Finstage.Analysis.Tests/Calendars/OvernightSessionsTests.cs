using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Candles.Aggregation;
using static Finstage.Analysis.Tests.Calendars.CalendarTexts;

namespace Finstage.Analysis.Tests.Calendars;

public sealed class OvernightSessionsTests
{
    [Theory]
    [InlineData("CME", "2025-01-15T21:59Z", "2025-01-15")] // 15:59 in Chicago, trading
    [InlineData("CME", "2025-01-15T22:00Z", "2025-01-15")] // the pause after the close
    [InlineData("CME", "2025-01-15T22:59Z", "2025-01-15")]
    [InlineData("CME", "2025-01-15T23:00Z", "2025-01-16")] // 17:00: the next trade date begins
    [InlineData("CME", "2025-01-16T05:59Z", "2025-01-16")] // around midnight in Chicago nothing changes
    [InlineData("CME", "2025-01-16T06:00Z", "2025-01-16")]
    [InlineData("CME", "2025-07-15T21:59Z", "2025-07-15")] // an hour earlier in summer
    [InlineData("CME", "2025-07-15T22:00Z", "2025-07-16")]
    [InlineData("CME", "2025-01-17T23:00Z", "2025-01-21")] // Friday evening, before a long weekend
    [InlineData("CME", "2025-01-18T12:00Z", "2025-01-21")]
    [InlineData("CME", "2025-01-20T15:00Z", "2025-01-21")] // trade on a holiday counts for the day after
    [InlineData("CME", "2025-01-13T05:00Z", "2025-01-13")] // Sunday night
    [InlineData("CME", "2025-03-09T21:59Z", "2025-03-10")] // the Sunday on which the clocks change
    [InlineData("CME", "2025-03-09T22:00Z", "2025-03-10")]
    [InlineData("CME", "2025-11-02T23:00Z", "2025-11-03")]
    [InlineData("CME", "1969-12-31T22:59Z", "1969-12-31")]
    [InlineData("CME", "1969-12-31T23:00Z", "1970-01-02")]
    [InlineData("COMEX", "2025-01-15T22:59Z", "2025-01-15")]
    [InlineData("NYMEX", "2025-01-15T23:00Z", "2025-01-16")]
    [InlineData("CBOT", "2025-01-16T00:59Z", "2025-01-15")] // grains begin at 19:00
    [InlineData("CBOT", "2025-01-16T01:00Z", "2025-01-16")]
    [InlineData("ICE", "2025-01-16T00:59Z", "2025-01-15")] // the dollar index at 20:00 in New York
    [InlineData("ICE", "2025-01-16T01:00Z", "2025-01-16")]
    [InlineData("ICE", "2025-01-12T23:00Z", "2025-01-13")] // on Sundays at 18:00
    public void SessionOf_Moment_IsItsTradeDate(string exchange, string time, string date) =>
        Assert.Equal(Date(date), TradingCalendar.For(exchange).DateOf(Time(time)));

    [Theory]
    [InlineData("CME", "2025-01-15", "2025-01-14T23:00Z", "2025-01-14T23:00Z", "2025-01-15T22:00Z")]
    [InlineData("CME", "2025-07-15", "2025-07-14T22:00Z", "2025-07-14T22:00Z", "2025-07-15T21:00Z")]
    [InlineData("CME", "2025-03-10", "2025-03-09T22:00Z", "2025-03-09T22:00Z", "2025-03-10T21:00Z")] // spring forward on the Sunday
    [InlineData("CME", "2025-11-03", "2025-11-02T23:00Z", "2025-11-02T23:00Z", "2025-11-03T22:00Z")] // fall back
    [InlineData("CME", "2025-01-21", "2025-01-19T23:00Z", "2025-01-20T23:00Z", "2025-01-21T22:00Z")] // after a holiday with some trade
    [InlineData("CME", "2025-11-28", "2025-11-26T23:00Z", "2025-11-27T23:00Z", "2025-11-28T18:15Z")] // after Thanksgiving, a half day
    [InlineData("CME", "2025-07-07", "2025-07-03T22:00Z", "2025-07-06T22:00Z", "2025-07-07T21:00Z")] // the 4th on a Friday
    [InlineData("CME", "2025-12-26", "2025-12-25T23:00Z", "2025-12-25T23:00Z", "2025-12-26T22:00Z")] // Christmas: no trade at all
    [InlineData("CME", "2025-04-21", "2025-04-20T22:00Z", "2025-04-20T22:00Z", "2025-04-21T21:00Z")] // Good Friday: none either
    [InlineData("CME", "2025-12-24", "2025-12-23T23:00Z", "2025-12-23T23:00Z", "2025-12-24T18:15Z")]
    [InlineData("COMEX", "2025-01-15", "2025-01-14T23:00Z", "2025-01-14T23:00Z", "2025-01-15T22:00Z")]
    [InlineData("NYMEX", "2025-11-28", "2025-11-26T23:00Z", "2025-11-27T23:00Z", "2025-11-28T18:45Z")]
    [InlineData("CBOT", "2025-01-15", "2025-01-15T01:00Z", "2025-01-15T01:00Z", "2025-01-15T19:20Z")]
    [InlineData("CBOT", "2025-01-21", "2025-01-21T01:00Z", "2025-01-21T01:00Z", "2025-01-21T19:20Z")] // grains rest on holidays
    [InlineData("CBOT", "2025-07-03", "2025-07-03T00:00Z", "2025-07-03T00:00Z", "2025-07-03T17:05Z")]
    [InlineData("ICE", "2025-01-15", "2025-01-15T01:00Z", "2025-01-15T01:00Z", "2025-01-15T22:00Z")]
    [InlineData("ICE", "2025-01-13", "2025-01-12T23:00Z", "2025-01-12T23:00Z", "2025-01-13T22:00Z")]
    public void HoursOf_TradeDate_BeginOnTheEveningBefore(string exchange, string date, string preOpen, string open, string close)
    {
        var hours = TradingCalendar.For(exchange).HoursOf(Date(date));

        Assert.Equal((preOpen, open, close, close), (Utc(hours.PreOpen), Utc(hours.Open), Utc(hours.Close), Utc(hours.PostClose)));
    }

    [Theory]
    [InlineData("2025-01-01")]
    [InlineData("2025-01-20")]
    [InlineData("2025-04-18")]
    [InlineData("2025-07-04")]
    [InlineData("2020-07-03")] // the 4th on a Saturday
    [InlineData("2021-07-05")] // on a Sunday
    [InlineData("2025-11-27")]
    [InlineData("2021-12-24")] // Christmas on a Saturday
    [InlineData("2022-12-26")] // on a Sunday
    [InlineData("2025-08-16")]
    public void IsSession_HolidayOrWeekend_False(string date)
    {
        string[] exchanges = ["CME", "COMEX", "NYMEX", "CBOT", "ICE"];
        Assert.All(exchanges, exchange => Assert.False(TradingCalendar.For(exchange).IsSession(Date(date))));
        Assert.All(exchanges, exchange => Assert.False(TradingCalendar.For(exchange).IsHalfDay(Date(date))));
        Assert.All(exchanges, exchange => Assert.Throws<ArgumentException>(() => TradingCalendar.For(exchange).HoursOf(Date(date))));
    }

    [Theory]
    [InlineData("2025-01-09")] // the share exchanges mourned, futures traded
    [InlineData("2021-12-31")] // New Year's Day on a Saturday is not kept
    [InlineData("2025-10-13")] // Columbus Day
    public void IsSession_OpenDay_True(string date) => Assert.True(TradingCalendar.Cme.IsSession(Date(date)));

    [Theory]
    [InlineData("CME", "2025-07-03", true)]
    [InlineData("NYMEX", "2025-07-03", false)]
    [InlineData("COMEX", "2025-12-24", true)]
    [InlineData("CBOT", "2025-11-28", true)]
    [InlineData("ICE", "2025-11-28", false)]
    [InlineData("CME", "2025-11-26", false)]
    public void IsHalfDay_Date_ByItsMarket(string exchange, string date, bool expected) =>
        Assert.Equal(expected, TradingCalendar.For(exchange).IsHalfDay(Date(date)));

    [Fact]
    public void NextAndPreviousSession_AroundChristmas_SkipIt()
    {
        Assert.Equal(Date("2025-12-26"), TradingCalendar.Cme.NextSession(Date("2025-12-24")));
        Assert.Equal(Date("2025-12-24"), TradingCalendar.Cme.PreviousSession(Date("2025-12-26")));
        Assert.Equal(Date("2025-04-21"), TradingCalendar.Cbot.NextSession(Date("2025-04-17")));
    }

    [Theory]
    [InlineData("CME")]
    [InlineData("NYMEX")]
    [InlineData("CBOT")]
    [InlineData("ICE")]
    [InlineData("CBOE")]
    [InlineData("NYSE")]
    [InlineData("24/7")]
    public void HoursOf_EverySessionOfTenYears_FollowOneAnotherAndBelongToTheirDate(string exchange)
    {
        var calendar = TradingCalendar.For(exchange);
        var end = long.MinValue;
        for (var date = calendar.NextSession(Date("2018-12-31")); date.Year < 2029; date = calendar.NextSession(date))
        {
            var hours = calendar.HoursOf(date);

            Assert.True(end <= hours.PreOpen && hours.PreOpen <= hours.Open && hours.Open < hours.Close && hours.Close <= hours.PostClose, $"{date}");
            long[] moments = [hours.PreOpen, hours.Open, hours.Close - 1, hours.PostClose - 1];
            Assert.All(moments, moment => Assert.Equal(date, calendar.DateOf(moment)));
            end = hours.PostClose;
        }
    }

    [Fact]
    public void Aggregation_HoursOfAFuture_MakeOneDayPerTradeDate()
    {
        var context = new SeriesContext(CandleInterval.OneHour, TradingCalendar.Cme);
        var hours = Enumerable.Range(0, 5 * 24)
            .Select(i => Time("2025-01-12T23:00Z") + (i * 3_600L))
            .Where(t => DateTimeOffset.FromUnixTimeSeconds(t).Hour != 22)
            .Select(t => new Candle(t, 1, 1, 1, 1, 1))
            .ToArray();

        var days = CandleAggregator.Closed(context, CandleInterval.OneDay, hours);

        Assert.Equal(["2025-01-13T00:00Z", "2025-01-14T00:00Z", "2025-01-15T00:00Z", "2025-01-16T00:00Z"], days.Select(d => Utc(d.Time)));
        Assert.All(days, day => Assert.Equal(23, day.Volume));
    }
}
