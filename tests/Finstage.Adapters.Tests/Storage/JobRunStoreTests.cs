using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class JobRunStoreTests : StoreTests
{
    [Fact]
    public async Task Add_Runs_AreReadBackNewestFirst()
    {
        await using var test = await OpenAsync();
        JobRun[] runs =
        [
            Run("news", 1), Run("report", 2) with { Outcome = JobOutcome.Failed, Text = "응답 없음" },
            Run("news", 3) with { Outcome = JobOutcome.Interrupted, Ended = null, Text = string.Empty },
        ];
        foreach (var run in runs)
        {
            await test.Store.JobRuns.AddAsync(run, Stop);
        }

        Assert.Equal([runs[2], runs[0]], await test.Store.JobRuns.ReadAsync("news", 10, Stop));
        Assert.Equal([runs[2]], await test.Store.JobRuns.ReadAsync("news", 1, Stop));
        Assert.Equal([runs[1]], await test.Store.JobRuns.ReadAsync("report", 10, Stop));
        Assert.Empty(await test.Store.JobRuns.ReadAsync("highs", 10, Stop));
    }

    [Fact]
    public async Task Add_TheSameRunTwice_IsKeptOnce()
    {
        await using var test = await OpenAsync();
        await test.Store.JobRuns.AddAsync(Run("news", 1), Stop);

        await test.Store.JobRuns.AddAsync(Run("news", 1) with { Text = "again" }, Stop);

        Assert.Equal("done", Assert.Single(await test.Store.JobRuns.ReadAsync("news", 10, Stop)).Text);
    }

    [Fact]
    public async Task Add_MoreThanAreKept_ForgetsTheOldestOfThatJob()
    {
        await using var test = await OpenAsync();
        await test.Store.JobRuns.AddAsync(Run("report", 0), Stop);
        for (var i = 1; i <= IJobRuns.MaxKept + 3; i++)
        {
            await test.Store.JobRuns.AddAsync(Run("news", i), Stop);
        }

        var kept = await test.Store.JobRuns.ReadAsync("news", 1_000, Stop);

        Assert.Equal((IJobRuns.MaxKept, "run-203", "run-4"), (kept.Count, kept[0].RunId, kept[^1].RunId));
        Assert.Single(await test.Store.JobRuns.ReadAsync("report", 10, Stop));
    }

    [Fact]
    public async Task Add_AnErrorWithoutEnd_IsCut()
    {
        await using var test = await OpenAsync();

        await test.Store.JobRuns.AddAsync(Run("news", 1) with { Text = new string('x', 100_000) }, Stop);

        Assert.Equal(2_000, Assert.Single(await test.Store.JobRuns.ReadAsync("news", 1, Stop)).Text.Length);
    }

    private static JobRun Run(string job, int n) => new(
        job, $"run-{n}", Start.AddMinutes(n), Start.AddMinutes(n).AddSeconds(2), JobOutcome.Done, TimeSpan.FromSeconds(2), "done");
}
