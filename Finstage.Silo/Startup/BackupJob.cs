using System.Globalization;
using Finstage.Adapters.Storage;
using Finstage.Grains.Jobs;
using Finstage.Hosting;

namespace Finstage.Silo.Startup;

/// <summary>How the database is backed up.</summary>
internal sealed class BackupOptions
{
    /// <summary>The folder for backups; null for <c>backups</c> in the data folder. Default null.</summary>
    public string? Folder { get; set; }

    /// <summary>How many backups are kept. 1 to 365; default 7.</summary>
    public int Keep { get; set; } = 7;

    /// <summary>Every fault, as a sentence that names the setting.</summary>
    public IEnumerable<string> Validate()
    {
        if (Folder is not null && string.IsNullOrWhiteSpace(Folder))
        {
            yield return "Backup:Folder is empty: name a folder, or leave it out.";
        }

        if (Keep is < 1 or > 365)
        {
            yield return $"Backup:Keep is {Keep}; it must be from 1 to 365.";
        }
    }
}

/// <summary>The job <c>backup</c>: a whole, checked copy of the database each night. A shared database is backed up by its own tools.</summary>
internal sealed class BackupJob(SqlStore store, Backups backups, TimeProvider clock) : IJobWork
{
    public const string JobName = "backup";

    public string Name => JobName;

    public JobSchedule Schedule { get; } = JobSchedule.Daily(new TimeOnly(3, 0), "Asia/Seoul");

    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        var written = await backups.WriteAsync(store, clock.GetUtcNow(), cancellation);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(written.Path)}: {written.Bytes / 1048576.0:0.0} MB, {written.Candles} candles; backups kept: {backups.Files.Count}");
    }
}
