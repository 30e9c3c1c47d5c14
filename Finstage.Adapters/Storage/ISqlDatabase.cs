using System.Data.Common;

namespace Finstage.Adapters.Storage;

/// <summary>An open database that runs pieces of work. Disposing it finishes what is queued and closes it. Thread-safe.</summary>
internal interface ISqlDatabase : IAsyncDisposable
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

    /// <summary>As <see cref="WriteAsync"/>, for a piece of work with so many rows that smaller ones should not wait behind it.</summary>
    Task<T> WriteLargeAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation);

    /// <summary>Copies the whole database as it is now into a file, complete or not at all; reads and writes go on meanwhile.</summary>
    Task BackupAsync(string target, CancellationToken cancellation);

    /// <summary>Refreshes the planner's statistics and tidies up.</summary>
    Task OptimizeAsync(CancellationToken cancellation);
}
