using Dapper;
using Microsoft.Data.Sqlite;

namespace Finstage.Adapters.Storage;

/// <summary>Looks at database files that nobody has open, copies them, and puts one in the place of another.</summary>
internal static class SqliteCopy
{
    private const string Log = "-wal";

    private static readonly string[] Parts = [string.Empty, Log];

    /// <summary>Checks a file to its last page, and that this version of the program can read it.</summary>
    /// <exception cref="StoreException">It is damaged, foreign, of a newer version, or out of reach. It was not changed.</exception>
    public static Task<DatabaseFile> CheckAsync(string path, CancellationToken cancellation) => Task.Run(() => Check(path, cancellation), cancellation);

    /// <summary>Copies a file with all that its log holds.</summary>
    public static Task WriteAsync(string path, string target, CancellationToken cancellation) =>
        Task.Run(() => SqliteDatabase.Backup(path, target, cancellation), cancellation);

    /// <summary>
    /// Puts a copy of one file in the place of another in one step, so that at no moment neither is there.
    /// </summary>
    /// <param name="source">The file to copy.</param>
    /// <param name="target">The file to replace.</param>
    /// <param name="former">Where what was there is kept.</param>
    /// <returns>Where it is kept; null when there was nothing.</returns>
    public static string? Replace(string source, string target, string former)
    {
        var unfinished = target + ".restoring";

        // Not the bytes alone: a log may lie beside them.
        SqliteDatabase.Backup(source, unfinished, CancellationToken.None);
        var isThere = File.Exists(target);
        foreach (var part in Parts.Where(part => File.Exists(target + part)))
        {
            // Before anything opens it: SQLite throws away a log that it cannot make sense of.
            Copy(target + part, former + part);
        }

        if (isThere)
        {
            EmptyLog(target);
        }

        File.Delete(target + Log);
        File.Delete(target + "-shm");
        File.Move(unfinished, target, overwrite: true);
        return isThere ? former : null;
    }

    private static DatabaseFile Check(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new StoreException(StoreFault.Unavailable, path, "There is no such file.");
        }

        try
        {
            SqliteFile.CheckBytes(path);
            using var connection = SqliteFile.OpenReader(path);
            using var stop = cancellation.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle));
            if (connection.ExecuteScalar<string>("PRAGMA integrity_check(1)") is { } result && result != "ok")
            {
                throw new StoreException(StoreFault.Corrupt, path, $"SQLite finds damage in it ({result.ReplaceLineEndings(" ")}).");
            }

            var version = Schema.ReadVersion(connection, SqlDialect.Sqlite);
            return version switch
            {
                null or 0 => throw new StoreException(StoreFault.Foreign, path, "It is no database of Finstage."),
                { } newer when newer > Schema.Steps.Count => throw new StoreException(
                    StoreFault.Newer, path, $"Its schema is number {newer}, and this version of Finstage knows {Schema.Steps.Count}."),
                { } known => new DatabaseFile(
                    path, known, new FileInfo(path).Length, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM series"),
                    connection.ExecuteScalar<long>("SELECT COALESCE(SUM(candles), 0) FROM series")),
            };
        }
        catch (SqliteException fault)
        {
            cancellation.ThrowIfCancellationRequested();
            throw SqliteFile.Translate(fault, path) ?? new StoreException(StoreFault.Corrupt, path, fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Unavailable, path, fault.Message, fault);
        }
    }

    // So that the file alone is all there is, until another takes its place; one that is damaged stays as it is.
    private static void EmptyLog(string path)
    {
        try
        {
            SqliteFile.CheckBytes(path);
            using var connection = SqliteFile.OpenWriter(path);
            connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (Exception fault) when (fault is SqliteException or StoreException)
        {
            // It is kept aside with its log.
        }
    }

    private static void Copy(string source, string target)
    {
        File.Copy(source, target, overwrite: true);
        using var written = new FileStream(target, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }
}
