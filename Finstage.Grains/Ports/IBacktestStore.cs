using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Grains.Ports;

/// <summary>
/// What signals were worth, as it was counted last. Thread-safe. Every method is one unit of work that commits or rolls back whole.
/// </summary>
public interface IBacktestStore
{
    /// <summary>Keeps the backtest of an interval in place of the one before.</summary>
    Task SaveAsync(BacktestRun run, CancellationToken cancellation);

    /// <summary>What the last backtest looked at; null when there was none.</summary>
    Task<BacktestHead?> FindAsync(CandleInterval interval, CancellationToken cancellation);

    /// <summary>The figures that match, by horizon, symbol and strategy.</summary>
    Task<IReadOnlyList<LeaderboardRow>> ReadRowsAsync(BacktestQuery query, CancellationToken cancellation);

    /// <summary>The walks forward, by horizon.</summary>
    Task<IReadOnlyList<WalkForward>> ReadWalksAsync(CandleInterval interval, CancellationToken cancellation);
}

/// <summary>A backtest, and when it was made.</summary>
/// <param name="Interval">The candles' interval.</param>
/// <param name="At">When it ended.</param>
/// <param name="Report">What it found.</param>
public sealed record BacktestRun(CandleInterval Interval, DateTimeOffset At, BacktestReport Report);

/// <summary>What a stored backtest looked at, and when it was made.</summary>
/// <param name="Interval">The candles' interval.</param>
/// <param name="At">When it ended.</param>
/// <param name="Scope">What it looked at.</param>
public sealed record BacktestHead(CandleInterval Interval, DateTimeOffset At, BacktestScope Scope);

/// <summary>Which figures to read.</summary>
/// <param name="Interval">Of candles of this interval.</param>
/// <param name="Symbol">Of this symbol; <see cref="Together"/> for all symbols together; null for both of these and every symbol.</param>
/// <param name="Strategy">Of this strategy; <see cref="Together"/> for all strategies together; null for any.</param>
/// <param name="Horizon">At this horizon; null for any.</param>
/// <param name="Direction">Of this direction, which is told over all symbols alone; null for both together.</param>
public sealed record BacktestQuery(
    CandleInterval Interval, string? Symbol = null, string? Strategy = null, Horizon? Horizon = null, Direction? Direction = null)
{
    /// <summary>Stands for all together, in queries and in the stored rows.</summary>
    public const string Together = "*";
}
