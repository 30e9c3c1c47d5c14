using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Finstage.Adapters.Storage;

/// <summary>What differs between the SQL databases. Everything else is written in what they share.</summary>
/// <param name="InsertNew">Begins an insert that passes over rows whose key exists.</param>
/// <param name="IfNew">Ends it.</param>
/// <param name="LastId">Reads the number that this connection's last insert gave to its row.</param>
/// <param name="Tables">Reads the names of all tables.</param>
/// <param name="Prepare">Prepares a statement that will run many times.</param>
/// <param name="TakeStep">Runs a step of the <see cref="Schema"/>; one that was taken already changes nothing.</param>
internal sealed record SqlDialect(
    string InsertNew, string IfNew, string LastId, string Tables, Prepare Prepare, Action<DbConnection, string> TakeStep)
{
    // Not INSERT OR IGNORE: that would also pass over rows that break a rule, and lose them without a word.
    public static SqlDialect Sqlite { get; } = new(
        "INSERT INTO", "ON CONFLICT DO NOTHING", "SELECT last_insert_rowid()", "SELECT name FROM sqlite_master WHERE type = 'table'",
        SqliteStatement.Prepare, TakeSqliteStep);

    private static void TakeSqliteStep(DbConnection connection, string step)
    {
        try
        {
            connection.Execute(step);
        }
        catch (SqliteException e) when (e.Message.Contains("duplicate column name", StringComparison.Ordinal))
        {
            // Taken before; SQLite has no ADD COLUMN IF NOT EXISTS.
        }
    }
}
