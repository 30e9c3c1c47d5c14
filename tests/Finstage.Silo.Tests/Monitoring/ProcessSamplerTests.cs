using Finstage.Silo.Monitoring;
using Finstage.Testing;

namespace Finstage.Silo.Tests.Monitoring;

public sealed class ProcessSamplerTests
{
    private readonly FakeTime time = new(new DateTimeOffset(2025, 3, 3, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Samples_OfThree_AreSharesOfTimeAndSizes()
    {
        var uses = new Queue<ProcessUse>([new(10, 100), new(13, 400), new(13, 100)]);
        using var sampler = new ProcessSampler(time, uses.Dequeue);

        sampler.Take();
        Assert.Equal(new ProcessSamples(1, 0, 0, 0, 100, 100, 100), sampler.Samples);
        await time.AdvanceAsync(TimeSpan.FromSeconds(10));
        sampler.Take();
        await time.AdvanceAsync(TimeSpan.FromSeconds(10));
        sampler.Take();

        Assert.Equal(new ProcessSamples(3, 0, 0.3, 0.15, 100, 400, 200), sampler.Samples);
    }

    [Fact(Timeout = 20_000)]
    public async Task Run_ByTheClock_LooksEveryFifteenSeconds()
    {
        var looks = 0;
        using var sampler = new ProcessSampler(time, () => new ProcessUse(++looks, 1));

        await sampler.StartAsync(CancellationToken.None);
        for (var look = 1; look <= 5; look++)
        {
            while (sampler.Samples.Count < look)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            await time.AdvanceAsync(look < 5 ? ProcessSampler.Spacing : TimeSpan.Zero);
        }

        await sampler.StopAsync(CancellationToken.None);

        Assert.Equal(5, looks);
        Assert.Equal(1 / 15.0, sampler.Samples.CpuAverage, 1e-9);
    }

    [Fact]
    public void Now_OfThisProcess_IsMoreThanNothing()
    {
        var use = ProcessUse.Now();

        Assert.True(use is { CpuSeconds: > 0, MemoryBytes: > 1_000_000 }, use.ToString());
    }
}
