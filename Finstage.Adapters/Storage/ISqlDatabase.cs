using System.Data.Common;

namespace Finstage.Adapters.Storage;

/// <summary>Runs pieces of work against a database. Thread-safe.</summary>
internal interface ISqlDatabase
{
    /// <summary>What is special about its SQL.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Reads, in one snapshot where the database has them; never waits for a writer.</summary>
    Task<T> ReadAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation);

    /// <summary>
    /// Writes in one transaction: it ends after the commit, or with the work's exception and nothing changed. A cancellation counts
    /// until the work begins; from then on the outcome is waited for.
    /// </summary>
    Task<T> WriteAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation);
}
