using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Grains.Ports;

/// <summary>
/// What became of live signals: those that were stored when their candle had just closed. The unit of work that stores such a signal stores
/// an empty outcome for each horizon; one that corrects its series empties them again. Thread-safe. Every method is one unit of work that
/// commits or rolls back whole.
/// </summary>
public interface IOutcomeStore
{
    /// <summary>Empty outcomes whose horizon may have passed, the newest first.</summary>
    /// <param name="now">The moment, Unix seconds.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    Task<IReadOnlyList<DueOutcome>> ReadDueAsync(long now, int limit, CancellationToken cancellation);

    /// <summary>Fills outcomes of one series. Where the series has another version by now, nothing is filled.</summary>
    /// <returns>How many were filled.</returns>
    Task<int> SettleAsync(OutcomeSettlement settlement, CancellationToken cancellation);

    /// <summary>The filled outcomes of signals, by the signal's number, then by horizon. One query, however many signals there are.</summary>
    Task<IReadOnlyList<OutcomeRow>> ReadAsync(IReadOnlyList<LiveSignalKey> signals, CancellationToken cancellation);

    /// <summary>The outcomes of signals by their numbers, by number, then by horizon; empty ones too.</summary>
    Task<IReadOnlyList<OutcomeRow>> ReadAsync(IReadOnlyList<long> signals, CancellationToken cancellation);
}

/// <summary>What makes a signal unique.</summary>
public sealed record LiveSignalKey(string Symbol, CandleInterval Interval, string Strategy, long Time, Direction Direction);

/// <summary>An outcome that is to be filled.</summary>
/// <param name="SignalId">The signal's number.</param>
/// <param name="Signal">The signal.</param>
/// <param name="Horizon">The horizon.</param>
public sealed record DueOutcome(long SignalId, LiveSignalKey Signal, Horizon Horizon);

/// <summary>Outcomes of one series.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval.</param>
/// <param name="Version">The version of the series that they follow from.</param>
/// <param name="Results">The outcomes; null where there never will be one.</param>
/// <param name="At">When they were looked up.</param>
public sealed record OutcomeSettlement(
    string Symbol, CandleInterval Interval, int Version, IReadOnlyList<(long SignalId, Horizon Horizon, SignalOutcome? Outcome)> Results,
    DateTimeOffset At);

/// <summary>A stored outcome.</summary>
/// <param name="SignalId">The signal's number.</param>
/// <param name="Signal">The signal.</param>
/// <param name="Horizon">The horizon.</param>
/// <param name="SettledAt">When it was filled; null while it is empty.</param>
/// <param name="Outcome">What became of it; null while it is empty, and where there never will be an outcome.</param>
public sealed record OutcomeRow(long SignalId, LiveSignalKey Signal, Horizon Horizon, DateTimeOffset? SettledAt, SignalOutcome? Outcome);
