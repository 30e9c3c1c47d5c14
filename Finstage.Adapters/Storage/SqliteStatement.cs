using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Finstage.Adapters.Storage;

/// <summary>
/// A prepared statement on SQLite itself. The driver's command looks each parameter up by its name and boxes its value on every run,
/// which costs more than the insert; here names are looked up once.
/// </summary>
internal sealed class SqliteStatement : IStatement
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly int[] positions;

    private SqliteStatement(sqlite3 database, sqlite3_stmt statement, ReadOnlySpan<string> parameters)
    {
        this.database = database;
        this.statement = statement;
        positions = new int[parameters.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = raw.sqlite3_bind_parameter_index(statement, "@" + parameters[i]);
        }
    }

    /// <summary>Prepares the statement.</summary>
    /// <exception cref="SqliteException">The text is no statement.</exception>
    /// <exception cref="ArgumentException">The statement has other parameters.</exception>
    public static IStatement Prepare(DbConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var database = ((SqliteConnection)connection).Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out var prepared), database);
        var statement = new SqliteStatement(database, prepared, parameters);
        if (Array.IndexOf(statement.positions, 0) >= 0 || raw.sqlite3_bind_parameter_count(prepared) != parameters.Length)
        {
            statement.Dispose();
            throw new ArgumentException("The names are not those of the statement's parameters.", nameof(parameters));
        }

        return statement;
    }

    public int Run(params ReadOnlySpan<SqlValue> values)
    {
        if (values.Length != positions.Length)
        {
            throw new ArgumentException("A statement needs a value for each of its parameters.", nameof(values));
        }

        for (var i = 0; i < values.Length; i++)
        {
            SqliteException.ThrowExceptionForRC(Bind(positions[i], values[i]), database);
        }

        var code = raw.sqlite3_step(statement);
        var changed = raw.sqlite3_changes(database);
        if (code == raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(statement);
            return changed;
        }

        // The reset repeats the error with its details.
        SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(statement), database);
        throw new InvalidOperationException("A statement that returns rows was run as one that changes them.");
    }

    public void Dispose() => statement.Dispose();

    private int Bind(int position, SqlValue value) => value.Kind switch
    {
        SqlKind.Integer => raw.sqlite3_bind_int64(statement, position, value.Integer),
        SqlKind.Real => raw.sqlite3_bind_double(statement, position, value.Real),
        SqlKind.Text => raw.sqlite3_bind_text(statement, position, value.Text!),
        _ => raw.sqlite3_bind_null(statement, position),
    };
}
