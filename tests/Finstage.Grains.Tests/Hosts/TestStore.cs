using Finstage.Adapters.Storage;
using Finstage.Grains.Ports;
using Finstage.Testing;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>A real store in a folder of its own, for tests without grains.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly TempFolder folder = new();

    private TestStore()
    {
    }

    public FakeTime Time { get; } = new(World.Start);

    public SqlStore Store { get; private set; } = null!;

    public static async Task<TestStore> OpenAsync(params Chat[] chats)
    {
        var test = new TestStore();
        test.Store = await SqlStore.OpenAsync(test.folder.File("finstage.db"), test.Time, World.Stop);
        await test.Store.SeedChatsAsync(chats, World.Stop);
        return test;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }
}
