using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Finstage.Adapters.Storage;

/// <summary>One open SQLite file: a writer, a pool of readers, backups. Thread-safe.</summary>
internal sealed class SqliteDatabase : ISqlDatabase
{
    private readonly string path;
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;

    private SqliteDatabase(string path, SqliteConnection connection, SqliteStoreOptions options)
    {
        this.path = path;
        writer = new SqliteWriter(connection, options.QueueMax, options.GroupMax);
        readers = new SqliteReaders(() => SqliteFile.OpenReader(path), options.ReadersMax);
    }

    public SqlDialect Dialect => SqlDialect.Sqlite;

    /// <summary>Checks the file, takes the steps of the schema that it lacks, and opens it. The file is not touched when it is refused.</summary>
    public static SqliteDatabase Open(string path, IReadOnlyList<string> steps, TimeProvider time, SqliteStoreOptions options)
    {
        SqliteConnection? connection = null;
        try
        {
            SqliteFile.CheckBytes(path);
            connection = SqliteFile.OpenWriter(path);
            SqliteFile.CheckPages(connection, path);
            var version = Schema.ReadVersion(connection, SqlDialect.Sqlite)
                ?? throw new StoreException(StoreFault.Foreign, path, "It has other tables than those of Finstage.");
            if (version > steps.Count)
            {
                throw new StoreException(
                    StoreFault.Newer, path, $"Its schema is number {version}, and this version of Finstage knows {steps.Count}.");
            }

            if (version > 0 && version < steps.Count)
            {
                Backup(path, $"{path}.v{version}.bak", CancellationToken.None);
            }

            SqliteFile.Harden(connection);
            Schema.Migrate(connection, SqlDialect.Sqlite, steps, version, time.GetUtcNow());
            return new SqliteDatabase(path, connection, options);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            if (Translate(e, path) is { } translated)
            {
                throw translated;
            }

            throw;
        }
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation)
    {
        try
        {
            return await readers.RunAsync(work, cancellation);
        }
        catch (SqliteException e) when (SqliteFile.Translate(e, path) is { } translated)
        {
            throw translated;
        }
    }

    public Task<T> WriteAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation) => WriteAsync(work, isLarge: false, cancellation);

    public Task<T> WriteLargeAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation) =>
        WriteAsync(work, isLarge: true, cancellation);

    private async Task<T> WriteAsync<T>(Func<DbConnection, T> work, bool isLarge, CancellationToken cancellation)
    {
        try
        {
            return await writer.RunAsync(work, isLarge, cancellation);
        }
        catch (SqliteException e) when (SqliteFile.Translate(e, path) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>Copies the database as it is now; neither readers nor the writer wait for it.</summary>
    public Task BackupAsync(string target, CancellationToken cancellation) => target == path
        ? throw new ArgumentException("A backup needs another name than the database.", nameof(target))
        : Task.Run(() => Backup(path, target, cancellation), cancellation);

    /// <summary>Refreshes the planner's statistics and empties the write-ahead log.</summary>
    public Task OptimizeAsync(CancellationToken cancellation) => Task.Run(
        () =>
        {
            try
            {
                // A connection of its own: the log cannot be emptied inside the writer's transaction.
                using var connection = SqliteFile.OpenWriter(path);
                connection.Run("PRAGMA analysis_limit = 1000");
                connection.Run("PRAGMA optimize");
                connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            catch (SqliteException e) when (SqliteFile.Translate(e, path) is { } translated)
            {
                throw translated;
            }
        },
        cancellation);

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        readers.Dispose();
    }

    /// <summary>Copies a database file with all that its log holds, complete or not at all.</summary>
    internal static void Backup(string path, string target, CancellationToken cancellation)
    {
        // Under another name until it is whole: a backup that has its name can be trusted.
        var unfinished = target + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            File.Delete(unfinished);
            using (var connection = SqliteFile.OpenWriter(path))
            using (cancellation.Register(() => raw.sqlite3_interrupt(connection.Handle)))
            using (var command = connection.CreateCommand())
            {
                command.CommandText = "VACUUM INTO $target";
                command.Parameters.AddWithValue("$target", unfinished);
                command.ExecuteNonQuery();
            }

            using (var written = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
            {
                written.Flush(flushToDisk: true);
            }

            File.Move(unfinished, target, overwrite: true);
        }
        catch (Exception e)
        {
            DeleteLeftover(unfinished);
            cancellation.ThrowIfCancellationRequested();
            if (Translate(e, e is SqliteException ? path : target) is { } translated)
            {
                throw translated;
            }

            throw;
        }
    }

    private static void DeleteLeftover(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What kept the backup from being written is told instead; the next backup tries again.
        }
    }

    private static StoreException? Translate(Exception e, string file) => e switch
    {
        SqliteException sqlite => SqliteFile.Translate(sqlite, file),
        IOException or UnauthorizedAccessException => new StoreException(StoreFault.Unavailable, file, e.Message, e),
        _ => null,
    };
}
