using System.Globalization;
using System.Text;

namespace Finstage.Adapters.Storage;

/// <summary>
/// The folder that holds everything the program keeps, locked for one process. The lock belongs to the process and ends with it,
/// however it ends; the lock file itself stays. Dispose it last, after the store.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>The database file's name.</summary>
    public const string DatabaseName = "finstage.db";

    private const string LockName = "finstage.lock";

    // EWOULDBLOCK on Linux and macOS, and a sharing violation on Windows.
    private static readonly int[] HeldByOther = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream held;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The database file's full path.</summary>
    public string DatabasePath => System.IO.Path.Combine(Path, DatabaseName);

    /// <summary>Makes the folder where it is missing, checks that it can be written, and locks it.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="DataFolderException">Another process holds the folder, or it cannot be made or written.</exception>
    public static DataFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            return new DataFolder(full, Lock(System.IO.Path.Combine(full, LockName)));
        }
        catch (IOException e) when (HeldByOther.Contains(e.HResult))
        {
            throw new DataFolderException(
                full, isHeld: true,
                $"The data folder '{full}' is in use by another Finstage process. Stop that process, or give this one another folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataFolderException(
                full, isHeld: false,
                $"The data folder '{full}' cannot be used: {e.Message} Check that it is a folder, that there is room, and that this user may "
                + "write there, or give another folder.", e);
        }
    }

    /// <summary>Gives the folder free for another process.</summary>
    public void Dispose() => held.Dispose();

    private static FileStream Lock(string file)
    {
        var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            // Written for people who look for the holder, and as the proof that the folder takes data.
            stream.SetLength(0);
            stream.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            stream.Flush(flushToDisk: true);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}

/// <summary>The data folder cannot be used. The message names it and says what to do.</summary>
public sealed class DataFolderException : Exception
{
    /// <summary>Creates the exception.</summary>
    public DataFolderException(string folder, bool isHeld, string message, Exception cause)
        : base(message, cause)
    {
        Folder = folder;
        IsHeld = isHeld;
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>Whether another process holds it; otherwise it cannot be made or written.</summary>
    public bool IsHeld { get; }
}
