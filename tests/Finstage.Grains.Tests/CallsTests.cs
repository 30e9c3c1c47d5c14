using Finstage.Grains.Interfaces;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Tests.Hosts;
using Finstage.Testing;

namespace Finstage.Grains.Tests;

public sealed class CallsTests
{
    [Fact]
    public void Table_EveryPairOfGrains_IsAsTheDocumentSays()
    {
        var rows = Documented();

        Assert.Equal(["Bot", "Job", "Market", "News", "Notifier", "Report", "Symbol"], rows.Keys.Order(StringComparer.Ordinal));
        foreach (var (caller, callees) in rows)
        {
            Assert.Equal(callees, rows.Keys.Where(callee => Calls.Table.MayCall(caller, callee)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Call_AgainstTheTable_ThrowsAtOnceAndReachesTheCaller()
    {
        await using var world = await World.StartAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => world.Grains.Get<IProbeGrain>("p").CallMarketAsync());

        Assert.Equal("Probe/p may not call Market (chain: Probe/p).", error.Message);
        await world.Grains.Get<IProbeGrain>("p").PingAsync();
    }

    [Fact]
    public async Task Call_AgainstTheTableInAReminder_Throws()
    {
        var hooks = new ProbeHooks();
        await using var world = await World.StartAsync(hooks: hooks);

        await world.Cluster.BeatAsync<IProbeGrain>("p", "pulse").OrHangAsync();

        var error = Assert.IsType<InvalidOperationException>(await hooks.Reminded.Task.OrHangAsync());
        Assert.Equal("Probe/p may not call Market (chain: Probe/p).", error.Message);
    }

    [Fact]
    public async Task Call_FromOutside_MayCallAnyGrain()
    {
        await using var world = await World.StartAsync();

        Assert.Empty(await world.Grains.Get<IMarketGrain>(IMarketGrain.Main).ListAsync());
    }

    [Fact]
    public async Task Activation_Fails_EndsItsWorkAndTheNextCallTriesAgain()
    {
        var hooks = new ProbeHooks { FailActivation = true };
        await using var world = await World.StartAsync(hooks: hooks);

        await Assert.ThrowsAnyAsync<Exception>(() => world.Grains.Get<IProbeGrain>("p").PingAsync()).OrHangAsync();

        await hooks.WorkEnded.Task.OrHangAsync();
        await world.Grains.Get<IProbeGrain>("p").PingAsync();
    }

    // The rows of the table of grains: the kind, and whom it may call.
    private static Dictionary<string, string[]> Documented() => File.ReadLines(Path.Combine(Repository.Root, "docs", "architecture.md"))
        .SkipWhile(line => !line.StartsWith("| Grain |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(
            cells => cells[0],
            cells => cells[^1].Split(',', StringSplitOptions.TrimEntries).Where(c => c != "–").Order(StringComparer.Ordinal).ToArray());
}
