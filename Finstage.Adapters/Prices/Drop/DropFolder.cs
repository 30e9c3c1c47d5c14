using System.Globalization;

namespace Finstage.Adapters.Prices.Drop;

/// <summary>
/// The files of a drop folder: <c>*.csv</c> in it wait, <c>done/</c> has what was taken in, <c>failed/</c> what was not, each with a
/// reason beside it where there is something to say. A file is moved last, so that one whose taking in was cut off is taken in again.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="quiet">How long a file must stay as it is to be whole.</param>
/// <param name="time">The clock.</param>
public sealed class DropFolder(string path, TimeSpan quiet, TimeProvider time)
{
    /// <summary>The most files of one look.</summary>
    public const int MaxFiles = 100;

    /// <summary>The folder's full path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Makes the folders where they are missing.</summary>
    public void Make()
    {
        Directory.CreateDirectory(FolderOf("done"));
        Directory.CreateDirectory(FolderOf("failed"));
    }

    /// <summary>The files that did not change while they were watched, by name: half-written ones are left for the next look.</summary>
    public async Task<IReadOnlyList<string>> ReadyAsync(CancellationToken cancellation)
    {
        var seen = Look();
        if (seen.Count == 0)
        {
            return [];
        }

        await Task.Delay(quiet, time, cancellation);
        var again = Look();
        return [.. seen.Where(f => again.TryGetValue(f.Key, out var now) && now == f.Value).Select(f => f.Key).Order(StringComparer.Ordinal)];
    }

    /// <summary>Moves a file that was taken in.</summary>
    /// <param name="file">The file.</param>
    /// <param name="note">What to say of it, such as refused rows; null for nothing.</param>
    public void Done(string file, string? note) => Move(file, "done", note);

    /// <summary>Moves a file that was not taken in.</summary>
    /// <param name="file">The file.</param>
    /// <param name="reason">Why, and what to do.</param>
    public void Failed(string file, string reason) => Move(file, "failed", reason);

    private Dictionary<string, (long Length, DateTime Written)> Look() => new DirectoryInfo(Path)
        .EnumerateFiles("*.csv", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive })
        .Where(f => !f.Name.StartsWith('.'))
        .OrderBy(f => f.Name, StringComparer.Ordinal)
        .Take(MaxFiles)
        .ToDictionary(f => f.FullName, f => (f.Length, f.LastWriteTimeUtc));

    private string FolderOf(string name) => System.IO.Path.Combine(Path, name);

    private void Move(string file, string folder, string? note)
    {
        var target = Free(FolderOf(folder), System.IO.Path.GetFileName(file));
        if (note is not null)
        {
            File.WriteAllText(target + ".reason.txt", note + Environment.NewLine);
        }

        File.Move(file, target);
    }

    // A name that was there before gets the time, and where that is not enough a number.
    private string Free(string folder, string name)
    {
        var target = System.IO.Path.Combine(folder, name);
        var stem = System.IO.Path.GetFileNameWithoutExtension(name);
        var at = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        for (var i = 1; File.Exists(target); i++)
        {
            var number = i == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"-{i}");
            target = System.IO.Path.Combine(folder, $"{stem}.{at}{number}{System.IO.Path.GetExtension(name)}");
        }

        return target;
    }
}
