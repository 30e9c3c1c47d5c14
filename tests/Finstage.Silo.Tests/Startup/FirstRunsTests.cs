using System.Text.Json;
using Finstage.Testing;

namespace Finstage.Silo.Tests.Startup;

public sealed class FirstRunsTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Start_OfANewSilo_FindsInsightsOnceButForWhatIsSwitchedOff()
    {
        await using (var first = await StartAsync(("Jobs:patterns:Enabled", "false")))
        {
            await first.UntilAsync(async () => Runs(await JobAsync(first, "clusters")) == 1 && Runs(await JobAsync(first, "backtests")) == 1);

            Assert.Equal(0, Runs(await JobAsync(first, "patterns")));
            Assert.NotEqual(JsonValueKind.Null, (await first.GetAsync("/api/backtests/leaderboard")).GetProperty("ranAt").ValueKind);
            Assert.NotEqual(JsonValueKind.Null, (await first.GetAsync("/api/clusters/AAPL")).GetProperty("ranAt").ValueKind);
        }

        await using var second = await StartAsync();
        await second.UntilAsync(async () => Runs(await JobAsync(second, "patterns")) == 1);

        // It stands before the patterns, so it would have been set to work by now.
        var backtests = await JobAsync(second, "backtests");
        Assert.Equal(1, Runs(backtests));
        Assert.False(backtests.GetProperty("running").GetBoolean());
    }

    private static long Runs(JsonElement job) => job.GetProperty("runs").GetInt64();

    private static Task<JsonElement> JobAsync(SiloUnderTest silo, string name) => silo.GetAsync($"/api/jobs/{name}");

    private Task<SiloUnderTest> StartAsync(params (string Name, string Value)[] settings) =>
        SiloUnderTest.StartAsync([("Silo:Data", folder.Path), ("Silo:FirstInsights", "true"), .. settings]);
}
