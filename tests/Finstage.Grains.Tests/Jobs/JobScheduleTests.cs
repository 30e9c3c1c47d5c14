using System.Globalization;
using Finstage.Analysis.Calendars;
using Finstage.Grains.Jobs;

namespace Finstage.Grains.Tests.Jobs;

public sealed class JobScheduleTests
{
    [Theory]
    [InlineData("Asia/Seoul", "08:00", "2025-01-15T22:59Z", "2025-01-15T23:00Z")]
    [InlineData("Asia/Seoul", "08:00", "2025-01-15T23:00Z", "2025-01-16T23:00Z")]
    [InlineData("Asia/Seoul", "03:00", "2025-03-09T06:30Z", "2025-03-09T18:00Z")]
    [InlineData("America/New_York", "08:00", "2024-03-09T13:00Z", "2024-03-10T12:00Z")] // 23 hours
    [InlineData("America/New_York", "08:00", "2024-11-02T12:00Z", "2024-11-03T13:00Z")] // 25 hours
    [InlineData("America/New_York", "02:30", "2025-03-08T07:30Z", "2025-03-09T07:00Z")] // skipped: the first moment after the gap
    [InlineData("America/New_York", "02:30", "2025-03-09T07:00Z", "2025-03-10T06:30Z")]
    [InlineData("America/New_York", "01:30", "2025-11-02T05:29Z", "2025-11-02T05:30Z")] // shown twice: the first
    [InlineData("America/New_York", "01:30", "2025-11-02T05:30Z", "2025-11-03T06:30Z")] // and once
    [InlineData("America/New_York", "23:59", "2026-03-08T04:59Z", "2026-03-09T03:59Z")]
    public void NextAfter_Daily_IsTheZonesTime(string zone, string time, string after, string expected) => Assert.Equal(
        At(expected), JobSchedule.Daily(TimeOnly.Parse(time, CultureInfo.InvariantCulture), zone).NextAfter(At(after)));

    [Theory]
    [InlineData("Asia/Seoul")]
    [InlineData("America/New_York")]
    public void NextAfter_DailyOverThreeYears_OnceOnEachDateAtThatTime(string zone)
    {
        var schedule = JobSchedule.Daily(new TimeOnly(8, 0), zone);
        var rules = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var date = new DateOnly(2024, 1, 1);
        var due = At("2023-12-31T23:30Z") - rules.GetUtcOffset(At("2023-12-31T23:30Z"));
        for (; date.Year < 2027; date = date.AddDays(1))
        {
            due = schedule.NextAfter(due)!.Value;
            var local = TimeZoneInfo.ConvertTime(due, rules);
            Assert.Equal((date, new TimeOnly(8, 0)), (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime)));
        }
    }

    [Theory]
    [InlineData("NYSE", "2025-01-15T21:19Z", "2025-01-15T21:20Z")]
    [InlineData("NYSE", "2025-01-15T21:20Z", "2025-01-16T21:20Z")]
    [InlineData("NYSE", "2025-01-17T21:20Z", "2025-01-21T21:20Z")] // a long weekend
    [InlineData("NYSE", "2025-03-07T21:20Z", "2025-03-10T20:20Z")] // the clocks change meanwhile
    [InlineData("NYSE", "2025-11-26T22:00Z", "2025-11-28T18:20Z")] // a half day after a holiday
    [InlineData("CME", "2025-01-15T22:20Z", "2025-01-16T22:20Z")]
    [InlineData("CME", "2025-01-17T23:30Z", "2025-01-21T22:20Z")]
    [InlineData("CBOE", "2025-07-15T12:00Z", "2025-07-15T20:35Z")]
    [InlineData("24/7", "2025-01-18T00:20Z", "2025-01-19T00:20Z")]
    public void NextAfter_AfterSession_TwentyMinutesAfterTheClose(string exchange, string after, string expected) => Assert.Equal(
        At(expected), JobSchedule.AfterSession(TradingCalendar.For(exchange)).NextAfter(At(after)));

    [Theory]
    [InlineData("NYSE")]
    [InlineData("CME")]
    [InlineData("CBOT")]
    [InlineData("ICE")]
    public void NextAfter_AfterSessionOverThreeYears_OnceForEachSession(string exchange)
    {
        var calendar = TradingCalendar.For(exchange);
        var schedule = JobSchedule.AfterSession(TimeSpan.FromHours(1), calendar);
        var date = calendar.PreviousSession(new DateOnly(2024, 1, 1));
        DateTimeOffset due = DateTimeOffset.FromUnixTimeSeconds(calendar.HoursOf(date).Close).AddHours(1);
        while (date.Year < 2027)
        {
            date = calendar.NextSession(date);
            due = schedule.NextAfter(due)!.Value;
            Assert.Equal(calendar.HoursOf(date).Close + 3_600, due.ToUnixTimeSeconds());
        }
    }

    [Fact]
    public void NextAfter_SeveralExchanges_EachCloseOnce()
    {
        var schedule = JobSchedule.AfterSession(
            TradingCalendar.Nyse, TradingCalendar.Nasdaq, TradingCalendar.Cme, TradingCalendar.Comex, TradingCalendar.Cbot);

        Assert.Equal(
            ["2025-01-15T19:40Z", "2025-01-15T21:20Z", "2025-01-15T22:20Z", "2025-01-16T19:40Z"],
            Dues(schedule, "2025-01-15T12:00Z", 4));
    }

    [Fact]
    public void NextAfter_Interval_StaysOnItsGrid()
    {
        var schedule = JobSchedule.Every(TimeSpan.FromMinutes(30));
        var anchor = At("2025-01-15T12:00Z");

        Assert.Equal(At("2025-01-15T12:30Z"), schedule.NextAfter(anchor));
        Assert.Equal(At("2025-01-15T12:30Z"), schedule.NextAfter(anchor, anchor));
        Assert.Equal(At("2025-01-15T12:30Z"), schedule.NextAfter(anchor.AddSeconds(59), anchor));
        Assert.Equal(At("2025-01-16T12:30Z"), schedule.NextAfter(anchor.AddDays(1), anchor));
        Assert.Equal(At("2025-01-14T12:30Z"), schedule.NextAfter(anchor.AddDays(-1), anchor));
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 29)]
    [InlineData(29, 1)]
    [InlineData(30, 30)]
    [InlineData(95, 25)]
    [InlineData(-10, 30)]
    public void NextAfter_LateRun_KeepsThePeriod(int late, int expected)
    {
        var moment = At("2025-01-15T12:00Z");

        Assert.Equal(
            moment.AddMinutes(expected), JobSchedule.Every(TimeSpan.FromMinutes(30)).NextAfter(moment, moment.AddMinutes(-late)));
    }

    [Fact]
    public void NextAfter_Manual_Never() => Assert.Null(JobSchedule.Manual.NextAfter(At("2025-01-15T12:00Z")));

    [Fact]
    public void Make_OutsideTheLimits_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.Every(TimeSpan.FromSeconds(59)));
        Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.Every(TimeSpan.FromSeconds(90)));
        Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.Every(TimeSpan.FromDays(32)));
        Assert.Throws<ArgumentException>(() => JobSchedule.Daily(new TimeOnly(8, 0), "Asia/Soul"));
        Assert.Throws<ArgumentException>(() => JobSchedule.Daily(new TimeOnly(8, 0, 30), "Asia/Seoul"));
        Assert.Throws<ArgumentException>(() => JobSchedule.AfterSession());
        Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.AfterSession(TimeSpan.FromMinutes(-1), TradingCalendar.Nyse));
    }

    [Fact]
    public void Equals_SameText_SameSchedule()
    {
        Assert.Equal(JobSchedule.Every(TimeSpan.FromMinutes(60)), JobSchedule.Every(TimeSpan.FromHours(1)));
        Assert.NotEqual(JobSchedule.Daily(new TimeOnly(8, 0), "Asia/Seoul"), JobSchedule.Daily(new TimeOnly(8, 0), "Asia/Tokyo"));
        Assert.Equal(JobSchedule.Manual.GetHashCode(), JobSchedule.Manual.GetHashCode());
    }

    private static IEnumerable<string> Dues(JobSchedule schedule, string after, int count)
    {
        var due = At(after);
        for (var i = 0; i < count; i++)
        {
            due = schedule.NextAfter(due)!.Value;
            yield return due.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
        }
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
