using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using MySqlConnector;

namespace Finstage.Adapters.Storage.MySql;

/// <summary>What is special about MySQL's and MariaDB's SQL.</summary>
internal static partial class MySqlDialect
{
    private const string TableOptions = " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    /// <summary>
    /// The dialect. Its insert of new rows is <c>INSERT IGNORE</c>, which also passes over rows that break a rule; the connections of
    /// <see cref="MySqlDatabase"/> listen for that and fail.
    /// </summary>
    public static SqlDialect Value { get; } = new(
        "INSERT IGNORE INTO", string.Empty, "SELECT LAST_INSERT_ID()",
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()", MySqlStatement.Prepare, TakeStep);

    /// <summary>A step of the schema in this dialect's words.</summary>
    internal static string Translate(string step)
    {
        var sql = AutoIncrement().Replace(step, "BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY");
        sql = Integer().Replace(sql, "BIGINT");
        sql = Real().Replace(sql, "DOUBLE");
        sql = Text().Replace(sql, "LONGTEXT");
        sql = Index().Replace(sql, "CREATE ${unique}INDEX ");

        // Every table here lies in the order of its key.
        return sql.Replace(" WITHOUT ROWID", string.Empty, StringComparison.Ordinal)
            + (sql.StartsWith("CREATE TABLE", StringComparison.Ordinal) ? TableOptions : string.Empty);
    }

    private static void TakeStep(DbConnection connection, string step)
    {
        try
        {
            connection.Execute(Translate(step));
        }
        catch (MySqlException e) when (e.ErrorCode is MySqlErrorCode.DuplicateKeyName or MySqlErrorCode.DuplicateFieldName)
        {
            // Taken before; MySQL has no IF NOT EXISTS for indexes and columns.
        }
    }

    [GeneratedRegex(@"\bINTEGER PRIMARY KEY AUTOINCREMENT\b")]
    private static partial Regex AutoIncrement();

    [GeneratedRegex(@"\bINTEGER\b")]
    private static partial Regex Integer();

    [GeneratedRegex(@"\bREAL\b")]
    private static partial Regex Real();

    [GeneratedRegex(@"\bTEXT\b")]
    private static partial Regex Text();

    [GeneratedRegex(@"^CREATE (?<unique>UNIQUE )?INDEX IF NOT EXISTS ")]
    private static partial Regex Index();
}
