using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;

namespace Finstage.Grains.Ports;

/// <summary>
/// The history: series, candles and signals, and the symbol master. Thread-safe. Every method is one unit of work that commits or
/// rolls back whole.
/// </summary>
public interface IMarketStore
{
    /// <summary>Every symbol of the master, in the order of the watchlist.</summary>
    Task<IReadOnlyList<SymbolInfo>> ReadSymbolsAsync(CancellationToken cancellation);

    /// <summary>One symbol of the master; null when it is not there.</summary>
    Task<SymbolInfo?> ReadSymbolAsync(string code, CancellationToken cancellation);

    /// <summary>Adds symbols or changes what is known of them.</summary>
    Task PutSymbolsAsync(IReadOnlyList<SymbolInfo> symbols, CancellationToken cancellation);

    /// <summary>What is known of every stored series, by symbol and interval; of one symbol when it is named.</summary>
    Task<IReadOnlyList<SeriesRow>> ReadSeriesAsync(string? symbol, CancellationToken cancellation);

    /// <summary>Candles of one series with open times from <paramref name="from"/> to <paramref name="to"/> (both included), ascending.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="from">First open time, Unix seconds.</param>
    /// <param name="to">Last open time, Unix seconds.</param>
    /// <param name="limit">At most this many, the newest of them.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    Task<Candle[]> ReadCandlesAsync(
        string symbol, CandleInterval interval, long from, long to, int limit, CancellationToken cancellation);

    /// <summary>Signals that match, newest first (by time, then id).</summary>
    Task<IReadOnlyList<SignalRow>> ReadSignalsAsync(SignalQuery query, CancellationToken cancellation);

    /// <summary>How many signals that still follow from their series each strategy has: of one symbol, one interval, or all.</summary>
    Task<IReadOnlyDictionary<string, long>> CountSignalsAsync(string? symbol, CandleInterval? interval, CancellationToken cancellation);

    /// <summary>
    /// Commits candles, signals and outbox rows of one series in one transaction. Repeating it changes nothing: candles and signals
    /// are upserted by their keys, and an alert exists once per chat and key.
    /// </summary>
    /// <exception cref="SeriesConflictException">The series is not at the expected revision: somebody else wrote it.</exception>
    Task<CommitResult> CommitAsync(SeriesCommit commit, CancellationToken cancellation);
}

/// <summary>What is known of one stored series.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval.</param>
/// <param name="Source">Where its prices come from.</param>
/// <param name="Version">Rises with each correction.</param>
/// <param name="Revision">Rises with each commit; guards against two writers.</param>
/// <param name="Rules">The fingerprint of the strategies that judged it.</param>
/// <param name="Candles">Candles stored.</param>
/// <param name="FirstTime">Open time of the first candle, Unix seconds.</param>
/// <param name="LastTime">Open time of the last candle, Unix seconds.</param>
public sealed record SeriesRow(
    string Symbol, CandleInterval Interval, string Source, int Version, long Revision, string Rules,
    long Candles, long FirstTime, long LastTime);

/// <summary>One unit of work of a symbol: candles, the signals that follow, the alerts they cause.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval.</param>
/// <param name="Source">Where the prices come from.</param>
/// <param name="Version">The series' version after the commit.</param>
/// <param name="ExpectedRevision">The revision the writer has seen; 0 for a series that is not stored yet.</param>
/// <param name="Rules">The fingerprint of the strategies.</param>
/// <param name="Candles">New and corrected candles, ascending.</param>
/// <param name="Signals">New signals, and those whose figures changed.</param>
/// <param name="Superseded">Signals that no longer follow from the series.</param>
/// <param name="Alerts">Alerts, each of which becomes one outbox row per chat of the audience.</param>
/// <param name="Audience">Whom the alerts are for.</param>
/// <param name="At">The moment of the commit, for the rows' creation times.</param>
public sealed record SeriesCommit(
    string Symbol, CandleInterval Interval, string Source, int Version, long ExpectedRevision, string Rules,
    IReadOnlyList<Candle> Candles, IReadOnlyList<Signal> Signals, IReadOnlyList<SignalKey> Superseded,
    IReadOnlyList<Alert> Alerts, Audience Audience, DateTimeOffset At)
{
    /// <summary>Whether the candles take the place of all that are stored: the series has another source from now on.</summary>
    public bool IsReplacement { get; init; }
}

/// <summary>What makes a signal unique within its series.</summary>
public readonly record struct SignalKey(string Strategy, long Time, Direction Direction);

/// <summary>What a commit did.</summary>
/// <param name="Revision">The series' revision now.</param>
/// <param name="NewSignals">Signals that were not stored before.</param>
/// <param name="NewAlerts">Outbox rows written.</param>
/// <param name="Chats">The chats that have new rows.</param>
public sealed record CommitResult(long Revision, int NewSignals, int NewAlerts, IReadOnlyList<string> Chats);

/// <summary>A stored signal.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval.</param>
/// <param name="Signal">What was said.</param>
/// <param name="SupersededAt">When it ceased to follow from the series; null while it does.</param>
public sealed record SignalRow(
    long Id, string Symbol, CandleInterval Interval, Signal Signal, DateTimeOffset? SupersededAt);

/// <summary>Which signals to read.</summary>
/// <param name="Symbol">Of this symbol, or of all.</param>
/// <param name="Interval">Of this interval, or of all.</param>
/// <param name="Strategy">Of this strategy, or of all.</param>
/// <param name="From">From this open time on (Unix seconds).</param>
/// <param name="To">Up to this open time, included.</param>
/// <param name="Limit">At most this many, 1 to 100,000.</param>
/// <param name="IncludeSuperseded">Whether superseded signals are read too.</param>
/// <param name="Before">Continue after this row of an earlier page: its time and id. Null for the first page.</param>
public sealed record SignalQuery(
    string? Symbol = null, CandleInterval? Interval = null, string? Strategy = null,
    long From = long.MinValue, long To = long.MaxValue, int Limit = 500, bool IncludeSuperseded = false,
    (long Time, long Id)? Before = null);

/// <summary>The series was written by somebody else since it was read; read it again and retry.</summary>
public sealed class SeriesConflictException : Exception
{
    /// <summary>Creates the exception for a series.</summary>
    public SeriesConflictException(string symbol, CandleInterval interval)
        : base($"The series {symbol} {interval.Code()} was changed by another writer.")
    {
    }
}
