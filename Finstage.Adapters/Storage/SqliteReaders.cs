using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Finstage.Adapters.Storage;

/// <summary>A bounded pool of read-only connections. Thread-safe.</summary>
internal sealed class SqliteReaders(Func<SqliteConnection> open, int max) : IDisposable
{
    private readonly SemaphoreSlim free = new(max, max);
    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private volatile bool isDisposed;

    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        await free.WaitAsync(cancellation);
        try
        {
            // The driver reads synchronously: on the pool, so that the caller's turn does not wait for the disk.
            return await Task.Run(() => Run(work), cancellation);
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose()
    {
        isDisposed = true;
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    private T Run<T>(Func<SqliteConnection, T> work)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var connection = idle.TryTake(out var taken) ? taken : open();
        try
        {
            // One snapshot for all statements of the work.
            connection.Run("BEGIN");
            try
            {
                return work(connection);
            }
            finally
            {
                connection.Run("ROLLBACK");
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        finally
        {
            Return(connection);
        }
    }

    private void Return(SqliteConnection connection)
    {
        if (connection.State != System.Data.ConnectionState.Open)
        {
            return;
        }

        idle.Add(connection);
        if (isDisposed)
        {
            Dispose();
        }
    }
}
