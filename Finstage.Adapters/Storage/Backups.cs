using System.Globalization;
using System.Text.RegularExpressions;

namespace Finstage.Adapters.Storage;

/// <summary>A backup or what it was to replace cannot be used. The message names the file and says what to do.</summary>
public sealed class BackupException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>What a database file holds, as far as it was looked at.</summary>
/// <param name="Path">The file.</param>
/// <param name="SchemaVersion">The number of its schema.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Series">Series in it.</param>
/// <param name="Candles">Candles in it.</param>
public sealed record DatabaseFile(string Path, int SchemaVersion, long Bytes, long Series, long Candles);

/// <summary>What a restore did.</summary>
/// <param name="Restored">The database that is in place now.</param>
/// <param name="Former">Where the one before it is kept; null when there was none.</param>
public sealed record RestoreResult(DatabaseFile Restored, string? Former);

/// <summary>The backups of an SQLite database in a folder, each whole and checked, the newest kept.</summary>
/// <param name="folder">The folder; made where it is missing.</param>
/// <param name="kept">How many are kept, from 1.</param>
public sealed partial class Backups(string folder, int kept)
{
    /// <summary>The name of the folder within a data folder.</summary>
    public const string FolderName = "backups";

    private const string Stamp = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The backups that are there, newest first. Other files in the folder are left alone.</summary>
    public IReadOnlyList<string> Files => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder).Where(f => OwnName().IsMatch(Path.GetFileName(f))).OrderDescending(StringComparer.Ordinal)];

    /// <summary>Copies an open store, checks the copy to its last page, and forgets the oldest that are too many.</summary>
    /// <exception cref="StoreException">The copy could not be written, or is not whole; the older ones are all kept.</exception>
    public async Task<DatabaseFile> WriteAsync(SqlStore store, DateTimeOffset at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        var target = TargetOf(at);
        await store.BackupAsync(target, cancellation);
        return await CheckedAsync(target, cancellation);
    }

    /// <summary>The same of a database file that nobody has open; it is not changed.</summary>
    /// <exception cref="StoreException">The database is damaged, or the copy could not be written.</exception>
    public async Task<DatabaseFile> WriteAsync(string database, DateTimeOffset at, CancellationToken cancellation)
    {
        var target = TargetOf(at);
        await SqliteCopy.CheckAsync(database, cancellation);
        await SqliteCopy.WriteAsync(database, target, cancellation);
        return await CheckedAsync(target, cancellation);
    }

    /// <summary>
    /// Puts a backup in the place of a data folder's database, and keeps the one that was there beside it. The caller holds the folder.
    /// </summary>
    /// <exception cref="BackupException">The backup is damaged, foreign, of a newer version, or cannot be copied. Nothing was changed.</exception>
    public static async Task<RestoreResult> RestoreAsync(
        DataFolder folder, string backup, DateTimeOffset at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var source = Path.GetFullPath(backup);
        var target = folder.DatabasePath;
        if (source == target)
        {
            throw new BackupException($"'{source}' is the database in use; name a backup of it.");
        }

        try
        {
            var restored = await SqliteCopy.CheckAsync(source, cancellation);
            var former = SqliteCopy.Replace(source, target, $"{target}.before-{at.ToString(Stamp, CultureInfo.InvariantCulture)}");
            return new RestoreResult(restored with { Path = target }, former);
        }
        catch (StoreException fault)
        {
            throw new BackupException($"'{source}' cannot be restored: {fault.Detail} Nothing was changed. {Advice(fault.Fault)}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"'{source}' cannot be put in the place of '{target}': {fault.Message} What was there is there.", fault);
        }
    }

    private static string Advice(StoreFault fault) => fault switch
    {
        StoreFault.Newer => "Restore it with the version of Finstage that wrote it.",
        StoreFault.Unavailable => "Check the name, and that this user may read it.",
        _ => "Take another backup.",
    };

    private string TargetOf(DateTimeOffset at) =>
        Path.Combine(folder, $"finstage-{at.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}.db");

    private async Task<DatabaseFile> CheckedAsync(string target, CancellationToken cancellation)
    {
        try
        {
            var written = await SqliteCopy.CheckAsync(target, cancellation);
            foreach (var old in Files.Skip(Math.Max(1, kept)))
            {
                File.Delete(old);
            }

            return written;
        }
        catch (StoreException)
        {
            // What is not whole must not look like a backup.
            File.Move(target, target + ".damaged", overwrite: true);
            throw;
        }
    }

    [GeneratedRegex(@"^finstage-\d{8}T\d{6}Z\.db$")]
    private static partial Regex OwnName();
}
