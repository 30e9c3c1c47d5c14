using Finstage.Analysis.Candles;

namespace Finstage.Grains.Ports;

/// <summary>What has been asked of a feed, and what it has not. Thread-safe. Every method is one unit of work.</summary>
public interface IHistoryStore
{
    /// <summary>What has been asked for the series of a symbol.</summary>
    Task<IReadOnlyList<HistoryMark>> ReadMarksAsync(string symbol, CancellationToken cancellation);

    /// <summary>The sessions of a series that a feed was asked for in vain, and how often.</summary>
    Task<IReadOnlyDictionary<DateOnly, int>> ReadHolesAsync(string symbol, CandleInterval interval, CancellationToken cancellation);

    /// <summary>Keeps what was asked for, and counts one more empty answer for each of the sessions.</summary>
    /// <param name="mark">What was asked for.</param>
    /// <param name="missing">The sessions that the answer should have held and did not.</param>
    /// <param name="cancellation">Gives up before it begins.</param>
    Task RecordAsync(HistoryMark mark, IReadOnlyCollection<DateOnly> missing, CancellationToken cancellation);
}

/// <summary>What a feed has been asked for one series.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval.</param>
/// <param name="Source">The feed's source.</param>
/// <param name="From">The first open time that was ever asked for, Unix seconds.</param>
/// <param name="SplitTime">The last split that the stored candles are adjusted for, Unix seconds; 0 for none.</param>
/// <param name="WholeAt">When the whole series was last asked for.</param>
public sealed record HistoryMark(
    string Symbol, CandleInterval Interval, string Source, long From, long SplitTime, DateTimeOffset WholeAt);
