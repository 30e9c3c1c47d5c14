using Finstage.Analysis.Candles;

namespace Finstage.Grains.Ports;

/// <summary>What is newest of everything, for people who look on. Thread-safe. Every method is one unit of work.</summary>
public interface IOverviewStore
{
    /// <summary>The signals that were stored last, by their numbers, newest first; superseded ones are among them.</summary>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    Task<IReadOnlyList<SignalRow>> ReadNewestSignalsAsync(int limit, CancellationToken cancellation);

    /// <summary>The last price of every symbol that has one.</summary>
    Task<IReadOnlyDictionary<string, LastQuote>> ReadQuotesAsync(CancellationToken cancellation);

    /// <summary>The last closes of every series of an interval, by symbol.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="count">At most so many of each, 1 to 250.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    Task<IReadOnlyDictionary<string, RecentCloses>> ReadRecentClosesAsync(CandleInterval interval, int count, CancellationToken cancellation);
}

/// <summary>How a series ends.</summary>
/// <param name="Time">Open time of its last candle, Unix seconds.</param>
/// <param name="Closes">The closes of its last candles, ascending by time; at least one.</param>
public sealed record RecentCloses(long Time, IReadOnlyList<double> Closes);
