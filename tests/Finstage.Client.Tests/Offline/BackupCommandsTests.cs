using System.Text.Json;
using Finstage.Adapters.Storage;
using Finstage.Testing;

namespace Finstage.Client.Tests.Offline;

public sealed class BackupCommandsTests : IDisposable
{
    private const string Header = "date,open,high,low,close,volume\n";

    private readonly TempFolder folder = new();

    private string Data => folder.File("data");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task BackupAndRestore_RoundTrip_BringsBackWhatWasThere()
    {
        await ImportAsync("2025-03-03,1,2,1,2,10\n");
        var made = await Run.Of("backup", "--data", Data, "--json");
        var file = JsonDocument.Parse(made.Output).RootElement.GetProperty("path").GetString()!;
        await ImportAsync("2025-03-03,1,2,1,2,10\n2025-03-04,2,3,2,3,10\n");

        var restored = await Run.Of("restore", file, "--data", Data);
        var again = await Run.Of("backup", "--data", Data);

        Assert.Equal((0, 0), (made.Code, restored.Code));
        Assert.StartsWith(Path.Combine(Data, "backups", "finstage-"), file, StringComparison.Ordinal);
        Assert.Contains("1 candles; checked to the last page", restored.Output);
        Assert.Contains("What was there is kept as", restored.Output);
        Assert.Contains("1 series, 1 candles", again.Output);
    }

    [Fact]
    public async Task Restore_AFileThatIsNoBackup_ExitsWithOneAndChangesNothing()
    {
        await ImportAsync("2025-03-03,1,2,1,2,10\n");
        var before = await File.ReadAllBytesAsync(Path.Combine(Data, DataFolder.DatabaseName), TestContext.Current.CancellationToken);

        var run = await Run.Of("restore", folder.Write("bad.db", "I am no database."), "--data", Data);

        Assert.Equal(1, run.Code);
        Assert.Contains("Nothing was changed", run.Error);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(Data, DataFolder.DatabaseName), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore", "x.db")]
    public async Task AnyOfThem_OnAFolderThatASiloHolds_SaysWhatToDo(params string[] words)
    {
        await ImportAsync("2025-03-03,1,2,1,2,10\n");
        using var held = DataFolder.Open(Data);

        var run = await Run.Of([.. words, "--data", Data]);

        Assert.Equal(1, run.Code);
        Assert.Contains($"A silo holds '{Data}'", run.Error);
    }

    [Theory]
    [InlineData("holds no finstage.db", "--data", "nowhere")]
    [InlineData("--keep", "--keep", "0")]
    public async Task Backup_WhatMakesNoSense_IsWrongUsage(string expected, params string[] words)
    {
        var run = await Run.Of(["backup", .. words]);

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error);
    }

    private async Task ImportAsync(string rows)
    {
        var run = await Run.Of("import", folder.Write("MSFT.csv", Header + rows), "--symbol", "MSFT", "--data", Data);
        Assert.Equal((string.Empty, 0), (run.Error, run.Code));
    }
}
