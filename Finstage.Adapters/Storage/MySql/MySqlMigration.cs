using Dapper;
using MySqlConnector;

namespace Finstage.Adapters.Storage.MySql;

/// <summary>
/// Brings the shared database up to date: the steps of the <see cref="Schema"/>, then the cluster's own tables. Silos that start at once
/// take turns, by a lock of the server's that ends with its connection.
/// </summary>
internal static class MySqlMigration
{
    // Seconds.
    private const int TurnWithin = 120;

    // A lock's name is the whole server's, and has 64 characters at most.
    private const string Turn = "CONCAT('finstage.schema.', LEFT(DATABASE(), 40))";

    /// <summary>Takes what steps are missing.</summary>
    /// <exception cref="StoreException">The database is foreign or of a newer version, or another silo holds the lock for too long.</exception>
    public static void Run(MySqlConnection connection, string name, IReadOnlyList<string> steps, DateTimeOffset at)
    {
        if (connection.ExecuteScalar<long?>($"SELECT GET_LOCK({Turn}, @TurnWithin)", new { TurnWithin }, commandTimeout: TurnWithin + 10) != 1)
        {
            throw new StoreException(StoreFault.Unavailable, name, $"Another process has been changing its tables for {TurnWithin} s.");
        }

        try
        {
            var version = Schema.ReadVersion(connection, MySqlDialect.Value)
                ?? throw new StoreException(StoreFault.Foreign, name, "It has other tables than those of Finstage.");
            if (version > steps.Count)
            {
                throw new StoreException(
                    StoreFault.Newer, name, $"Its schema is number {version}, and this version of Finstage knows {steps.Count}.");
            }

            Schema.Migrate(connection, MySqlDialect.Value, steps, version, at);
            ClusterTables.Create(connection);
        }
        finally
        {
            connection.Execute($"DO RELEASE_LOCK({Turn})");
        }
    }
}
