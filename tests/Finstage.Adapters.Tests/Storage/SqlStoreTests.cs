using Finstage.Adapters.Storage;
using Finstage.Testing;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public sealed class SqlStoreTests
{
    [Fact]
    public async Task Backup_WhileOpen_IsAWholeStore()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 500)));
        var target = Path.Combine(test.Folder, "backups", "one.db");

        await test.Store.BackupAsync(target, Stop);
        await test.CommitAsync(Commit(1, Candles(501, 1)));
        await test.Store.BackupAsync(target, Stop);

        await using var copy = await SqlStore.OpenAsync(target, test.Time, Stop);
        Assert.Equal(501, Assert.Single(await copy.ReadSeriesAsync(null, Stop)).Candles);
        Assert.False(File.Exists(target + ".tmp"));
    }

    [Fact]
    public async Task Backup_LeftoverOfACrash_IsNoHindrance()
    {
        await using var test = await OpenAsync();
        var target = Path.Combine(test.Folder, "one.db");
        await File.WriteAllTextAsync(target + ".tmp", "half a backup", Stop);

        await test.Store.BackupAsync(target, Stop);

        Assert.True(File.Exists(target));
    }

    [Fact]
    public async Task Backup_WhereNothingCanBeWritten_IsAStoreExceptionAndKeepsTheStoreWorking()
    {
        await using var test = await OpenAsync();
        var file = Path.Combine(test.Folder, "file");
        await File.WriteAllTextAsync(file, "x", Stop);

        var e = await Assert.ThrowsAsync<StoreException>(() => test.Store.BackupAsync(Path.Combine(file, "one.db"), Stop));

        Assert.Equal(StoreFault.Unavailable, e.Fault);
        await test.CommitAsync(Commit(0, Candles(1, 1)));
    }

    [Fact]
    public async Task Backup_OverTheStoreItself_IsRefused()
    {
        await using var test = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => test.Store.BackupAsync(test.Path, Stop));
    }

    [Fact]
    public async Task Optimize_AfterWrites_EmptiesTheLog()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 500)));

        await test.Store.OptimizeAsync(Stop);

        Assert.Equal(0, new FileInfo(test.Path + "-wal").Length);
        Assert.Equal(500, Assert.Single(await test.Store.ReadSeriesAsync(null, Stop)).Candles);
    }

    [Fact]
    public async Task Dispose_Twice_LeavesOneCleanFile()
    {
        await using var test = await OpenAsync();
        await test.CommitAsync(Commit(0, Candles(1, 5)));

        await test.Store.DisposeAsync();
        await test.Store.DisposeAsync();

        Assert.Equal([test.Path], Directory.GetFiles(test.Folder));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => test.Store.ReadSeriesAsync(null, Stop));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => test.CommitAsync(Commit(1)));
    }

    [Theory]
    [InlineData(0, 64, 4)]
    [InlineData(1_024, 0, 4)]
    [InlineData(1_024, 64, 65)]
    public async Task Open_LimitOutOfRange_IsRefused(int queue, int group, int readers)
    {
        using var folder = new TempFolder();
        var options = new SqliteStoreOptions { QueueMax = queue, GroupMax = group, ReadersMax = readers };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => SqlStore.OpenAsync(folder.File("finstage.db"), new FakeTime(Start), options, Stop));
    }

    [Fact]
    public async Task Commit_FiftyFiveSymbolsOfTenYears_AreAllStored()
    {
        await using var test = await OpenAsync();
        const int years = 2_545;
        var candles = Candles(1, years);

        await Task.WhenAll(Enumerable.Range(0, 55).Select(i => test.CommitAsync(Commit(0, candles, symbol: $"S{i}"))));

        var series = await test.Store.ReadSeriesAsync(null, Stop);
        Assert.Equal((55, 55L * years), (series.Count, series.Sum(s => s.Candles)));
        Assert.Equal(candles, await test.Store.ReadCandlesAsync("S54", Finstage.Analysis.Candles.CandleInterval.OneDay, 0, long.MaxValue, int.MaxValue, Stop));
    }
}
