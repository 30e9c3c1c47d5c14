using Finstage.Adapters.Storage.MySql;

namespace Finstage.Adapters.Storage;

/// <content>The store that several silos share.</content>
public sealed partial class SqlStore
{
    /// <summary>
    /// Opens a database of a MySQL or MariaDB server, and brings it up to date; silos that open it at once take turns at that. The
    /// database itself must exist, be it empty.
    /// </summary>
    /// <param name="connectionString">Where it is, and as whom; pool and character set are set here.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Gives up before the opening begins.</param>
    /// <exception cref="StoreException">The database is foreign, of a newer version, or out of reach. It was not changed.</exception>
    public static Task<SqlStore> OpenMySqlAsync(string connectionString, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        ArgumentNullException.ThrowIfNull(time);
        return Task.Run(() => new SqlStore(MySqlDatabase.Open(connectionString, Schema.Steps, time)), cancellation);
    }
}
