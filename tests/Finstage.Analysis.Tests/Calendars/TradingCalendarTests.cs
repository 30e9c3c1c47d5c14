using System.Globalization;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Calendars;

public sealed class TradingCalendarTests
{
    [Theory]
    [InlineData("2025-01-01")] // New Year
    [InlineData("2025-01-20")] // Martin Luther King
    [InlineData("2025-02-17")] // Washington
    [InlineData("2025-04-18")] // Good Friday
    [InlineData("2000-04-21")]
    [InlineData("2025-05-26")] // Memorial
    [InlineData("2025-06-19")] // Juneteenth
    [InlineData("2022-06-20")]
    [InlineData("2025-07-04")]
    [InlineData("2020-07-03")] // the 4th is a Saturday
    [InlineData("2021-07-05")] // the 4th is a Sunday
    [InlineData("2025-09-01")]
    [InlineData("2025-11-27")]
    [InlineData("2025-12-25")]
    [InlineData("2021-12-24")]
    [InlineData("2022-12-26")]
    [InlineData("2023-01-02")]
    [InlineData("2001-09-11")]
    [InlineData("2012-10-29")]
    [InlineData("2018-12-05")]
    [InlineData("2025-01-09")]
    [InlineData("2025-08-16")] // a Saturday
    public void IsSession_Closed_False(string date)
    {
        Assert.False(TradingCalendar.Nyse.IsSession(Date(date)));
        Assert.False(TradingCalendar.Nasdaq.IsSession(Date(date)));
        Assert.Throws<ArgumentException>(() => TradingCalendar.Nyse.HoursOf(Date(date)));
    }

    [Theory]
    [InlineData("1997-01-20")] // Martin Luther King's day before it was kept
    [InlineData("2021-06-18")] // Juneteenth before it was kept
    [InlineData("2021-12-31")] // New Year's Day of 2022 is a Saturday and not kept
    [InlineData("2010-12-31")]
    [InlineData("2025-04-21")] // Easter Monday
    [InlineData("2025-11-28")]
    public void IsSession_Open_True(string date) => Assert.True(TradingCalendar.Nyse.IsSession(Date(date)));

    [Theory]
    [InlineData("2025-07-03", true)]
    [InlineData("2013-07-03", true)]
    [InlineData("2002-07-03", false)]
    [InlineData("2002-07-05", true)]
    [InlineData("2025-11-28", true)]
    [InlineData("2025-12-24", true)]
    [InlineData("2021-12-24", false)]
    [InlineData("2025-12-26", false)]
    [InlineData("1999-12-31", true)]
    public void IsHalfDay_Date_AsKept(string date, bool expected) => Assert.Equal(expected, TradingCalendar.Nyse.IsHalfDay(Date(date)));

    [Theory]
    [InlineData("2025-01-15", "2025-01-15T09:00Z", "2025-01-15T14:30Z", "2025-01-15T21:00Z", "2025-01-16T01:00Z")]
    [InlineData("2025-07-15", "2025-07-15T08:00Z", "2025-07-15T13:30Z", "2025-07-15T20:00Z", "2025-07-16T00:00Z")]
    [InlineData("2025-11-28", "2025-11-28T09:00Z", "2025-11-28T14:30Z", "2025-11-28T18:00Z", "2025-11-28T22:00Z")]
    public void HoursOf_Session_InNewYorkTime(string date, string preOpen, string open, string close, string postClose) => Assert.Equal(
        new SessionHours(Time(preOpen), Time(open), Time(close), Time(postClose)), TradingCalendar.Nyse.HoursOf(Date(date)));

    [Theory]
    [InlineData("2025-01-16T04:59Z", "2025-01-15")]
    [InlineData("2025-01-16T05:00Z", "2025-01-16")]
    [InlineData("2025-07-16T03:59Z", "2025-07-15")]
    [InlineData("2025-07-16T04:00Z", "2025-07-16")]
    [InlineData("1965-01-04T04:59Z", "1965-01-03")]
    public void SessionOf_Midnight_IsNewYorks(string time, string date) => Assert.Equal(Date(date), TradingCalendar.Nyse.DateOf(Time(time)));

    [Fact]
    public void SessionOf_EveryHourOfDecades_EqualsTheSystemsZone()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        for (var time = Time("1990-01-01T00:00Z"); time < Time("2030-01-01T00:00Z"); time += 3_600)
        {
            var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(time), zone);
            if (DateOnly.FromDateTime(local.DateTime) != TradingCalendar.Nyse.DateOf(time))
            {
                Assert.Fail($"{local:u}");
            }
        }
    }

    [Fact]
    public void Utc_AnyDay_IsASession()
    {
        Assert.Equal(Date("2025-08-16"), TradingCalendar.Utc.DateOf(Time("2025-08-16T23:59Z")));
        Assert.Equal(Date("1969-12-31"), TradingCalendar.Utc.DateOf(-1));
        Assert.Equal(Date("1969-12-31"), TradingCalendar.Utc.DateOf(-86_400));
        Assert.True(TradingCalendar.Utc.IsSession(Date("2025-12-25")));
        Assert.Equal(86_400, TradingCalendar.Utc.HoursOf(Date("2025-12-25")).Close - Time("2025-12-25T00:00Z"));
    }

    [Fact]
    public void NextSession_AroundAWeekend_SkipsIt()
    {
        Assert.Equal(Date("2025-04-21"), TradingCalendar.Nyse.NextSession(Date("2025-04-17")));
        Assert.Equal(Date("2025-04-17"), TradingCalendar.Nyse.PreviousSession(Date("2025-04-21")));
        Assert.Equal(Date("2025-04-18"), TradingCalendar.Utc.NextSession(Date("2025-04-17")));
    }

    [Theory]
    [InlineData("NYSE", "NYSE")]
    [InlineData("nms", "NASDAQ")]
    [InlineData("CME", "CME")]
    [InlineData("COMEX", "COMEX")]
    [InlineData("cmx", "COMEX")]
    [InlineData("NYMEX", "NYMEX")]
    [InlineData("NYM", "NYMEX")]
    [InlineData("CBOT", "CBOT")]
    [InlineData(" CBT ", "CBOT")]
    [InlineData("ICE", "ICE")]
    [InlineData("NYB", "ICE")]
    [InlineData("CBOE", "CBOE")]
    [InlineData("CGI", "CBOE")]
    [InlineData("WCB", "CBOE")]
    [InlineData("SNP", "NYSE")]
    [InlineData("CCC", "24/7")]
    [InlineData("LSE", "UTC")]
    [InlineData("", "UTC")]
    [InlineData(null, "UTC")]
    public void For_Exchange_ItsCalendar(string? exchange, string name) => Assert.Equal(name, TradingCalendar.For(exchange).Name);

    [Fact]
    public void For_EveryExchangeOfTheWatchlist_IsKnown()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        var exchanges = File.ReadLines(Path.Combine(Repository.Data, "symbols.csv")).Skip(1).Select(line => line.Split(',')[^2]).ToHashSet();

        Assert.Equal(8, exchanges.Count);
        Assert.All(exchanges, exchange => Assert.Equal(exchange, TradingCalendar.For(exchange).Name));
    }

    [Fact]
    public void Known_EachByItsName_IsFoundAgain() =>
        Assert.All(TradingCalendar.Known, calendar => Assert.Same(calendar, TradingCalendar.For(calendar.Name)));

    [Theory]
    [InlineData("AAPL.1d")]
    [InlineData("SPY.1d")]
    [InlineData("IBM.1d")]
    [InlineData("BAC.1d")]
    [InlineData("AIG.1d")]
    [InlineData("GSPC.1d")]
    [InlineData("MSFT.1d")]
    [InlineData("QQQ.1d")]
    public void IsSession_RealSeries_ExactlyItsDates(string name)
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        var dates = RealSeries.Candles(name).Select(c => TradingCalendar.Utc.DateOf(c.Time)).ToList();
        var sessions = new List<DateOnly>();
        for (var date = dates[0]; date <= dates[^1]; date = TradingCalendar.Nyse.NextSession(date))
        {
            sessions.Add(date);
        }

        var missing = sessions.Except(dates).Select(d => $"-{d:yyyy-MM-dd}");
        var extra = dates.Except(sessions).Select(d => $"+{d:yyyy-MM-dd}");
        Assert.Empty(string.Join(' ', missing.Concat(extra)));
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeSeconds();
}
