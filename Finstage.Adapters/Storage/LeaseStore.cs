using Dapper;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>Leases as rows: whoever changes a row that is free, or makes it, has it.</summary>
internal sealed class LeaseStore(ISqlDatabase database) : ILeases
{
    private const string Take =
        "UPDATE leases SET owner = @owner, until_ms = @until WHERE name = @name AND (owner = @owner OR until_ms <= @now)";

    private const string End = "UPDATE leases SET until_ms = @until WHERE name = @name AND owner = @owner";

    private readonly string make =
        $"{database.Dialect.InsertNew} leases (name, owner, until_ms) VALUES (@name, @owner, @until) {database.Dialect.IfNew}";

    public Task<bool> TryHoldAsync(string name, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        var row = new { name, owner, now = now.ToUnixTimeMilliseconds(), until = until.ToUnixTimeMilliseconds() };
        return database.WriteAsync(c => c.Execute(Take, row) == 1 || c.Execute(make, row) == 1, cancellation);
    }

    public Task ReleaseAsync(string name, string owner, DateTimeOffset until, CancellationToken cancellation) =>
        database.WriteAsync(c => c.Execute(End, new { name, owner, until = until.ToUnixTimeMilliseconds() }), cancellation);
}
