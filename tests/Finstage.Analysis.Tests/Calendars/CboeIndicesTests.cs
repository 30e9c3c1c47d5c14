using Finstage.Analysis.Calendars;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;
using static Finstage.Analysis.Tests.Calendars.CalendarTexts;

namespace Finstage.Analysis.Tests.Calendars;

public sealed class CboeIndicesTests
{
    [Theory]
    [InlineData("2025-01-15", "2025-01-15T08:15Z", "2025-01-15T14:30Z", "2025-01-15T21:15Z")]
    [InlineData("2025-07-15", "2025-07-15T07:15Z", "2025-07-15T13:30Z", "2025-07-15T20:15Z")]
    [InlineData("2025-11-28", "2025-11-28T08:15Z", "2025-11-28T14:30Z", "2025-11-28T18:15Z")]
    public void HoursOf_Session_InChicagoTime(string date, string preOpen, string open, string close)
    {
        var hours = TradingCalendar.Cboe.HoursOf(Date(date));

        Assert.Equal((preOpen, open, close, close), (Utc(hours.PreOpen), Utc(hours.Open), Utc(hours.Close), Utc(hours.PostClose)));
    }

    [Fact]
    public void IsSession_AnyDate_IsThatOfTheShareExchanges()
    {
        for (var date = Date("1995-01-01"); date.Year < 2030; date = date.AddDays(1))
        {
            Assert.Equal(TradingCalendar.Nyse.IsSession(date), TradingCalendar.Cboe.IsSession(date));
        }

        Assert.Throws<ArgumentException>(() => TradingCalendar.Cboe.HoursOf(Date("2025-01-09")));
    }

    [Theory]
    [InlineData("2025-01-16T05:59Z", "2025-01-15")]
    [InlineData("2025-01-16T06:00Z", "2025-01-16")]
    [InlineData("2025-07-16T05:00Z", "2025-07-16")]
    public void SessionOf_Midnight_IsChicagos(string time, string date) => Assert.Equal(Date(date), TradingCalendar.Cboe.DateOf(Time(time)));

    [Fact]
    public void IsSession_RealVolatilityIndex_ExactlyItsDates()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        var dates = RealSeries.Candles("VIX.1d").Select(c => TradingCalendar.Utc.DateOf(c.Time)).ToList();
        var expected = new List<DateOnly>();
        for (var date = dates[0]; date <= dates[^1]; date = TradingCalendar.Cboe.NextSession(date))
        {
            expected.Add(date);
        }

        Assert.Equal(expected, dates);
    }
}
