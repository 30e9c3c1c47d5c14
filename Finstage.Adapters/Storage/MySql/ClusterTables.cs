using Dapper;
using MySqlConnector;

namespace Finstage.Adapters.Storage.MySql;

/// <summary>
/// The tables of the cluster's membership and reminders, and the statements by which it reaches them. The cluster looks its statements up
/// in <c>OrleansQuery</c> by these keys, and hands over and reads back values by these names; the tables behind them are ours.
/// Creating them anew changes nothing but the statements, which are this version's.
/// </summary>
internal static class ClusterTables
{
    private const string TableOptions = "ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    private const string MemberKey = "deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation";

    private const string Members =
        """
        SELECT v.deployment_id AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation,
               m.silo_name AS SiloName, m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort,
               m.suspect_times AS SuspectTimes, m.start_time AS StartTime, m.alive_time AS IAmAliveTime, v.version AS Version
        FROM cluster_versions v LEFT JOIN cluster_members m ON m.deployment_id = v.deployment_id
        """;

    private const string Reminders =
        """
        SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
        FROM cluster_reminders WHERE service_id = @ServiceId
        """;

    private const string ReminderKey = "service_id = @ServiceId AND grain_id = @GrainId AND reminder_name = @ReminderName";

    private static readonly string[] Tables =
    [
        $"""
        CREATE TABLE IF NOT EXISTS OrleansQuery (
            QueryKey VARCHAR(64) NOT NULL PRIMARY KEY, QueryText MEDIUMTEXT NOT NULL) {TableOptions}
        """,

        // One row per cluster, whose version every change of the membership moves on.
        $"""
        CREATE TABLE IF NOT EXISTS cluster_versions (
            deployment_id VARCHAR(150) NOT NULL PRIMARY KEY, version INT NOT NULL) {TableOptions}
        """,
        $"""
        CREATE TABLE IF NOT EXISTS cluster_members (
            deployment_id VARCHAR(150) NOT NULL, address VARCHAR(45) NOT NULL, port INT NOT NULL, generation INT NOT NULL,
            silo_name VARCHAR(150) NOT NULL, host_name VARCHAR(255) NOT NULL, status INT NOT NULL, proxy_port INT,
            suspect_times MEDIUMTEXT, start_time DATETIME(3) NOT NULL, alive_time DATETIME(3) NOT NULL,
            PRIMARY KEY (deployment_id, address, port, generation)) {TableOptions}
        """,

        // Silos read the reminders of their range of hashes.
        $"""
        CREATE TABLE IF NOT EXISTS cluster_reminders (
            service_id VARCHAR(150) NOT NULL, grain_id VARCHAR(300) NOT NULL, reminder_name VARCHAR(200) NOT NULL,
            start_time DATETIME(3) NOT NULL, period BIGINT NOT NULL, grain_hash INT NOT NULL, version INT NOT NULL,
            PRIMARY KEY (service_id, grain_id, reminder_name), INDEX ix_cluster_reminders_hash (service_id, grain_hash)) {TableOptions}
        """,
    ];

    /// <summary>The statements by the keys that the cluster knows.</summary>
    internal static IReadOnlyDictionary<string, string> Statements { get; } = new Dictionary<string, string>
    {
        ["InsertMembershipVersionKey"] =
            "INSERT IGNORE INTO cluster_versions (deployment_id, version) VALUES (@DeploymentId, 0); SELECT ROW_COUNT();",

        // Whoever comes with an old version changes nothing. A row that is there already is an error, which rolls the version back.
        ["InsertMembershipKey"] =
            """
            START TRANSACTION;
            UPDATE cluster_versions SET version = version + 1 WHERE deployment_id = @DeploymentId AND version = @Version;
            INSERT INTO cluster_members
                (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
            SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
            FROM DUAL WHERE ROW_COUNT() = 1;
            SELECT ROW_COUNT();
            COMMIT;
            """,
        ["UpdateMembershipKey"] =
            $"""
            START TRANSACTION;
            UPDATE cluster_versions SET version = version + 1 WHERE deployment_id = @DeploymentId AND version = @Version;
            UPDATE cluster_members SET status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
            WHERE {MemberKey} AND ROW_COUNT() = 1;
            SELECT ROW_COUNT();
            COMMIT;
            """,
        ["UpdateIAmAlivetimeKey"] = $"UPDATE cluster_members SET alive_time = @IAmAliveTime WHERE {MemberKey};",
        ["MembershipReadRowKey"] =
            $"{Members} AND m.address = @Address AND m.port = @Port AND m.generation = @Generation WHERE v.deployment_id = @DeploymentId;",
        ["MembershipReadAllKey"] = $"{Members} WHERE v.deployment_id = @DeploymentId;",
        ["GatewaysQueryKey"] =
            """
            SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM cluster_members
            WHERE deployment_id = @DeploymentId AND status = @Status AND proxy_port > 0;
            """,
        ["DeleteMembershipTableEntriesKey"] =
            """
            DELETE FROM cluster_members WHERE deployment_id = @DeploymentId;
            DELETE FROM cluster_versions WHERE deployment_id = @DeploymentId;
            """,

        // 3 is active.
        ["CleanupDefunctSiloEntriesKey"] =
            "DELETE FROM cluster_members WHERE deployment_id = @DeploymentId AND alive_time < @IAmAliveTime AND status <> 3;",

        ["UpsertReminderRowKey"] =
            $"""
            START TRANSACTION;
            INSERT INTO cluster_reminders (service_id, grain_id, reminder_name, start_time, period, grain_hash, version)
            VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 1)
            ON DUPLICATE KEY UPDATE start_time = @StartTime, period = @Period, grain_hash = @GrainHash, version = version + 1;
            SELECT version AS Version FROM cluster_reminders WHERE {ReminderKey};
            COMMIT;
            """,
        ["ReadReminderRowsKey"] = $"{Reminders} AND grain_id = @GrainId;",
        ["ReadReminderRowKey"] = $"{Reminders} AND grain_id = @GrainId AND reminder_name = @ReminderName;",
        ["ReadRangeRows1Key"] = $"{Reminders} AND grain_hash > @BeginHash AND grain_hash <= @EndHash;",

        // The range that goes over the end of the ring.
        ["ReadRangeRows2Key"] = $"{Reminders} AND (grain_hash > @BeginHash OR grain_hash <= @EndHash);",
        ["DeleteReminderRowKey"] = $"DELETE FROM cluster_reminders WHERE {ReminderKey} AND version = @Version; SELECT ROW_COUNT();",
        ["DeleteReminderRowsKey"] = "DELETE FROM cluster_reminders WHERE service_id = @ServiceId;",
    };

    /// <summary>Makes what is missing. Call it while no other silo does.</summary>
    public static void Create(MySqlConnection connection)
    {
        foreach (var table in Tables)
        {
            connection.Execute(table);
        }

        foreach (var (key, text) in Statements)
        {
            connection.Execute(
                "INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text) ON DUPLICATE KEY UPDATE QueryText = @text",
                new { key, text });
        }
    }
}
