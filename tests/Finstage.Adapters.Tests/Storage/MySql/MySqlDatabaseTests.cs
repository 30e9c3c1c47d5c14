using System.Data;
using Dapper;
using Finstage.Adapters.Storage;
using Finstage.Adapters.Storage.MySql;
using Finstage.Testing;
using MySqlConnector;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage.MySql;

public sealed class MySqlDatabaseTests
{
    [Fact]
    public async Task Open_SeveralSilosAtOnce_TakeTurnsAtTheMigration()
    {
        var connectionString = await SharedServer.NewDatabaseAsync();

        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SqlStore.OpenMySqlAsync(connectionString, TimeProvider.System, Stop)));

        await using var connection = new MySqlConnection(connectionString);
        Assert.Equal(Schema.Steps.Count, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM schema_version"));
        Assert.Equal(ClusterTables.Statements.Count, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM OrleansQuery"));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_StepWithoutItsMark_IsTakenAgain()
    {
        await using var test = await MySqlTestStore.NewAsync();
        await using var connection = new MySqlConnection(test.ConnectionString);
        await connection.ExecuteAsync("DELETE FROM schema_version WHERE version > 2");

        await test.ReopenAsync();

        Assert.Equal(Schema.Steps.Count, await connection.ExecuteScalarAsync<int>("SELECT MAX(version) FROM schema_version"));
    }

    [Fact]
    public async Task Open_ForeignOrNewerDatabase_IsRefused()
    {
        var foreign = await SharedServer.NewDatabaseAsync();
        await using var connection = new MySqlConnection(foreign);
        await connection.ExecuteAsync("CREATE TABLE other (x INT)");
        await using var test = await MySqlTestStore.NewAsync();
        await using var newer = new MySqlConnection(test.ConnectionString);
        await newer.ExecuteAsync("INSERT INTO schema_version VALUES (100000, 1)");

        Assert.Equal(StoreFault.Foreign, (await FaultAsync(foreign)).Fault);
        Assert.Equal(StoreFault.Newer, (await FaultAsync(test.ConnectionString)).Fault);
    }

    [Fact]
    public async Task Open_NobodyListens_IsToldWithoutTheSecret()
    {
        var e = await FaultAsync("Server=127.0.0.1;Port=1;Database=finstage;User ID=me;Password=hunter2");

        Assert.Equal(StoreFault.Unavailable, e.Fault);
        Assert.Contains("finstage on 127.0.0.1:1", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Server=db;Database=finstage;User ID=me;Password=hunter2", null)]
    [InlineData("Database=finstage;User ID=me;Password=hunter2", "server")]
    [InlineData("Server=db;User ID=me;Password=hunter2", "database")]
    [InlineData("Server=db;Database=finstage;Password=hunter2", "user")]
    [InlineData("hunter2", "connection string")]
    [InlineData("Server=db;hunter2=3", "connection string")]
    public void Faults_OfAConnectionString_NameWhatIsMissingAndNoSecret(string connectionString, string? expected)
    {
        var faults = MySqlConnections.Faults(connectionString);

        Assert.DoesNotContain(faults, fault => fault.Contains("hunter2", StringComparison.Ordinal));
        Assert.Equal(expected is null, faults.Count == 0);
        Assert.True(expected is null || faults.Single().Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_ReadersOfTheSameThatBothWrite_AreAsIfAlone()
    {
        await using var test = await MySqlTestStore.NewAsync();
        await test.Store.WriteAsync("Test", "a", "n", "0", Stop);

        // Each adds one to what it reads: lost updates, or a deadlock that is not taken up again, would show.
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => test.Store.Database.WriteAsync(
            c => c.Execute(
                "UPDATE grain_state SET json = @json WHERE name = 'n'",
                new { json = $"{c.ExecuteScalar<int>("SELECT CAST(json AS SIGNED) FROM grain_state WHERE name = 'n'") + 1}" }),
            Stop)));

        Assert.Equal("20", await test.Store.ReadAsync("Test", "a", "n", Stop));
    }

    [Fact]
    public async Task Write_NewRowThatBreaksARule_IsRefusedAndNothingIsKept()
    {
        await using var test = await MySqlTestStore.NewAsync();
        var dialect = test.Store.Database.Dialect;

        await Assert.ThrowsAsync<DataException>(() => test.Store.Database.WriteAsync(
            c => c.Execute($"{dialect.InsertNew} leases (name, owner) VALUES ('a', 'b') {dialect.IfNew}"), Stop));
        await Assert.ThrowsAsync<DataException>(() => test.Store.Database.WriteAsync(
            c => c.Execute($"{dialect.InsertNew} leases (name, owner, until_ms) VALUES (@name, 'b', 1)", new { name = new string('x', 101) }), Stop));

        Assert.Equal(0, test.Scalar<int>("SELECT COUNT(*) FROM leases"));
    }

    [Fact]
    public async Task Database_KilledAndStartedAgain_IsUsedAgainAndKeepsWhatWasCommitted()
    {
        Assert.SkipWhen(MariaDbServer.Missing is not null, MariaDbServer.Missing ?? string.Empty);
        await using var server = await MariaDbServer.StartAsync();
        await using (var connection = new MySqlConnection(server.ConnectionString(string.Empty)))
        {
            await connection.ExecuteAsync("CREATE DATABASE finstage");
        }

        await using var store = await SqlStore.OpenMySqlAsync(server.ConnectionString("finstage"), TimeProvider.System, Stop);
        await store.CommitAsync(Commit(0, Candles(1, 3)), Stop);
        await server.KillAsync();
        var e = await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(Commit(1, Candles(4, 1)), Stop));
        Assert.Equal(StoreFault.Unavailable, e.Fault);

        await server.StartAgainAsync();
        await store.CommitAsync(Commit(1, Candles(4, 1)), Stop);

        Assert.Equal(4, Assert.Single(await store.ReadSeriesAsync(null, Stop)).Candles);
    }

    private static Task<StoreException> FaultAsync(string connectionString) =>
        Assert.ThrowsAsync<StoreException>(() => SqlStore.OpenMySqlAsync(connectionString, TimeProvider.System, Stop));
}
