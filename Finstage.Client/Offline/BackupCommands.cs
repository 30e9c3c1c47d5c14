using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Storage;
using Finstage.Client.Output;

namespace Finstage.Client.Offline;

/// <summary><c>backup</c> and <c>restore FILE</c>: of a data folder that no silo holds.</summary>
internal static class BackupCommands
{
    private const int DefaultKeep = 7;

    public static Command CreateBackup(Screen screen)
    {
        var data = Data();
        var to = new Option<string>("--to") { Description = "The folder for the backup (default: backups in the data folder).", HelpName = "DIR" };
        var keep = new Option<int>("--keep") { Description = "How many backups stay there.", HelpName = "N", DefaultValueFactory = _ => DefaultKeep };
        var json = Json();
        var command = new Command("backup", "Back up a data folder's database, while no silo holds it.") { data, to, keep, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(keep) < 1)
            {
                throw new UsageException("--keep: write a number from 1.");
            }

            using var folder = Open(parsed.GetValue(data)!, mustExist: true, "While it runs, the job does it: finstage jobs run backup");
            var backups = new Backups(parsed.GetValue(to) ?? Path.Combine(folder.Path, Backups.FolderName), parsed.GetValue(keep));
            var written = await backups.WriteAsync(folder.DatabasePath, TimeProvider.System.GetUtcNow(), cancellation);
            if (parsed.GetValue(json))
            {
                screen.WriteJson(written);
            }
            else
            {
                screen.Line($"{written.Path}: {Described(written)}");
            }
        });
        return command;
    }

    public static Command CreateRestore(Screen screen)
    {
        var file = new Argument<string>("file") { Description = "The backup." };
        var data = Data();
        var json = Json();
        var command = new Command("restore", "Put a backup in the place of a data folder's database, while no silo holds it.") { file, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var folder = Open(parsed.GetValue(data)!, mustExist: false, "Stop it first");
            var result = await Backups.RestoreAsync(folder, parsed.GetValue(file)!, TimeProvider.System.GetUtcNow(), cancellation);
            if (parsed.GetValue(json))
            {
                screen.WriteJson(result);
                return;
            }

            screen.Line($"{result.Restored.Path}: {Described(result.Restored)}");
            if (result.Former is { } former)
            {
                screen.Line($"What was there is kept as {former}.");
            }
        });
        return command;
    }

    private static Option<string> Data() =>
        new("--data") { Description = "The data folder.", HelpName = "DIR", DefaultValueFactory = _ => "data" };

    private static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    private static DataFolder Open(string path, bool mustExist, string whenHeld)
    {
        if (mustExist && !File.Exists(Path.Combine(path, DataFolder.DatabaseName)))
        {
            throw new UsageException($"--data: '{Path.GetFullPath(path)}' holds no {DataFolder.DatabaseName}.");
        }

        try
        {
            return DataFolder.Open(path);
        }
        catch (DataFolderException held) when (held.IsHeld)
        {
            throw new BackupException($"A silo holds '{held.Folder}'. {whenHeld}.", held);
        }
    }

    private static string Described(DatabaseFile file) => string.Create(
        CultureInfo.InvariantCulture,
        $"{file.Bytes / 1048576.0:0.0} MB, schema {file.SchemaVersion}, {file.Series} series, {file.Candles:N0} candles; checked to the last page");
}
