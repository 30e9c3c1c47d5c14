using System.Data.Common;
using Finstage.Grains.Monitoring;

namespace Finstage.Adapters.Storage;

/// <summary>Tells how long each piece of work on a database took, with its wait for a turn.</summary>
internal sealed class TimedDatabase(ISqlDatabase database) : ISqlDatabase
{
    private const string Operation = "database";

    public SqlDialect Dialect => database.Dialect;

    public Task<T> ReadAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation) =>
        Operations.TimeAsync(Operation, "read", () => database.ReadAsync(work, cancellation));

    public Task<T> WriteAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation) =>
        Operations.TimeAsync(Operation, "commit", () => database.WriteAsync(work, cancellation));

    public Task BackupAsync(string target, CancellationToken cancellation) => Operations.TimeAsync(Operation, "backup", async () =>
    {
        await database.BackupAsync(target, cancellation);
        return true;
    });

    public Task OptimizeAsync(CancellationToken cancellation) => database.OptimizeAsync(cancellation);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
