namespace Finstage.Analysis.Backtesting;

/// <summary>What a backtest looks at. Immutable; the defaults take everything there is.</summary>
public sealed record BacktestOptions
{
    /// <summary>The horizons; those that candles cannot tell are absent. All by default.</summary>
    public IReadOnlyList<Horizon> Horizons { get; init; } = Backtesting.Horizons.All;

    /// <summary>Signals from this open time on, Unix seconds. What came before still warms the indicators up.</summary>
    public long From { get; init; } = long.MinValue;

    /// <summary>Signals up to this open time, included, Unix seconds.</summary>
    public long To { get; init; } = long.MaxValue;

    /// <summary>Threads at most, or −1 for as many as there are processors. The result does not depend on it. Default −1.</summary>
    public int Parallelism { get; init; } = -1;
}
