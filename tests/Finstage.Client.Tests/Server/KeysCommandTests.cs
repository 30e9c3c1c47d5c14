using Finstage.Adapters.Storage;
using Finstage.Testing;

namespace Finstage.Client.Tests.Server;

/// <summary>Keys made on a data folder, and words that make no sense.</summary>
public sealed class KeysCommandTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Create_InAFolderThatNoSiloHolds_MakesAKey()
    {
        await (await SqlStore.OpenAsync(folder.File(DataFolder.DatabaseName), TimeProvider.System, Stop)).DisposeAsync();

        var run = await Run.Of("keys", "create", "desk", "--scope", "admin", "--data", folder.Path);

        Assert.Equal(0, run.Code);
        await using var store = await SqlStore.OpenAsync(folder.File(DataFolder.DatabaseName), TimeProvider.System, Stop);
        var key = Assert.Single(await store.Keys.ReadAsync(Stop));
        Assert.Equal(("desk", KeyScope.Admin), (key.Name, key.Scope));
        Assert.Equal(ApiKeyStore.HashOf(Assert.Single(run.Lines)), key.Hash);
    }

    [Theory]
    [InlineData("holds no finstage.db", "desk", "--data", ".")]
    [InlineData("--scope", "desk", "--scope", "root", "--data", ".")]
    [InlineData("name", " ", "--data", ".")]
    [InlineData("--key", "desk", "--key", "fs_ä")]
    public async Task Create_WhatMakesNoSense_IsWrongUsage(string expected, params string[] words)
    {
        var run = await Run.Of(["keys", "create", .. words.Select(w => w == "." ? folder.File("none") : w)]);

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error);
        Assert.False(Directory.Exists(folder.File("none")));
    }
}
