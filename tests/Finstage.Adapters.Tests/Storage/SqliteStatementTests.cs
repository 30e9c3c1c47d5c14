using Dapper;
using Finstage.Adapters.Storage;
using Finstage.Testing;
using Microsoft.Data.Sqlite;

namespace Finstage.Adapters.Tests.Storage;

public sealed class SqliteStatementTests : IDisposable
{
    private const string Insert = "INSERT INTO t (b, a, c) VALUES (@b, @a, @c) ON CONFLICT DO NOTHING";

    private readonly TempFolder temp = new();
    private readonly SqliteConnection connection;

    public SqliteStatementTests()
    {
        connection = SqliteFile.OpenWriter(temp.File("t.db"));
        connection.Run("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL, c REAL)");
    }

    [Fact]
    public void Run_ManyTimes_BindsByNameAndCountsChanges()
    {
        using var statement = SqliteStatement.Prepare(connection, Insert, "a", "b", "c");

        Assert.Equal(1, statement.Run(1, "하나 '", -1.5));
        Assert.Equal(0, statement.Run(1, "again", 2.0));
        Assert.Equal(1, statement.Run(long.MaxValue, string.Empty, SqlValue.OrNull(double.NaN)));

        Assert.Equal(
            [(1, "하나 '", -1.5), (long.MaxValue, string.Empty, null)],
            connection.Query<(long, string, double?)>("SELECT a, b, c FROM t ORDER BY a"));
    }

    [Fact]
    public void Run_BrokenRule_ThrowsAndCanBeRunAgain()
    {
        using var statement = SqliteStatement.Prepare(connection, Insert, "a", "b", "c");

        var e = Assert.Throws<SqliteException>(() => statement.Run(1, default, 1.0));

        Assert.Equal(19, e.SqliteErrorCode);
        Assert.Contains("t.b", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, statement.Run(1, "b", 1.0));
    }

    [Fact]
    public void Prepare_OtherParameters_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => SqliteStatement.Prepare(connection, Insert, "a", "b", "x"));
        Assert.Throws<ArgumentException>(() => SqliteStatement.Prepare(connection, Insert, "a", "b"));
        Assert.Throws<SqliteException>(() => SqliteStatement.Prepare(connection, "INSERT NONSENSE", "a"));
    }

    [Fact]
    public void Run_WrongNumberOfValuesOrAQuery_IsRefused()
    {
        using var insert = SqliteStatement.Prepare(connection, Insert, "a", "b", "c");
        using var query = SqliteStatement.Prepare(connection, "SELECT @a", "a");

        Assert.Throws<ArgumentException>(() => insert.Run(1, "b"));
        Assert.Throws<InvalidOperationException>(() => query.Run(1));
    }

    public void Dispose()
    {
        connection.Dispose();
        temp.Dispose();
    }
}
