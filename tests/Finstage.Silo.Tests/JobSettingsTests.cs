using Finstage.Grains.Jobs;
using Microsoft.Extensions.Configuration;

namespace Finstage.Silo.Tests;

public sealed class JobSettingsTests
{
    [Fact]
    public void Names_OfEveryJob_AreFound()
    {
        Assert.All(
            (string[])["history", "monitor", "highs", "drop", "patterns", "clusters", "backtests", "report", "optimize", "samples", "demo", "replay"],
            name => Assert.Contains(name, JobSettings.Names));
        Assert.Equal(JobSettings.Names.Distinct(), JobSettings.Names);
    }

    [Fact]
    public async Task Names_OfTheJobsThatAreInPlace_AreThoseTheyHave()
    {
        await using var silo = await SiloUnderTest.StartAsync();

        Assert.All(silo.Service<IEnumerable<IJobWork>>(), work => Assert.Contains(work.Name, JobSettings.Names));
    }

    [Fact]
    public void Read_PlansThatMakeSense_AreTaken()
    {
        var (plans, faults) = Read(("Jobs:monitor:Schedule", "every 1 min"), ("Jobs:REPORT:enabled", "False"), ("Jobs:highs:Schedule", "manual"));

        Assert.Empty(faults);
        Assert.Equal("every 1 min", plans.ScheduleOf(new Work("monitor")).ToString());
        Assert.Equal((false, "manual"), (plans.IsEnabled("report"), plans.ScheduleOf(new Work("report")).ToString()));
        Assert.Equal((true, "manual"), (plans.IsEnabled("highs"), plans.ScheduleOf(new Work("highs")).ToString()));
        Assert.Equal((true, "every 30 min"), (plans.IsEnabled("drop"), plans.ScheduleOf(new Work("drop")).ToString()));
    }

    [Theory]
    [InlineData("Jobs:monitr:Schedule", "every 1 min", "Jobs:monitr", "monitor?")]
    [InlineData("Jobs:monitor:Schedule", "hourly", "Jobs:monitor:Schedule is 'hourly'", "every 30 min")]
    [InlineData("Jobs:report:Schedule", "daily 08:00 Asia/Soul", "Jobs:report:Schedule", "Asia/Seoul")]
    [InlineData("Jobs:highs:Schedule", "every -4 h", "Jobs:highs:Schedule", "1 min to 31 d")]
    [InlineData("Jobs:highs:Schedule", "", "Jobs:highs:Schedule is empty", "manual")]
    [InlineData("Jobs:highs:Enabled", "maybe", "Jobs:highs:Enabled", "neither true nor false")]
    [InlineData("Jobs:highs:Every", "4 h", "Jobs:highs:Every", "Schedule and Enabled")]
    [InlineData("Jobs:highs", "every 4 h", "Jobs:highs", "Jobs:highs:Schedule")]
    public void Read_WhatMakesNoSense_NamesTheSettingAndWhatToWrite(string name, string value, string setting, string hint)
    {
        var fault = Assert.Single(Read((name, value)).Faults);

        Assert.StartsWith(setting, fault, StringComparison.Ordinal);
        Assert.Contains(hint, fault);
    }

    [Fact]
    public void Read_SeveralFaults_AreAllListedWithTheOthers()
    {
        var configuration = Configuration(("Jobs:nwes:Enabled", "true"), ("Jobs:monitor:Schedule", "never"), ("Silo:Language", "fr"));

        var faults = Assert.Throws<SettingsException>(() => SiloSettings.Read(configuration)).Faults;

        Assert.Equal(3, faults.Count);
    }

    private static (JobPlans Plans, List<string> Faults) Read(params (string Name, string Value)[] settings)
    {
        var faults = new List<string>();
        return (JobSettings.Read(Configuration(settings), faults), faults);
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build();

    private sealed class Work(string name) : IJobWork
    {
        public string Name => name;

        public JobSchedule Schedule => JobSchedule.Every(TimeSpan.FromMinutes(30));

        public Task<string> RunAsync(Hosting.IGrains grains, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
