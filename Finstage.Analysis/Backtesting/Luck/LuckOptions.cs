namespace Finstage.Analysis.Backtesting;

/// <summary>How luck is tested. Immutable; the same options give the same figures on any number of threads.</summary>
public sealed record LuckOptions
{
    /// <summary>Where all chance comes from. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Resamples of the bootstrap, at least 100. Default 1,000.</summary>
    public int Resamples { get; init; } = 1_000;

    /// <summary>Draws of the random-entry test, at least 100. Default 2,000.</summary>
    public int Draws { get; init; } = 2_000;

    /// <summary>Groups with fewer outcomes are not tested: so few tell nothing. At least 2, default 10.</summary>
    public int MinSamples { get; init; } = BacktestTable.DefaultMinSamples;

    /// <summary>Threads at most, or −1 for as many as there are processors. Default −1.</summary>
    public int Parallelism { get; init; } = -1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(Draws, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinSamples, 2);
    }
}
