using Finstage.Adapters.Storage;
using Finstage.Silo.Access;
using Finstage.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Finstage.Silo.Tests.Access;

public sealed class KeyRingTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly FakeTime time = new(Start);
    private SqlStore store = null!;
    private KeyRing ring = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        store = await SqlStore.OpenAsync(folder.File("finstage.db"), time, Stop);
        ring = new KeyRing(store.Keys, time, NullLogger<KeyRing>.Instance);
        await store.Keys.CreateFirstAsync("first", Start, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        ring.Dispose();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Find_KeyRevokedByAnotherSilo_WorksTenSecondsLongerAtMost()
    {
        var made = (await store.Keys.CreateAsync("a", KeyScope.Read, Start, Stop))!;

        Assert.NotNull(await ring.FindAsync(made.Secret, Stop));
        await store.Keys.RevokeAsync(made.Key.Id, Start, Stop);
        await time.AdvanceAsync(KeyRing.Age - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await ring.FindAsync(made.Secret, Stop));
        await time.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Null(await ring.FindAsync(made.Secret, Stop));
    }

    [Fact]
    public async Task Find_AfterForgetting_SeesAtOnceWhatIsStored()
    {
        Assert.Null(await ring.FindAsync("fs_x", Stop));
        var made = (await store.Keys.CreateAsync("a", KeyScope.Read, Start, Stop))!;
        Assert.Null(await ring.FindAsync(made.Secret, Stop));

        ring.Forget();

        Assert.Equal("a", (await ring.FindAsync(made.Secret, Stop))!.Name);
    }

    [Fact]
    public async Task Find_TheSameKeyOften_NotesItsUseOnceAMinute()
    {
        var made = (await store.Keys.CreateAsync("a", KeyScope.Read, Start, Stop))!;

        await ring.FindAsync(made.Secret, Stop);
        await time.AdvanceAsync(TimeSpan.FromSeconds(59));
        await ring.FindAsync(made.Secret, Stop);
        Assert.Equal(Start, await LastUsedAsync(made));
        await time.AdvanceAsync(TimeSpan.FromSeconds(1));
        await ring.FindAsync(made.Secret, Stop);

        Assert.Equal(Start.AddMinutes(1), await LastUsedAsync(made));
    }

    private async Task<DateTimeOffset?> LastUsedAsync(NewApiKey made) => (await store.Keys.ReadAsync(Stop)).Single(k => k.Id == made.Key.Id).LastUsed;
}
