using MySqlConnector;

namespace Finstage.Adapters.Storage.MySql;

/// <summary>How connections to the shared database are made and kept.</summary>
public static class MySqlConnections
{
    /// <summary>The most connections that one silo's store opens.</summary>
    public const int PoolMax = 50;

    // Those that are kept open when there is nothing to do.
    private const int PoolKept = 20;

    // The cluster's own reads and writes are few.
    private const int ClusterPoolMax = 10;

    // Seconds.
    private const uint RecycleAfter = 600;
    private const uint ConnectWithin = 5;
    private const uint AnswerWithin = 30;

    /// <summary>
    /// What is wrong with a connection string, as sentences without any of its values, which may be secret; empty when it can be used.
    /// </summary>
    public static IReadOnlyList<string> Faults(string connectionString)
    {
        try
        {
            var parsed = new MySqlConnectionStringBuilder(connectionString);
            return
            [
                .. parsed.Server.Length == 0 ? ["It names no server (Server=…)."] : Array.Empty<string>(),
                .. parsed.Database.Length == 0 ? ["It names no database (Database=…)."] : Array.Empty<string>(),
                .. parsed.UserID.Length == 0 ? ["It names no user (User ID=…)."] : Array.Empty<string>(),
            ];
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            return ["It is no connection string such as 'Server=db;Database=finstage;User ID=finstage;Password=…'."];
        }
    }

    /// <summary>The database as people call it: its name and its server, without user and password.</summary>
    public static string NameOf(string connectionString)
    {
        var parsed = new MySqlConnectionStringBuilder(connectionString);
        return $"{parsed.Database} on {parsed.Server}:{parsed.Port}";
    }

    /// <summary>The connection string for the cluster's membership and reminders, with a small pool of its own.</summary>
    public static string OfCluster(string connectionString) => Common(connectionString, 0, ClusterPoolMax);

    /// <summary>The connection string for the store.</summary>
    internal static string OfStore(string connectionString) => Common(connectionString, PoolKept, PoolMax);

    private static string Common(string connectionString, uint kept, uint max) => new MySqlConnectionStringBuilder(connectionString)
    {
        Pooling = true,
        MinimumPoolSize = kept,
        MaximumPoolSize = max,
        ConnectionLifeTime = RecycleAfter,

        // A connection is set back, and so asked whether it still lives, each time it is taken from the pool.
        ConnectionReset = true,
        ConnectionTimeout = ConnectWithin,
        DefaultCommandTimeout = AnswerWithin,
        CharacterSet = "utf8mb4",

        // Changed rows are those that were found, as in SQLite.
        UseAffectedRows = false,
        IgnoreCommandTransaction = true,
        GuidFormat = MySqlGuidFormat.None,
        ApplicationName = "finstage",
    }.ToString();
}
