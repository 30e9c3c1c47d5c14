using System.Data;
using System.Data.Common;
using Dapper;
using MySqlConnector;
using Polly;
using Polly.Retry;

namespace Finstage.Adapters.Storage.MySql;

/// <summary>
/// One database of a MySQL or MariaDB server, shared by all silos, behind a pool of connections. Each piece of work runs in a
/// transaction of its own; writes are serializable, so that a store may read and then write as though it were alone, which is what
/// SQLite's one writer gives. A transaction that the server gives up for a deadlock is run again. Thread-safe.
/// </summary>
internal sealed class MySqlDatabase : ISqlDatabase
{
    // Work is done synchronously on the pool's threads; more of it at once than there are connections would only wait for them.
    private readonly SemaphoreSlim free = new(MySqlConnections.PoolMax, MySqlConnections.PoolMax);
    private readonly MySqlDataSource source;
    private readonly string name;
    private readonly ResiliencePipeline retries;
    private volatile bool isDisposed;

    private MySqlDatabase(MySqlDataSource source, string name, TimeProvider time)
    {
        this.source = source;
        this.name = name;
        retries = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(RetryOptions()).Build();
    }

    public SqlDialect Dialect => MySqlDialect.Value;

    /// <summary>Connects, takes the steps of the schema that the database lacks, and those of the cluster's own tables.</summary>
    /// <exception cref="StoreException">The database is foreign, of a newer version, or out of reach.</exception>
    public static MySqlDatabase Open(string connectionString, IReadOnlyList<string> steps, TimeProvider time)
    {
        var source = new MySqlDataSource(MySqlConnections.OfStore(connectionString));
        var name = MySqlConnections.NameOf(connectionString);
        try
        {
            using (var connection = source.OpenConnection())
            {
                MySqlMigration.Run(connection, name, steps, time.GetUtcNow());
            }

            return new MySqlDatabase(source, name, time);
        }
        catch (MySqlException e)
        {
            source.Dispose();
            throw Unavailable(name, e);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public Task<T> ReadAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation) =>
        RunAsync(work, IsolationLevel.Snapshot, isReadOnly: true, cancellation);

    public Task<T> WriteAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation) =>
        RunAsync(work, IsolationLevel.Serializable, isReadOnly: false, cancellation);

    // Writers have connections of their own here: none waits for another's rows.
    public Task<T> WriteLargeAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation) => WriteAsync(work, cancellation);

    public Task BackupAsync(string target, CancellationToken cancellation) => throw new NotSupportedException(
        "A MySQL database is backed up by its own tools, for example: mysqldump --single-transaction.");

    public Task OptimizeAsync(CancellationToken cancellation) => RunAsync(
        connection => connection.Execute("ANALYZE TABLE series, candles, signals, outbox"), IsolationLevel.ReadCommitted, isReadOnly: false,
        cancellation);

    public async ValueTask DisposeAsync()
    {
        isDisposed = true;
        await source.DisposeAsync();
    }

    private static RetryStrategyOptions RetryOptions() => new()
    {
        // Nothing of the transaction was kept, so it is run again from its beginning.
        ShouldHandle = new PredicateBuilder().Handle<MySqlException>(
            e => e.ErrorCode is MySqlErrorCode.LockDeadlock or MySqlErrorCode.LockWaitTimeout or MySqlErrorCode.XARBDeadlock),
        MaxRetryAttempts = 12,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromMilliseconds(10),
        MaxDelay = TimeSpan.FromSeconds(1),
    };

    private static StoreException Unavailable(string name, MySqlException e) => new(StoreFault.Unavailable, name, e.Message, e);

    private async Task<T> RunAsync<T>(
        Func<DbConnection, T> work, IsolationLevel isolation, bool isReadOnly, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(isDisposed, typeof(SqlStore));
        await free.WaitAsync(cancellation);
        try
        {
            return await retries.ExecuteAsync(
                async _ => await Task.Run(() => Run(work, isolation, isReadOnly), CancellationToken.None), cancellation);
        }
        catch (MySqlException e) when (e.IsTransient || e.ErrorCode == MySqlErrorCode.UnableToConnectToHost)
        {
            throw Unavailable(name, e);
        }
        finally
        {
            free.Release();
        }
    }

    private T Run<T>(Func<DbConnection, T> work, IsolationLevel isolation, bool isReadOnly)
    {
        ObjectDisposedException.ThrowIf(isDisposed, typeof(SqlStore));
        using var connection = source.OpenConnection();
        string? broken = null;
        connection.InfoMessage += (_, e) => broken ??= BrokenRule(e);
        using var transaction = connection.BeginTransaction(isolation, isReadOnly);
        var result = work(connection);
        if (broken is not null)
        {
            throw new DataException($"A row breaks a rule of its table: {broken}");
        }

        transaction.Commit();
        return result;
    }

    // An insert that passes over known rows would pass over these as well, with no more than a warning.
    private static string? BrokenRule(MySqlInfoMessageEventArgs e) => e.Errors
        .FirstOrDefault(error => error.Level != "Note" && error.ErrorCode is not (MySqlErrorCode.DuplicateKeyEntry or MySqlErrorCode.DuplicateEntryWithKeyName))
        ?.Message;
}
