using Dapper;
using Finstage.Adapters.Storage;
using Microsoft.Data.Sqlite;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public sealed class SqliteWriterTests
{
    private const string Insert = "INSERT INTO grain_state (grain_kind, grain_key, name, json) VALUES ('k', @key, 'n', '{}')";
    private const string Count = "SELECT COUNT(*) FROM grain_state";

    [Fact]
    public async Task Write_FailingPiece_IsRolledBackAlone()
    {
        await using var test = await OpenAsync();
        using var gate = new ManualResetEventSlim();
        var blocker = await BlockAsync(test, gate);
        var neighbours = Enumerable.Range(0, 10).Select(i => WriteAsync(test, $"{i}")).ToList();
        var failing = WriteAsync(test, "failing", () => throw new InvalidOperationException("no"));
        neighbours.AddRange(Enumerable.Range(10, 10).Select(i => WriteAsync(test, $"{i}")));

        gate.Set();

        await blocker;
        await Task.WhenAll(neighbours);
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal(20, test.Scalar<int>(Count));
        Assert.Equal(0, test.Scalar<int>("SELECT COUNT(*) FROM grain_state WHERE grain_key = 'failing'"));
    }

    [Fact]
    public async Task Write_PieceThatBreaksAConstraint_LeavesTheWriterWorking()
    {
        await using var test = await OpenAsync();
        await WriteAsync(test, "a");

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => WriteAsync(test, "a"));
        await WriteAsync(test, "b");

        Assert.Equal(2, test.Scalar<int>(Count));
    }

    [Fact]
    public async Task Write_TransactionLostUnderway_FailsTheWholeGroup()
    {
        await using var test = await OpenAsync();
        using var gate = new ManualResetEventSlim();
        var blocker = await BlockAsync(test, gate);
        var before = WriteAsync(test, "before");

        // As SQLite itself does when the disk is full: everything is rolled back, not the piece alone.
        var fatal = test.Store.Database.WriteAsync<int>(
            c =>
            {
                c.Execute("ROLLBACK");
                throw new IOException("disk");
            },
            Stop);
        gate.Set();

        await Assert.ThrowsAsync<IOException>(() => blocker);
        await Assert.ThrowsAsync<IOException>(() => fatal);
        await Assert.ThrowsAsync<IOException>(() => before);
        Assert.Equal(0, test.Scalar<int>(Count));
        await WriteAsync(test, "after");
        Assert.Equal(1, test.Scalar<int>(Count));
    }

    [Fact]
    public async Task Write_NoTransactionBegins_IsToldAndTheNextGoesOn()
    {
        await using var test = await OpenAsync();
        await test.Store.Database.WriteAsync(c => c.Execute("PRAGMA busy_timeout = 0"), Stop);
        var other = new SqliteConnection($"Data Source={test.Path}");
        await using (other)
        {
            await other.OpenAsync(Stop);
            await other.ExecuteAsync("BEGIN IMMEDIATE");

            await Assert.ThrowsAsync<SqliteException>(() => WriteAsync(test, "meanwhile"));

            await other.ExecuteAsync("ROLLBACK");
        }

        await WriteAsync(test, "after");
        Assert.Equal(1, test.Scalar<int>(Count));
    }

    [Fact]
    public async Task Write_ManyCallers_ShareCommits()
    {
        await using var test = await OpenAsync();
        using var gate = new ManualResetEventSlim();
        var blocker = await BlockAsync(test, gate);
        var changes = new List<long>();

        // Another connection sees nothing of the group until all of it is committed.
        var writes = Enumerable.Range(0, 50).Select(i => test.Store.Database.WriteAsync(
            c =>
            {
                c.Execute(Insert, new { key = $"{i}" });
                changes.Add(test.Scalar<long>(Count));
                return 0;
            },
            Stop)).ToList();
        gate.Set();
        await blocker;
        await Task.WhenAll(writes);

        Assert.Equal(50, test.Scalar<int>(Count));
        Assert.All(changes, committed => Assert.Equal(0, committed));
    }

    [Fact]
    public async Task Write_BehindALargePiece_DoesNotShareItsCommit()
    {
        await using var test = await OpenAsync();
        using var gate = new ManualResetEventSlim();
        var blocker = await BlockAsync(test, gate);
        var large = test.Store.Database.WriteAsync(
            c => c.Execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
                INSERT INTO grain_state (grain_kind, grain_key, name, json) SELECT 'k', 'row' || i, 'n', '{}' FROM n
                """),
            Stop);
        var committedBefore = test.Store.Database.WriteAsync(_ => test.Scalar<int>(Count), Stop);
        gate.Set();

        await blocker;
        Assert.Equal(10_000, await large);
        Assert.Equal(10_000, await committedBefore);
    }

    [Fact]
    public async Task Write_SmallPieceBehindLargeOnes_GoesFirstInACommitOfItsOwn()
    {
        await using var test = await OpenAsync();
        using var gate = new ManualResetEventSlim();
        var blocker = await BlockAsync(test, gate);
        var order = new List<string>();
        var seen = -1;
        var first = LargeAsync("large 1");
        var second = LargeAsync("large 2", () => seen = test.Scalar<int>(Count));
        var small = WriteAsync(test, "small", () => order.Add("small"));
        gate.Set();

        await blocker;
        await Task.WhenAll(first, second, small);

        Assert.Equal(["small", "large 1", "large 2"], order);
        Assert.Equal(1, seen);

        Task<int> LargeAsync(string key, Action? then = null) => test.Store.Database.WriteLargeAsync(
            c =>
            {
                order.Add(key);
                then?.Invoke();
                return c.Execute(Insert, new { key });
            },
            Stop);
    }

    [Fact]
    public async Task Write_LargePieceUnderManySmallOnes_GetsItsTurn()
    {
        await using var test = await OpenAsync();
        using var gate = new ManualResetEventSlim();
        var blocker = await BlockAsync(test, gate);
        var large = test.Store.Database.WriteLargeAsync(c => c.ExecuteScalar<int>(Count), Stop);
        var small = Enumerable.Range(0, 600).Select(i => WriteAsync(test, $"{i}")).ToList();
        gate.Set();

        await blocker;
        await Task.WhenAll(small);

        Assert.InRange(await large, 1, 256);
    }

    [Fact]
    public async Task Write_CancelledWhileQueued_IsNotDone()
    {
        await using var test = await OpenAsync();
        using var gate = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        var blocker = await BlockAsync(test, gate);
        var write = test.Store.Database.WriteAsync(c => c.Execute(Insert, new { key = "a" }), cancel.Token);

        await cancel.CancelAsync();
        gate.Set();

        await blocker;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Equal(0, test.Scalar<int>(Count));
    }

    [Fact]
    public async Task Dispose_WhileCallersWrite_KeepsWhatWasConfirmedAndNothingElse()
    {
        await using var test = await OpenAsync();
        var done = new System.Collections.Concurrent.ConcurrentBag<string>();
        var started = new TaskCompletionSource();
        async Task WriterAsync(int writer)
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    var key = $"{writer}-{i}";

                    // Two rows each: half a piece of work would show.
                    await test.Store.Database.WriteAsync(
                        c => c.Execute(Insert, new { key = key + "a" }) + c.Execute(Insert, new { key = key + "b" }), Stop);
                    done.Add(key);
                    if (done.Count > 50)
                    {
                        started.TrySetResult();
                    }
                }
            }
            catch (ObjectDisposedException)
            {
                // The end that was asked for.
            }
        }

        var writers = Enumerable.Range(0, 8).Select(i => Task.Run(() => WriterAsync(i), Stop)).ToList();
        await started.Task;
        await test.Store.DisposeAsync();
        await Task.WhenAll(writers);

        Assert.Equal(done.Count * 2, test.Scalar<int>(Count));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => WriteAsync(test, "late"));
    }

    [Fact]
    public async Task Write_ProcessKilledMidway_KeepsConfirmedWorkOnly()
    {
        await using var test = await OpenAsync();
        await WriteAsync(test, "confirmed");
        using var gate = new ManualResetEventSlim();
        var underway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var copy = Directory.CreateDirectory(Path.Combine(test.Folder, "copy")).FullName;

        var write = test.Store.Database.WriteAsync(
            c =>
            {
                c.Execute(Insert, new { key = "open" });
                underway.SetResult();
                gate.Wait(Stop);
                return 0;
            },
            Stop);
        await underway.Task;

        // The files as they stand now are what a killed process leaves behind.
        foreach (var file in Directory.GetFiles(test.Folder, "finstage.db*").Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        gate.Set();
        await write;
        await using var left = await SqlStore.OpenAsync(Path.Combine(copy, "finstage.db"), test.Time, cancellation: Stop);
        Assert.Equal("{}", await left.ReadAsync("k", "confirmed", "n", Stop));
        Assert.Null(await left.ReadAsync("k", "open", "n", Stop));
    }

    [Fact]
    public async Task Read_WhileAWriteIsUnderway_SeesTheStateBefore()
    {
        await using var test = await OpenAsync();
        using var gate = new ManualResetEventSlim();
        var underway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var write = test.Store.Database.WriteAsync(
            c =>
            {
                c.Execute(Insert, new { key = "open" });
                underway.SetResult();
                gate.Wait(Stop);
                return 0;
            },
            Stop);
        await underway.Task;

        // More reads than there are readers: each gives its connection back.
        var reads = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => test.Store.ReadAsync("k", "open", "n", Stop)));

        Assert.All(reads, Assert.Null);
        gate.Set();
        await write;
        Assert.NotNull(await test.Store.ReadAsync("k", "open", "n", Stop));
    }

    [Fact]
    public async Task Read_WorkThatWrites_IsRefused()
    {
        await using var test = await OpenAsync();

        await Assert.ThrowsAsync<StoreException>(() => test.Store.Database.ReadAsync(c => c.Execute(Insert, new { key = "a" }), Stop));

        Assert.Null(await test.Store.ReadAsync("k", "a", "n", Stop));
    }

    /// <summary>Holds the writer until the gate opens; returns when it is held. What is queued meanwhile joins its group.</summary>
    private static async Task<Task<int>> BlockAsync(TestStore test, ManualResetEventSlim gate)
    {
        var underway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = test.Store.Database.WriteAsync(
            _ =>
            {
                underway.SetResult();
                gate.Wait(Stop);
                return 0;
            },
            Stop);
        await underway.Task;
        return work;
    }

    private static Task<int> WriteAsync(TestStore test, string key, Action? then = null) => test.Store.Database.WriteAsync(
        c =>
        {
            var rows = c.Execute(Insert, new { key });
            then?.Invoke();
            return rows;
        },
        Stop);
}
