using System.Data.Common;
using Dapper;
using Finstage.Adapters.Storage;
using Finstage.Grains.Ports;
using Finstage.Testing;
using MySqlConnector;

[assembly: AssemblyFixture(typeof(Finstage.Adapters.Tests.Storage.MySql.SharedServer))]

namespace Finstage.Adapters.Tests.Storage.MySql;

/// <summary>The one server that all tests of this assembly share, started by the first that needs it.</summary>
public sealed class SharedServer : IAsyncDisposable
{
    private static readonly Lazy<Task<MariaDbServer>> Server = new(MariaDbServer.StartAsync);
    private static int databases;

    /// <summary>How to connect to a new, empty database. Without a server the test is skipped.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        Assert.SkipWhen(MariaDbServer.Missing is not null, MariaDbServer.Missing ?? string.Empty);
        var server = await Server.Value;
        var name = $"test{Interlocked.Increment(ref databases)}";
        await using var connection = new MySqlConnection(server.ConnectionString(string.Empty));
        await connection.ExecuteAsync($"CREATE DATABASE {name}");
        return server.ConnectionString(name);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated)
        {
            await (await Server.Value).DisposeAsync();
        }
    }
}

/// <summary>A store in a database of its own, on the real clock: work that met a deadlock waits a moment before it is tried again.</summary>
public sealed class MySqlTestStore : TestStore
{
    private MySqlTestStore(string connectionString) => ConnectionString = connectionString;

    /// <summary>How to connect past the store.</summary>
    public string ConnectionString { get; }

    /// <summary>Opens a store in a new database.</summary>
    public static async Task<MySqlTestStore> NewAsync(params Chat[] chats)
    {
        var test = new MySqlTestStore(await SharedServer.NewDatabaseAsync());
        test.Store = await SqlStore.OpenMySqlAsync(test.ConnectionString, TimeProvider.System, Stop);
        await test.Store.SeedChatsAsync(chats, Stop);
        return test;
    }

    /// <inheritdoc/>
    public override async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await SqlStore.OpenMySqlAsync(ConnectionString, TimeProvider.System, Stop);
    }

    /// <inheritdoc/>
    protected override DbConnection Connect()
    {
        var connection = new MySqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    /// <inheritdoc/>
    protected override string RefusalOf(string key) =>
        $"""
        CREATE TRIGGER refuse BEFORE INSERT ON outbox FOR EACH ROW
        BEGIN IF NEW.alert_key = '{key}' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'; END IF; END
        """;
}
