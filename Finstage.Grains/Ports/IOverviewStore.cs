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

    /// <summary>The last two closes of every series of an interval, by symbol.</summary>
    Task<IReadOnlyDictionary<string, LastClose>> ReadLastClosesAsync(CandleInterval interval, CancellationToken cancellation);
}

/// <summary>How a series ends.</summary>
/// <param name="Close">The close of its last candle.</param>
/// <param name="Time">That candle's open time, Unix seconds.</param>
/// <param name="Before">The close of the candle before; null where there is none.</param>
public sealed record LastClose(double Close, long Time, double? Before);
