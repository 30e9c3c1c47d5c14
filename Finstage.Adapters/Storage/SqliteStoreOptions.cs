namespace Finstage.Adapters.Storage;

/// <summary>The limits of a store. Immutable and thread-safe.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>Writes that may wait for the writer, 1 to 100,000; further callers wait until there is room. Default 1,024.</summary>
    public int QueueMax { get; init; } = 1_024;

    /// <summary>Writes that share one commit, 1 to 1,000. Default 64.</summary>
    public int GroupMax { get; init; } = 64;

    /// <summary>Reads that run at once, 1 to 64; further ones wait. Default 4.</summary>
    public int ReadersMax { get; init; } = 4;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueMax, 100_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(GroupMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(GroupMax, 1_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReadersMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ReadersMax, 64);
    }
}
