using Dapper;
using Finstage.Adapters.Storage;
using Finstage.Testing;
using Microsoft.Data.Sqlite;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public sealed class SchemaTests : IDisposable
{
    private static readonly string[] Three =
    [
        "CREATE TABLE IF NOT EXISTS a (x INTEGER)", "CREATE TABLE IF NOT EXISTS b (x INTEGER)", "CREATE TABLE IF NOT EXISTS c (x INTEGER)",
    ];

    private readonly TempFolder temp = new();

    private string Path => temp.File("finstage.db");

    [Fact]
    public async Task Open_NewFile_TakesEveryStepAndMakesNoCopy()
    {
        await OpenAsync(Schema.Steps);

        Assert.Equal(Schema.Steps.Count, Scalar<int>(Path, "SELECT COUNT(*) FROM schema_version"));
        Assert.Equal(Start.ToUnixTimeMilliseconds(), Scalar<long>(Path, "SELECT MIN(applied_ms) FROM schema_version"));
        Assert.Empty(Directory.GetFiles(temp.Path, "*.bak"));
    }

    [Fact]
    public async Task Open_OlderFile_IsCopiedThenBroughtUpToDate()
    {
        await OpenAsync(Three[..1]);
        using (var connection = SqliteFile.OpenWriter(Path))
        {
            connection.Run("INSERT INTO a VALUES (7)");
        }

        await OpenAsync(Three);

        Assert.Equal(3, Scalar<int>(Path, "SELECT MAX(version) FROM schema_version"));
        Assert.Equal(7, Scalar<int>(Path, "SELECT x FROM a"));
        Assert.Equal(1, Scalar<int>(Path + ".v1.bak", "SELECT MAX(version) FROM schema_version"));
        Assert.Equal(7, Scalar<int>(Path + ".v1.bak", "SELECT x FROM a"));
    }

    [Fact]
    public async Task Open_SameFileAgain_ChangesNothing()
    {
        await OpenAsync(Three);
        await OpenAsync(Three);

        Assert.Equal(3, Scalar<int>(Path, "SELECT COUNT(*) FROM schema_version"));
        Assert.Empty(Directory.GetFiles(temp.Path, "*.bak"));
    }

    [Fact]
    public async Task Open_StepWithoutItsMark_IsTakenAgain()
    {
        // As if a process had been killed between a step and its mark in a database without transactional DDL.
        await OpenAsync(Three[..2]);
        using (var connection = SqliteFile.OpenWriter(Path))
        {
            connection.Run("DELETE FROM schema_version WHERE version = 2");
        }

        await OpenAsync(Three);

        Assert.Equal(3, Scalar<int>(Path, "SELECT MAX(version) FROM schema_version"));
    }

    [Fact]
    public async Task Open_NewerFile_IsRefusedAndKept()
    {
        await OpenAsync(Three);
        var bytes = await File.ReadAllBytesAsync(Path, Stop);

        var e = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(Three[..2]));

        Assert.Equal(StoreFault.Newer, e.Fault);
        Assert.Contains(Path, e.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path, Stop));
    }

    [Fact]
    public async Task Open_FailingStep_KeepsTheStepsBeforeIt()
    {
        await Assert.ThrowsAsync<SqliteException>(() => OpenAsync([Three[0], "CREATE NONSENSE", Three[2]]));

        Assert.Equal(1, Scalar<int>(Path, "SELECT MAX(version) FROM schema_version"));
    }

    [Fact]
    public void Steps_AllOfThem_AreIdempotent()
    {
        using var connection = SqliteFile.OpenWriter(Path);
        foreach (var step in Schema.Steps.Concat(Schema.Steps))
        {
            SqlDialect.Sqlite.TakeStep(connection, step);
        }
    }

    [Fact]
    public async Task Open_ColumnAddedBefore_IsPassedOver()
    {
        string[] steps = [.. Three, "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 3"];
        await OpenAsync(steps);

        await OpenAsync([.. steps, steps[^1]]);

        Assert.Equal(5, Scalar<int>(Path, "SELECT MAX(version) FROM schema_version"));
    }

    [Fact]
    public void Steps_AllOfThem_UseTheWordsThatEveryDialectKnows() => Assert.Empty(SchemaRules.Check(Schema.Steps));

    [Theory]
    [InlineData("CREATE TABLE t (x INTEGER)", "IF NOT EXISTS")]
    [InlineData("CREATE TABLE IF NOT EXISTS t (x BLOB)", "type")]
    [InlineData("CREATE TABLE IF NOT EXISTS t (interval INTEGER)", "reserved")]
    [InlineData("CREATE TABLE IF NOT EXISTS t (x TEXT NOT NULL PRIMARY KEY)", "key")]
    [InlineData("CREATE TABLE IF NOT EXISTS t (x TEXT NOT NULL, y INTEGER, UNIQUE (x, y))", "key")]
    [InlineData("CREATE TABLE IF NOT EXISTS t (x VARCHAR(400) NOT NULL, y VARCHAR(400), PRIMARY KEY (x, y))", "760")]
    [InlineData("CREATE INDEX IF NOT EXISTS i ON a (x) WHERE x > 1", "condition")]
    [InlineData("CREATE INDEX IF NOT EXISTS i ON a (x, y)", "key")]
    public void Check_StepAgainstTheRules_SaysWhich(string step, string rule)
    {
        var fault = Assert.Single(SchemaRules.Check(["CREATE TABLE IF NOT EXISTS a (x INTEGER, y TEXT)", step]));

        Assert.Contains(rule, fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AnyFile_IsWrittenThroughALogAndSyncedFully()
    {
        await using var test = await TestStore.OpenAsync();

        var modes = await test.Store.Database.WriteAsync(
            c => (c.ExecuteScalar<string>("PRAGMA journal_mode"), c.ExecuteScalar<int>("PRAGMA synchronous"), c.ExecuteScalar<int>("PRAGMA foreign_keys")),
            Stop);

        Assert.Equal(("wal", 2, 1), modes);
    }

    public void Dispose() => temp.Dispose();

    private async Task OpenAsync(IReadOnlyList<string> steps) =>
        await (await SqlStore.OpenAsync(Path, steps, new FakeTime(Start), new SqliteStoreOptions(), Stop)).DisposeAsync();

    private static T Scalar<T>(string path, string sql)
    {
        using var connection = SqliteFile.OpenReader(path);
        return connection.ExecuteScalar<T>(sql)!;
    }
}
