namespace Finstage.Analysis.Clustering;

/// <summary>How clusters are looked for. The defaults are those of the program.</summary>
public sealed record ClusterOptions
{
    /// <summary>The fewest clusters tried, at least 2. Default 3.</summary>
    public int Fewest { get; init; } = 3;

    /// <summary>The most clusters tried, at least <see cref="Fewest"/>. Default 12.</summary>
    public int Most { get; init; } = 12;

    /// <summary>Starts for each number of clusters, of which the best one counts; at least 1. Default 8.</summary>
    public int Starts { get; init; } = 8;

    /// <summary>Steps of one start at most; at least 1. Default 100.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>Windows on which the silhouette is taken, at least 10. Default 2,000.</summary>
    public int SilhouetteSample { get; init; } = 2_000;

    /// <summary>Where all that is random comes from. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads at most, at least 1, or −1 for as many as there are processors; the result does not depend on it. Default −1.</summary>
    public int Parallelism { get; init; } = -1;

    /// <summary>Throws unless every option is in its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Fewest, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Most, Fewest);
        ArgumentOutOfRangeException.ThrowIfLessThan(Starts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SilhouetteSample, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(Parallelism, -1);
        ArgumentOutOfRangeException.ThrowIfZero(Parallelism);
    }
}
