using Finstage.Grains.Ports;

namespace Finstage.Adapters.Tests.Storage;

/// <summary>Tests that hold for every database: a derived class runs them on another one than SQLite.</summary>
public abstract class StoreTests
{
    /// <summary>A new, empty store.</summary>
    protected virtual Task<TestStore> OpenAsync(params Chat[] chats) => TestStore.OpenAsync(chats);
}
