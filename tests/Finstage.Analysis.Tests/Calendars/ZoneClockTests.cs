using Finstage.Analysis.Calendars;
using static Finstage.Analysis.Tests.Calendars.CalendarTexts;

namespace Finstage.Analysis.Tests.Calendars;

public sealed class ZoneClockTests
{
    [Theory]
    [InlineData("Asia/Seoul", "2025-01-16", "08:00", "2025-01-15T23:00Z")]
    [InlineData("America/New_York", "2025-01-16", "08:00", "2025-01-16T13:00Z")]
    [InlineData("America/New_York", "2025-07-16", "08:00", "2025-07-16T12:00Z")]
    [InlineData("America/New_York", "2024-03-10", "02:30", "2024-03-10T07:00Z")] // skipped: 03:00 is the first moment after
    [InlineData("America/New_York", "2025-03-09", "02:00", "2025-03-09T07:00Z")]
    [InlineData("America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00Z")]
    [InlineData("America/New_York", "2024-11-03", "01:30", "2024-11-03T05:30Z")] // shown twice: the first
    [InlineData("America/New_York", "2025-11-02", "02:00", "2025-11-02T07:00Z")]
    [InlineData("Asia/Beirut", "2025-03-30", "00:00", "2025-03-29T22:00Z")] // midnight itself is skipped
    [InlineData("Etc/UTC", "2025-03-30", "00:00", "2025-03-30T00:00Z")]
    public void When_TimeOfADate_FirstMomentThatShowsIt(string zone, string date, string time, string expected) => Assert.Equal(
        expected, Utc(ZoneClock.Find(zone)!.When(Date(date), TimeOnly.Parse(time, null)).ToUnixTimeSeconds()));

    [Fact]
    public void DateAt_AroundMidnight_IsTheZones()
    {
        var seoul = ZoneClock.Find("Asia/Seoul")!;

        Assert.Equal(Date("2025-01-15"), seoul.DateAt(DateTimeOffset.FromUnixTimeSeconds(Time("2025-01-15T14:59Z"))));
        Assert.Equal(Date("2025-01-16"), seoul.DateAt(DateTimeOffset.FromUnixTimeSeconds(Time("2025-01-15T15:00Z"))));
    }

    [Theory]
    [InlineData("Asia/Soul")]
    [InlineData("asia/seoul")]
    [InlineData("")]
    public void Find_UnknownZone_Null(string zone)
    {
        Assert.Null(ZoneClock.Find(zone));
        Assert.Contains("Asia/Seoul", ZoneClock.Names);
    }
}
