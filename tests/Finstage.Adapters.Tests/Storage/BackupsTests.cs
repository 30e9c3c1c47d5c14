using Finstage.Adapters.Storage;
using Finstage.Testing;
using Microsoft.Data.Sqlite;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public sealed class BackupsTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Write_AnOpenStore_IsWholeAndCheckedAndTheStoreGoesOn()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 50)));

        var written = await new Backups(temp.File("b"), 7).WriteAsync(test.Store, Start, Stop);
        await test.CommitAsync(Commit(1, Candles(51, 1)));

        Assert.Equal((temp.File("b/finstage-20250303T120000Z.db"), Schema.Steps.Count, 1, 50), (written.Path, written.SchemaVersion, (int)written.Series, (int)written.Candles));
        Assert.Equal(written.Bytes, new FileInfo(written.Path).Length);
        Assert.Equal([written.Path], Directory.GetFiles(temp.File("b")));
    }

    [Fact]
    public async Task Write_MoreThanAreKept_ForgetsTheOldestAndLeavesOtherFilesAlone()
    {
        await using var test = await OpenAsync();
        var backups = new Backups(temp.File("b"), 2);
        Directory.CreateDirectory(temp.File("b"));
        await File.WriteAllTextAsync(temp.File("b/finstage-of-mine.db"), "mine", Stop);
        for (var day = 0; day < 4; day++)
        {
            await backups.WriteAsync(test.Store, Start.AddDays(day), Stop);
        }

        Assert.Equal(["finstage-20250306T120000Z.db", "finstage-20250305T120000Z.db"], backups.Files.Select(Path.GetFileName));
        Assert.True(File.Exists(temp.File("b/finstage-of-mine.db")));
    }

    [Fact]
    public async Task Write_DamagedDatabase_FailsAndKeepsTheOlderOnes()
    {
        var database = await NewDatabaseAsync(400);
        var backups = new Backups(temp.File("b"), 1);
        var good = await backups.WriteAsync(database, Start, Stop);
        Spoil(database);

        await Assert.ThrowsAsync<StoreException>(() => backups.WriteAsync(database, Start.AddDays(1), Stop));

        Assert.Equal([good.Path], backups.Files);
    }

    [Fact]
    public async Task Restore_ABackup_BringsBackWhatWasThereAndKeepsWhatIs()
    {
        var database = await NewDatabaseAsync(400);
        var backup = await new Backups(temp.File("data/backups"), 7).WriteAsync(database, Start, Stop);
        await ChangeAsync(database, 400, 100);

        RestoreResult result;
        using (var folder = DataFolder.Open(temp.File("data")))
        {
            result = await Backups.RestoreAsync(folder, backup.Path, Start, Stop);
        }

        Assert.Equal(400, await CandlesOfAsync(database));
        Assert.Equal(database + ".before-20250303T120000Z", result.Former);
        Assert.Equal(500, await CandlesOfAsync(result.Former!));
        Assert.True(File.Exists(backup.Path));
        Assert.False(File.Exists(database + ".restoring"));
    }

    [Fact]
    public async Task Restore_OverADamagedDatabase_PutsItAsideWithItsLog()
    {
        var database = await NewDatabaseAsync(400);
        var backup = await new Backups(temp.File("data/backups"), 7).WriteAsync(database, Start, Stop);
        await File.WriteAllTextAsync(database, "no database at all", Stop);
        await File.WriteAllTextAsync(database + "-wal", "a log", Stop);

        using (var folder = DataFolder.Open(temp.File("data")))
        {
            var result = await Backups.RestoreAsync(folder, backup.Path, Start, Stop);
            Assert.Equal("no database at all", await File.ReadAllTextAsync(result.Former!, Stop));
            Assert.Equal("a log", await File.ReadAllTextAsync(result.Former + "-wal", Stop));
        }

        Assert.Equal(400, await CandlesOfAsync(database));
    }

    [Fact]
    public async Task Restore_IntoAnEmptyFolder_NeedsNothingThere()
    {
        var backup = await new Backups(temp.File("b"), 7).WriteAsync(await NewDatabaseAsync(40), Start, Stop);

        using (var folder = DataFolder.Open(temp.File("new")))
        {
            Assert.Null((await Backups.RestoreAsync(folder, backup.Path, Start, Stop)).Former);
        }

        Assert.Equal(40, await CandlesOfAsync(temp.File("new/finstage.db")));
    }

    [Theory]
    [InlineData("spoiled", "damage")]
    [InlineData("cut", "Its end is missing")]
    [InlineData("text", "does not begin as an SQLite database")]
    [InlineData("empty", "no database of Finstage")]
    [InlineData("foreign", "no database of Finstage")]
    [InlineData("newer", "with the version of Finstage that wrote it")]
    [InlineData("missing", "no such file")]
    public async Task Restore_WhatIsNoGoodBackup_IsRefusedAndNothingIsChanged(string kind, string expected)
    {
        var database = await NewDatabaseAsync(400);
        var backup = (await new Backups(temp.File("b"), 7).WriteAsync(database, Start, Stop)).Path;
        await SpoilAsync(kind, backup);
        var before = await File.ReadAllBytesAsync(database, Stop);

        using var folder = DataFolder.Open(temp.File("data"));
        var fault = await Assert.ThrowsAsync<BackupException>(() => Backups.RestoreAsync(folder, backup, Start, Stop));

        Assert.Contains(expected, fault.Message);
        Assert.Contains("Nothing was changed", fault.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(database, Stop));
        Assert.Empty(Directory.GetFiles(temp.File("data"), "*before*"));
    }

    private static async Task SpoilAsync(string kind, string backup)
    {
        switch (kind)
        {
            case "spoiled":
                Spoil(backup);
                break;
            case "cut":
                await using (var file = new FileStream(backup, FileMode.Open))
                {
                    file.SetLength(file.Length - 1_000);
                }

                break;
            case "text":
                await File.WriteAllTextAsync(backup, new string('x', 5_000), Stop);
                break;
            case "empty":
                await File.WriteAllBytesAsync(backup, [], Stop);
                break;
            case "foreign":
                File.Delete(backup);
                Execute(backup, "CREATE TABLE other (x INTEGER)");
                break;
            case "newer":
                Execute(backup, "INSERT INTO schema_version VALUES (100000, 1)");
                break;
            default:
                File.Delete(backup);
                break;
        }
    }

    // Pages in the middle, which nothing but a look at all of them finds.
    private static void Spoil(string path)
    {
        using var file = new FileStream(path, FileMode.Open);
        var noise = new byte[4_096 * 3];
        new Random(7).NextBytes(noise);
        file.Position = file.Length / 4_096 / 2 * 4_096;
        file.Write(noise);
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task ChangeAsync(string database, int from, int count)
    {
        await using var store = await SqlStore.OpenAsync(database, new FakeTime(Start), Stop);
        var revision = (await store.ReadSeriesAsync(null, Stop)) is [var known, ..] ? known.Revision : 0;
        await store.CommitAsync(Commit(revision, Candles(from, count)), Stop);
    }

    private static async Task<long> CandlesOfAsync(string database)
    {
        await using var store = await SqlStore.OpenAsync(database, new FakeTime(Start), Stop);
        return (await store.ReadSeriesAsync(null, Stop)).Sum(s => s.Candles);
    }

    private async Task<string> NewDatabaseAsync(int candles)
    {
        Directory.CreateDirectory(temp.File("data"));
        var database = temp.File("data/finstage.db");
        await ChangeAsync(database, 0, candles);
        return database;
    }
}
