using Finstage.Adapters.Storage;
using Finstage.Testing;
using Microsoft.Data.Sqlite;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public sealed class SqliteFileTests : IDisposable
{
    private readonly TempFolder temp = new();

    private string Path => temp.File("finstage.db");

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(5_000)]
    [InlineData(8_192)]
    public async Task Open_RandomBytes_IsRefusedAndKept(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        await File.WriteAllBytesAsync(Path, bytes, Stop);

        var e = await Refused(StoreFault.Corrupt);

        Assert.Contains("Restore a backup", e.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path, Stop));
    }

    [Fact]
    public async Task Open_GarbageBehindTheHeader_IsRefusedAndKept()
    {
        var bytes = await GoodFileAsync();
        new Random(1).NextBytes(bytes.AsSpan(100));
        await File.WriteAllBytesAsync(Path, bytes, Stop);

        await Refused(StoreFault.Corrupt);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path, Stop));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(4_096)]
    [InlineData(20_480)]
    [InlineData(-1)]
    [InlineData(-4_096)]
    public async Task Open_TruncatedFile_IsRefusedAndKept(int length)
    {
        var bytes = await GoodFileAsync();
        bytes = bytes[..(length < 0 ? bytes.Length + length : length)];
        await File.WriteAllBytesAsync(Path, bytes, Stop);

        await Refused(StoreFault.Corrupt);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path, Stop));
    }

    [Fact]
    public async Task Open_OneSpoiledPage_IsRefused()
    {
        var bytes = await GoodFileAsync();
        new Random(2).NextBytes(bytes.AsSpan(bytes.Length - 4_096));
        await File.WriteAllBytesAsync(Path, bytes, Stop);

        await Refused(StoreFault.Corrupt);
    }

    [Fact]
    public async Task Open_EmptyFile_IsANewStore()
    {
        // A process that was killed between creating and writing the file leaves it so.
        temp.Write("finstage.db", string.Empty);

        await using var store = await SqlStore.OpenAsync(Path, new FakeTime(Start), cancellation: Stop);

        Assert.Empty(await store.ReadSeriesAsync(null, Stop));
    }

    [Fact]
    public async Task Open_EmptyFileBesideALog_IsRefused()
    {
        temp.Write("finstage.db", string.Empty);
        temp.Write("finstage.db-wal", "something");

        await Refused(StoreFault.Corrupt);

        Assert.Equal("something", await File.ReadAllTextAsync(Path + "-wal", Stop));
    }

    [Fact]
    public async Task Open_ForeignDatabase_IsRefusedAndKept()
    {
        using (var connection = SqliteFile.OpenWriter(Path))
        {
            connection.Run("CREATE TABLE songs (name TEXT)");
        }

        var bytes = await File.ReadAllBytesAsync(Path, Stop);

        await Refused(StoreFault.Foreign);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path, Stop));
    }

    [Fact]
    public async Task Open_Folder_IsRefused()
    {
        Directory.CreateDirectory(Path);

        await Refused(StoreFault.Unavailable);
    }

    [Fact]
    public async Task Read_PageSpoiledWhileOpen_IsAStoreException()
    {
        await GoodFileAsync();
        await using var store = await SqlStore.OpenAsync(Path, new FakeTime(Start), cancellation: Stop);
        var bytes = await File.ReadAllBytesAsync(Path, Stop);
        new Random(3).NextBytes(bytes.AsSpan(4_096));
        await using (var file = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            await file.WriteAsync(bytes, Stop);
        }

        var e = await Assert.ThrowsAsync<StoreException>(() => store.ReadSeriesAsync(null, Stop));

        Assert.Equal(StoreFault.Corrupt, e.Fault);
    }

    [Fact]
    public void Translate_ErrorOfAStatement_IsNotTheFiles()
    {
        Assert.Null(SqliteFile.Translate(new SqliteException("constraint", 19), Path));
        Assert.Equal(StoreFault.Unavailable, SqliteFile.Translate(new SqliteException("full", 13), Path)?.Fault);
    }

    public void Dispose() => temp.Dispose();

    private async Task<byte[]> GoodFileAsync()
    {
        await using (var store = await SqlStore.OpenAsync(Path, new FakeTime(Start), cancellation: Stop))
        {
            await store.CommitAsync(Commit(0, Candles(1, 2_000)), Stop);
        }

        return await File.ReadAllBytesAsync(Path, Stop);
    }

    private async Task<StoreException> Refused(StoreFault fault)
    {
        var e = await Assert.ThrowsAsync<StoreException>(
            () => SqlStore.OpenAsync(Path, new FakeTime(Start), cancellation: Stop));
        Assert.Equal(fault, e.Fault);
        Assert.Equal(Path, e.File);
        Assert.Contains(Path, e.Message, StringComparison.Ordinal);
        return e;
    }
}
