using Finstage.Grains.Monitoring;
using Finstage.Silo.Monitoring;

namespace Finstage.Silo.Tests.Monitoring;

public sealed class PerformanceMonitorTests
{
    private readonly string own = Guid.NewGuid().ToString("n");

    [Fact]
    public void Statistics_OfSeveralRuns_AreCountTotalMinMaxAverageAndLast()
    {
        using var monitor = new PerformanceMonitor();
        foreach (var (seconds, isWell) in new[] { (2.0, true), (0.5, false), (4.0, true), (1.5, true) })
        {
            Operations.Record(own, "a", TimeSpan.FromSeconds(seconds), isWell);
        }

        Operations.Record(own, "b", TimeSpan.FromSeconds(9), isWell: true);

        Assert.Equal(
            [
                new OperationStatistics(own, "a", 4, 1, Seconds(8), Seconds(0.5), Seconds(4), Seconds(1.5)),
                new OperationStatistics(own, "b", 1, 0, Seconds(9), Seconds(9), Seconds(9), Seconds(9)),
            ],
            monitor.Statistics.Where(s => s.Operation == own));
        Assert.Equal(Seconds(2), monitor.Statistics.Single(s => s.Operation == own && s.Subject == "a").Average);
    }

    [Fact]
    public async Task Time_WorkThatFails_IsCountedAsFailedAndThrows()
    {
        using var monitor = new PerformanceMonitor();

        await Assert.ThrowsAsync<FormatException>(() => Operations.TimeAsync<int>(own, "a", () => throw new FormatException("planted")));
        Assert.Equal(7, await Operations.TimeAsync(own, "a", () => Task.FromResult(7)));

        var statistics = Assert.Single(monitor.Statistics, s => s.Operation == own);
        Assert.Equal((2, 1), (statistics.Count, statistics.Failed));
    }

    [Fact]
    public async Task Record_ManyThreads_LosesNone()
    {
        using var monitor = new PerformanceMonitor();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                Operations.Record(own, "a", Seconds(1), isWell: true);
            }
        })));

        var statistics = Assert.Single(monitor.Statistics, s => s.Operation == own);
        Assert.Equal((8_000, Seconds(8_000)), (statistics.Count, statistics.Total));
    }

    [Fact]
    public void Record_MoreOperationsThanAreToldApart_CountsTheRestAsOne()
    {
        using var monitor = new PerformanceMonitor();
        for (var i = 0; i < PerformanceMonitor.MaxOperations + 50; i++)
        {
            Operations.Record(own, $"{i}", Seconds(1), isWell: true);
        }

        Assert.True(monitor.Statistics.Count <= PerformanceMonitor.MaxOperations + 1);
        Assert.True(monitor.Statistics.Single(s => s.Operation == "other").Count >= 50);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
