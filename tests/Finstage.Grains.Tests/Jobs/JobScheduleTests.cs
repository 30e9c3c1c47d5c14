using Finstage.Grains.Jobs;

namespace Finstage.Grains.Tests.Jobs;

public sealed class JobScheduleTests
{
    private static readonly DateTimeOffset Moment = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void After_Every_IsAnIntervalLater()
    {
        var schedule = JobSchedule.Every(TimeSpan.FromMinutes(90));

        Assert.Equal(Moment.AddMinutes(90), schedule.After(Moment));
        Assert.Equal("every 01:30:00", schedule.ToString());
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 29)]
    [InlineData(29, 1)]
    [InlineData(30, 30)]
    [InlineData(95, 25)]
    [InlineData(-10, 30)]
    public void After_LateRun_KeepsThePeriod(int late, int expected)
    {
        var schedule = JobSchedule.Every(TimeSpan.FromMinutes(30));

        Assert.Equal(Moment.AddMinutes(expected), schedule.After(Moment, Moment.AddMinutes(-late)));
    }

    [Fact]
    public void After_Manual_IsNever()
    {
        Assert.Null(JobSchedule.Manual.After(Moment));
        Assert.Equal("by hand", JobSchedule.Manual.ToString());
    }

    [Fact]
    public void Every_LessThanAMinute_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.Every(TimeSpan.FromSeconds(59)));
}
