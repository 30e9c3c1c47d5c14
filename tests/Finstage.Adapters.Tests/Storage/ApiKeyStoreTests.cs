using Finstage.Adapters.Storage;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class ApiKeyStoreTests : StoreTests
{
    [Fact]
    public async Task Create_AKey_KeepsItsHashAlone()
    {
        await using var test = await OpenAsync();

        var made = (await test.Store.Keys.CreateAsync("심볼 편집", KeyScope.Read, Start, Stop))!;

        Assert.Matches("^fs_[A-Za-z0-9_-]{43}$", made.Secret);
        var stored = Assert.Single(await test.Store.Keys.ReadAsync(Stop));
        Assert.Equal(ApiKeyStore.HashOf(made.Secret), stored.Hash);
        Assert.Equal(made.Key with { Hash = stored.Hash }, stored);
        Assert.Equal(("심볼 편집", KeyScope.Read, Start, null, null), (stored.Name, stored.Scope, stored.Created, stored.LastUsed, stored.Revoked));
        Assert.Equal(0, test.Scalar<int>($"SELECT COUNT(*) FROM api_keys WHERE key_hash LIKE '%{made.Secret[3..]}%' OR name LIKE '%{made.Secret[3..]}%'"));
    }

    [Fact]
    public async Task CreateFirst_SeveralAtOnce_GivesOneKey()
    {
        await using var test = await OpenAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => test.Store.Keys.CreateFirstAsync("first", Start, Stop)));

        Assert.Equal(KeyScope.Admin, Assert.Single(made, k => k is not null)!.Key.Scope);
        Assert.Single(await test.Store.Keys.ReadAsync(Stop));
    }

    [Fact]
    public async Task CreateFirst_AfterARevokedKey_GivesNone()
    {
        await using var test = await OpenAsync();
        var made = await test.Store.Keys.CreateAsync("gone", KeyScope.Read, Start, Stop);
        await test.Store.Keys.RevokeAsync(made!.Key.Id, Start, Stop);

        Assert.Null(await test.Store.Keys.CreateFirstAsync("first", Start, Stop));
    }

    [Fact]
    public async Task Create_MoreThanMayWork_GivesNone()
    {
        await using var test = await OpenAsync();
        for (var i = 0; i < ApiKeyStore.MaxKeys; i++)
        {
            Assert.NotNull(await test.Store.Keys.CreateAsync($"{i}", KeyScope.Read, Start, Stop));
        }

        Assert.Null(await test.Store.Keys.CreateAsync("one too many", KeyScope.Read, Start, Stop));
    }

    [Fact]
    public async Task Revoke_AKey_IsDoneOnceAndNeverOfTheLastAdmin()
    {
        await using var test = await OpenAsync();
        var keys = test.Store.Keys;
        var admin = (await keys.CreateFirstAsync("first", Start, Stop))!.Key.Id;
        var reader = (await keys.CreateAsync("reader", KeyScope.Read, Start, Stop))!.Key.Id;

        Assert.Equal(Revocation.LastAdmin, await keys.RevokeAsync(admin, Start, Stop));
        Assert.Equal(Revocation.Done, await keys.RevokeAsync(reader, Start.AddHours(1), Stop));
        Assert.Equal(Revocation.Unknown, await keys.RevokeAsync(reader, Start, Stop));
        Assert.Equal(Revocation.Unknown, await keys.RevokeAsync(999, Start, Stop));
        await keys.CreateAsync("second", KeyScope.Admin, Start, Stop);
        Assert.Equal(Revocation.Done, await keys.RevokeAsync(admin, Start, Stop));

        Assert.Equal([Start, Start.AddHours(1), null], (await keys.ReadAsync(Stop)).Select(k => k.Revoked));
    }

    [Fact]
    public async Task Revoke_ManyKeys_ForgetsTheOldestRevoked()
    {
        await using var test = await OpenAsync();
        var keys = test.Store.Keys;
        for (var i = 0; i < 103; i++)
        {
            var made = await keys.CreateAsync($"{i}", KeyScope.Read, Start, Stop);
            await keys.RevokeAsync(made!.Key.Id, Start, Stop);
        }

        var kept = await keys.ReadAsync(Stop);
        Assert.Equal((100, "3", "102"), (kept.Count, kept[0].Name, kept[^1].Name));
    }

    [Fact]
    public async Task Touch_AKey_IsSeen()
    {
        await using var test = await OpenAsync();
        var made = await test.Store.Keys.CreateFirstAsync("first", Start, Stop);

        await test.Store.Keys.TouchAsync(made!.Key.Id, Start.AddMinutes(5), Stop);

        Assert.Equal(Start.AddMinutes(5), Assert.Single(await test.Store.Keys.ReadAsync(Stop)).LastUsed);
    }
}
