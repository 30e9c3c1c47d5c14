namespace Finstage.Analysis.Patterns;

/// <summary>How patterns are looked for. The defaults are those of the program.</summary>
public sealed record PatternOptions
{
    /// <summary>The candles from the first step to the last at most, 1 to 250. Default 10.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>The distinct dates that a pattern's outcomes need to be tested, at least 2. Default 10.</summary>
    public int MinSupport { get; init; } = 10;

    /// <summary>The rows kept of each kind: those that survive, then those that come nearest; at least 0. Default 500.</summary>
    public int Kept { get; init; } = 500;

    /// <summary>Whether sequences of three are looked for. Default true.</summary>
    public bool Triples { get; init; } = true;

    /// <summary>Threads at most, at least 1, or −1 for as many as there are processors; the result does not depend on it. Default −1.</summary>
    public int Parallelism { get; init; } = -1;

    /// <summary>Throws unless every option is in its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Limit, 250);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinSupport, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(Kept);
        ArgumentOutOfRangeException.ThrowIfLessThan(Parallelism, -1);
        ArgumentOutOfRangeException.ThrowIfZero(Parallelism);
    }
}
