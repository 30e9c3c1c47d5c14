namespace Finstage.Adapters.Storage;

/// <summary>What differs between the SQL databases in statements. Everything else is written in what they share.</summary>
/// <param name="InsertNew">Begins an insert that passes over rows whose key exists.</param>
/// <param name="IfNew">Ends it.</param>
/// <param name="LastId">Reads the number that this connection's last insert gave to its row.</param>
/// <param name="Prepare">Prepares a statement that will run many times.</param>
internal sealed record SqlDialect(string InsertNew, string IfNew, string LastId, Prepare Prepare)
{
    // Not INSERT OR IGNORE: that would also pass over rows that break a rule, and lose them without a word.
    public static SqlDialect Sqlite { get; } =
        new("INSERT INTO", "ON CONFLICT DO NOTHING", "SELECT last_insert_rowid()", SqliteStatement.Prepare);
}
