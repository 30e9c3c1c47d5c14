using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Finstage.Adapters.Storage;

/// <summary>
/// The one writer: takes pieces of work from a bounded queue and commits them in groups, so that many small writes share one wait
/// for the disk. Each piece runs inside its own savepoint; one that fails is rolled back alone. Callers hear of success after the commit.
/// Large pieces let small ones go first, and never share a commit with them. Thread-safe.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // A group with a large import in it commits at once: the small writes behind it should not wait for another one.
    private const int GroupRowsMax = 10_000;

    // So many small pieces that come after a large one go before it, and no more: history waits, but gets its turn.
    private const long Head = 256;

    private readonly Channel<Unit> queue;
    private readonly SemaphoreSlim room;
    private readonly SqliteConnection connection;
    private readonly int groupMax;
    private readonly Task loop;
    private long arrivals;

    /// <summary>Starts the writer.</summary>
    /// <param name="connection">A connection of its own; disposed with the writer.</param>
    /// <param name="queueMax">Pieces that may wait; further callers wait until there is room.</param>
    /// <param name="groupMax">Pieces that share one commit.</param>
    public SqliteWriter(SqliteConnection connection, int queueMax, int groupMax)
    {
        this.connection = connection;
        this.groupMax = groupMax;
        room = new SemaphoreSlim(queueMax, queueMax);
        queue = Channel.CreateUnboundedPrioritized<Unit>(new UnboundedPrioritizedChannelOptions<Unit> { SingleReader = true });
        loop = Task.Run(RunAsync);
    }

    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> work, bool isLarge, CancellationToken cancellation)
    {
        await room.WaitAsync(cancellation);
        var unit = new Unit<T>(work, isLarge, Interlocked.Increment(ref arrivals) + (isLarge ? Head : 0), cancellation);
        if (!queue.Writer.TryWrite(unit))
        {
            // Whoever waits for room after it was closed is told so too.
            room.Release();
            throw new ObjectDisposedException(nameof(SqlStore));
        }

        return await unit.Done;
    }

    /// <summary>Takes no more work, does what is queued, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        await connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var group = new List<Unit>(groupMax);
        while (await queue.Reader.WaitToReadAsync())
        {
            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<Unit> group)
    {
        try
        {
            connection.Run("BEGIN IMMEDIATE");
            var before = raw.sqlite3_total_changes(connection.Handle);
            while (group.Count < groupMax && raw.sqlite3_total_changes(connection.Handle) - before < GroupRowsMax
                && queue.Reader.TryPeek(out var next) && (group.Count == 0 || group[0].IsLarge == next.IsLarge) && TryTake(out var unit))
            {
                if (!unit.TryCancel())
                {
                    group.Add(unit);
                    RunAlone(unit);
                }
            }

            connection.Run("COMMIT");
        }
        catch (Exception e)
        {
            // A full disk, a failing one: nothing of the group was kept, and each caller must know. Where not even a transaction
            // began, the next in the queue is the one that is told.
            RollBack();
            if (group.Count == 0 && TryTake(out var next))
            {
                group.Add(next);
            }

            group.ForEach(unit => unit.Fail(e));
            return;
        }

        group.ForEach(unit => unit.Succeed());
    }

    private bool TryTake([NotNullWhen(true)] out Unit? unit)
    {
        if (!queue.Reader.TryRead(out unit))
        {
            return false;
        }

        room.Release();
        return true;
    }

    private void RunAlone(Unit unit)
    {
        connection.Run("SAVEPOINT unit");
        try
        {
            unit.Work(connection);
        }
        catch (Exception e) when (IsInTransaction)
        {
            connection.Run("ROLLBACK TO unit");
            unit.Fail(e);
        }

        connection.Run("RELEASE unit");
    }

    // Some errors make SQLite roll back the whole transaction by itself; then the group is lost and not the piece alone.
    private bool IsInTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    private void RollBack()
    {
        try
        {
            if (IsInTransaction)
            {
                connection.Run("ROLLBACK");
            }
        }
        catch (SqliteException)
        {
            // The next BEGIN fails and says so to its callers.
        }
    }

    private abstract class Unit(bool isLarge, long turn) : IComparable<Unit>
    {
        public bool IsLarge => isLarge;

        public int CompareTo(Unit? other) => turn.CompareTo(other?.Turn ?? long.MinValue);

        private long Turn => turn;

        public abstract void Work(SqliteConnection connection);

        public abstract bool TryCancel();

        public abstract void Succeed();

        public abstract void Fail(Exception e);
    }

    private sealed class Unit<T>(Func<SqliteConnection, T> work, bool isLarge, long turn, CancellationToken cancellation) : Unit(isLarge, turn)
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Done => done.Task;

        public override void Work(SqliteConnection connection) => result = work(connection);

        public override bool TryCancel() => cancellation.IsCancellationRequested && done.TrySetCanceled(cancellation);

        public override void Succeed() => done.TrySetResult(result!);

        public override void Fail(Exception e) => done.TrySetException(e);
    }
}
