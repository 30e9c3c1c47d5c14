using Finstage.Grains.Jobs;

namespace Finstage.Grains.Tests.Jobs;

public sealed class JobScheduleTextTests
{
    [Theory]
    [InlineData("every 30 min", "every 30 min")]
    [InlineData("Every 90m", "every 90 min")]
    [InlineData("every 60 minutes", "every 1 h")]
    [InlineData("every 4 h", "every 4 h")]
    [InlineData(" every  48 hours ", "every 2 d")]
    [InlineData("daily 08:00 Asia/Seoul", "daily 08:00 Asia/Seoul")]
    [InlineData("Daily at 3:05 in America/New_York", "daily 03:05 America/New_York")]
    [InlineData("after session NYSE", "after session NYSE + 20 min")]
    [InlineData("after session nyse,CME +1h", "after session NYSE, CME + 1 h")]
    [InlineData("after sessions of CMX, 24/7 + 0 min", "after session COMEX, 24/7 + 0 min")]
    [InlineData("after session NYSE, NYQ + 20 min", "after session NYSE + 20 min")]
    [InlineData("manual", "manual")]
    [InlineData("by hand", "manual")]
    public void TryParse_Schedule_IsReadAndWrittenAlike(string text, string expected)
    {
        Assert.True(JobScheduleText.TryParse(text, "Jobs:news", out var schedule, out var fault), fault);
        Assert.Equal(expected, schedule.ToString());
        Assert.True(JobScheduleText.TryParse(expected, "Jobs:news", out var again, out _));
        Assert.Equal(schedule, again);
    }

    [Theory]
    [InlineData(null, "is empty; write 'every 30 min', 'daily 08:00 Asia/Seoul', 'after session NYSE + 20 min' or 'manual'.")]
    [InlineData("hourly", "is 'hourly', which is no schedule; write 'every 30 min', 'daily 08:00 Asia/Seoul', 'after session NYSE + 20 min' or 'manual'.")]
    [InlineData("every -5 min", "has the interval '-5 min', but it must be from 1 min to 31 d; write for example 'every 30 min'.")]
    [InlineData("every 0 h", "has the interval '0 h', but it must be from 1 min to 31 d; write for example 'every 30 min'.")]
    [InlineData("every 2147483647 d", "has the interval '2147483647 d', but it must be from 1 min to 31 d; write for example 'every 30 min'.")]
    [InlineData("every soon", "has the interval 'soon', which is no length of time; write for example 'every 30 min', 'every 4 h' or 'every 1 d'.")]
    [InlineData("every 99999999999 d", "has the interval '99999999999 d', which is no length of time; write for example 'every 30 min', 'every 4 h' or 'every 1 d'.")]
    [InlineData("daily 08:00 Asia/Soul", "names the time zone 'Asia/Soul', which is unknown; write an IANA name such as Asia/Seoul; did you mean Asia/Seoul")]
    [InlineData("daily 08:00 KST9", "names the time zone 'KST9', which is unknown; write an IANA name such as Asia/Seoul")]
    [InlineData("daily 24:00 Asia/Seoul", "has the time '24:00', which is no time of day; write hours and minutes from 00:00 to 23:59.")]
    [InlineData("daily 08:00", "names no time zone; write for example 'daily 08:00 Asia/Seoul'.")]
    [InlineData("after session NYES", "names the exchange 'NYES', which is unknown; write some of NYSE, NASDAQ, CME, COMEX, NYMEX, CBOT, ICE, CBOE, 24/7; did you mean NYSE")]
    [InlineData("after session NYSE + -5 min", "has the delay '-5 min', but it must be from 0 min to 12 h; write for example 'after session NYSE + 20 min'.")]
    [InlineData("after session NYSE + 13 h", "has the delay '13 h', but it must be from 0 min to 12 h; write for example 'after session NYSE + 20 min'.")]
    public void TryParse_Fault_NamesTheFieldAndTheRemedy(string? text, string expected)
    {
        Assert.False(JobScheduleText.TryParse(text, "Jobs:news:Schedule", out var schedule, out var fault));
        Assert.Null(schedule);
        Assert.StartsWith("Jobs:news:Schedule " + expected, fault, StringComparison.Ordinal);
        Assert.True(fault[^1] is '.' or '?', fault);
    }

    [Theory]
    [InlineData("every 30 min", "30분마다", "every 30 min")]
    [InlineData("every 4 h", "4시간마다", "every 4 h")]
    [InlineData("every 7 d", "7일마다", "every 7 d")]
    [InlineData("daily 08:00 Asia/Seoul", "매일 08:00 (Asia/Seoul)", "every day at 08:00 (Asia/Seoul)")]
    [InlineData("after session NYSE, CME", "NYSE, CME 장 마감 20분 후", "20 min after each close of NYSE, CME")]
    [InlineData("after session NYSE + 0 min", "NYSE 장 마감마다", "at each close of NYSE")]
    [InlineData("manual", "수동 실행", "by hand")]
    public void Describe_Schedule_InBothLanguages(string text, string korean, string english)
    {
        Assert.True(JobScheduleText.TryParse(text, "x", out var schedule, out _));
        Assert.Equal((korean, english), (JobScheduleText.Describe(schedule, "ko"), JobScheduleText.Describe(schedule, "en")));
    }
}
