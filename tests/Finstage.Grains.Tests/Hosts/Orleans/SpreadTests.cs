using Finstage.Grains.Interfaces.Symbols;

namespace Finstage.Grains.Tests.Hosts;

public sealed class SpreadTests
{
    [Fact]
    public async Task Symbols_Many_LiveOnBothSilos()
    {
        await using var world = await World.StartAsync();

        for (var i = 0; i < 60; i++)
        {
            await world.Grains.Get<ISymbolGrain>($"S{i}").DescribeAsync();
        }

        var active = await world.Cluster.ActiveAsync();
        Assert.Equal(60, active.Count);
        Assert.Equal(2, active.Select(grain => grain.SiloAddress).Distinct().Count());
    }

    [Fact]
    public async Task PutAllAway_LiveGrains_LeavesNone()
    {
        await using var world = await World.StartAsync();
        await world.Grains.Get<ISymbolGrain>("S").DescribeAsync();
        Assert.NotEmpty(await world.Cluster.ActiveAsync());

        await world.Cluster.PutAllAwayAsync();

        Assert.Empty(await world.Cluster.ActiveAsync());
    }
}
