using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class LeaseStoreTests : StoreTests
{
    private static readonly DateTimeOffset End = Start.AddSeconds(60);

    [Fact]
    public async Task TryHold_HeldByAnother_WaitsForItsEnd()
    {
        await using var test = await OpenAsync();
        var leases = test.Store.Leases;

        Assert.True(await leases.TryHoldAsync("feed", "a", Start, End, Stop));
        Assert.False(await leases.TryHoldAsync("feed", "b", End.AddMilliseconds(-1), End.AddSeconds(60), Stop));
        Assert.True(await leases.TryHoldAsync("bot", "b", Start, End, Stop));
        Assert.True(await leases.TryHoldAsync("feed", "b", End, End.AddSeconds(60), Stop));
        Assert.False(await leases.TryHoldAsync("feed", "a", End, End.AddSeconds(60), Stop));
    }

    [Fact]
    public async Task TryHold_OwnLeaseToTheSameEnd_IsStillHeld()
    {
        await using var test = await OpenAsync();
        await test.Store.Leases.TryHoldAsync("feed", "a", Start, End, Stop);

        Assert.True(await test.Store.Leases.TryHoldAsync("feed", "a", Start, End, Stop));
    }

    [Fact]
    public async Task TryHold_ManyAtOnce_OneHasIt()
    {
        await using var test = await OpenAsync();

        var held = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => test.Store.Leases.TryHoldAsync("feed", $"silo-{i}", Start, End, Stop)));

        Assert.Single(held, isHeld => isHeld);
    }

    [Fact]
    public async Task Release_ByAnother_ChangesNothing()
    {
        await using var test = await OpenAsync();
        await test.Store.Leases.TryHoldAsync("feed", "a", Start, End, Stop);

        await test.Store.Leases.ReleaseAsync("feed", "b", Start, Stop);
        Assert.False(await test.Store.Leases.TryHoldAsync("feed", "b", Start, End, Stop));

        await test.Store.Leases.ReleaseAsync("feed", "a", Start, Stop);
        Assert.True(await test.Store.Leases.TryHoldAsync("feed", "b", Start, End, Stop));
    }
}
