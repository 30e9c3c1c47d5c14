using Microsoft.Data.Sqlite;

namespace Finstage.Adapters.Storage;

/// <summary>Looks at a database file before it is trusted, and opens connections to it.</summary>
internal static class SqliteFile
{
    // Beyond this a full look would delay the start; damage deeper inside then shows when it is read.
    private const long QuickCheckMaxBytes = 64L * 1024 * 1024;

    private const int HeaderBytes = 100;
    private const int PageSizeAt = 16;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Refuses what cannot be this program's database by its looks alone. A missing or empty file is a new database.</summary>
    public static void CheckBytes(string path)
    {
        if (Directory.Exists(path))
        {
            throw new StoreException(StoreFault.Unavailable, path, "It is a folder.");
        }

        var file = new FileInfo(path);
        var log = new FileInfo(path + "-wal");
        var hasLog = log.Exists && log.Length > 0;
        if (!file.Exists || file.Length == 0)
        {
            if (hasLog)
            {
                // SQLite would take the file for new and throw the log's data away.
                throw new StoreException(StoreFault.Corrupt, path, "It is missing or empty, and its -wal file is not.");
            }

            return;
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.StartsWith(Magic))
        {
            throw new StoreException(StoreFault.Corrupt, path, "It does not begin as an SQLite database does.");
        }

        // 1 stands for 65,536. With a log beside it the file may end anywhere: the log has the rest.
        var pageSize = (header[PageSizeAt] << 8) | header[PageSizeAt + 1];
        if (!hasLog && file.Length % (pageSize == 1 ? 65_536 : Math.Max(pageSize, 512)) != 0)
        {
            throw new StoreException(StoreFault.Corrupt, path, "Its end is missing.");
        }
    }

    /// <summary>Has SQLite itself look for damage; small files throughout, large ones at their ends.</summary>
    public static void CheckPages(SqliteConnection connection, string path)
    {
        connection.Run("SELECT COUNT(*) FROM sqlite_master");
        if (new FileInfo(path).Length > QuickCheckMaxBytes)
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is string result && result != "ok")
        {
            throw new StoreException(StoreFault.Corrupt, path, $"SQLite finds damage in it ({result.ReplaceLineEndings(" ")}).");
        }
    }

    /// <summary>Opens a connection for reading and writing; it creates the file when asked to.</summary>
    public static SqliteConnection OpenWriter(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        connection.Run("PRAGMA foreign_keys = ON");
        return connection;
    }

    /// <summary>Opens a connection that cannot write.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        connection.Run("PRAGMA query_only = ON");
        return connection;
    }

    /// <summary>
    /// Readers and the writer don't block each other, and a commit is on the disk when it returns.
    /// </summary>
    public static void Harden(SqliteConnection connection)
    {
        connection.Run("PRAGMA journal_mode = WAL");
        connection.Run("PRAGMA synchronous = FULL");
        connection.Run("PRAGMA journal_size_limit = 67108864");
    }

    /// <summary>What a driver's error means for the file; null when it is about the statement and not the file.</summary>
    public static StoreException? Translate(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        11 or 26 => new StoreException(StoreFault.Corrupt, path, $"SQLite finds damage in it ({e.Message}).", e),
        8 or 10 or 13 or 14 or 23 => new StoreException(StoreFault.Unavailable, path, $"{e.Message}", e),
        _ => null,
    };

    /// <summary>Runs a statement that takes nothing and whose result does not matter.</summary>
    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // Not pooled by the driver: connections are kept by the store, and a closed store leaves the file alone.
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            connection.Run("PRAGMA busy_timeout = 5000"); // Milliseconds: another tool may be looking at the file.
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
