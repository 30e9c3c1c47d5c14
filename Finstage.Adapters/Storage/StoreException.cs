namespace Finstage.Adapters.Storage;

/// <summary>Why a database file cannot be used.</summary>
public enum StoreFault
{
    /// <summary>It is no database, or parts of it are missing or spoiled.</summary>
    Corrupt,

    /// <summary>It is a database of another program.</summary>
    Foreign,

    /// <summary>A newer version of the program wrote it.</summary>
    Newer,

    /// <summary>It cannot be opened, read or written: rights, room, or a folder in its place.</summary>
    Unavailable,
}

/// <summary>A database file cannot be used; nothing of it was changed. The message names the file and says what to do.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StoreException(StoreFault fault, string file, string detail, Exception? cause = null)
        : base(Describe(fault, file, detail), cause)
    {
        Fault = fault;
        File = file;
        Detail = detail;
    }

    /// <summary>Why the file cannot be used.</summary>
    public StoreFault Fault { get; }

    /// <summary>The file's path.</summary>
    public string File { get; }

    /// <summary>What was found, as a sentence.</summary>
    public string Detail { get; }

    private static string Describe(StoreFault fault, string file, string detail)
    {
        var whatToDo = fault switch
        {
            StoreFault.Corrupt => "Restore a backup over it, or move it and its -wal and -shm files away to start anew.",
            StoreFault.Foreign => "Move it away, or give another data folder.",
            StoreFault.Newer => "Use the version of Finstage that wrote it, or restore the backup that was made before it was changed.",
            _ => "Check that this user may read and write it and that there is room on the disk.",
        };
        return $"The database '{file}' cannot be used: {detail} {whatToDo}";
    }
}
