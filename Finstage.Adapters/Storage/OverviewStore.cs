using Dapper;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>What is newest of everything.</summary>
internal sealed class OverviewStore(ISqlDatabase database) : IOverviewStore
{
    internal const string Quotes =
        "SELECT symbol AS Symbol, price AS Price, price_time AS PriceTime, previous_close AS PreviousClose FROM quotes";

    // One look into the index per series: the last candle's time is counted on every commit.
    internal const string Closes =
        """
        SELECT s.symbol AS Symbol, c.close AS Close, s.last_time AS LastTime,
               (SELECT b.close FROM candles b WHERE b.series_id = s.id AND b.open_time < s.last_time ORDER BY b.open_time DESC LIMIT 1) AS CloseBefore
        FROM series s JOIN candles c ON c.series_id = s.id AND c.open_time = s.last_time
        WHERE s.candle_interval = @interval
        """;

    private const int MaxSignals = 1_000;

    public Task<IReadOnlyList<SignalRow>> ReadNewestSignalsAsync(int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxSignals);
        return database.ReadAsync(c => SignalReader.ReadNewest(c, limit), cancellation);
    }

    public Task<IReadOnlyDictionary<string, LastQuote>> ReadQuotesAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<string, LastQuote>>(
            c => c.Query<QuoteData>(Quotes).ToDictionary(
                q => q.Symbol, q => new LastQuote(q.Price, q.PriceTime, q.PreviousClose), StringComparer.Ordinal),
            cancellation);

    public Task<IReadOnlyDictionary<string, LastClose>> ReadLastClosesAsync(CandleInterval interval, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<string, LastClose>>(
            c => c.Query<CloseData>(Closes, new { interval = (int)interval }).ToDictionary(
                s => s.Symbol, s => new LastClose(s.Close, s.LastTime, s.CloseBefore), StringComparer.Ordinal),
            cancellation);

    private sealed class QuoteData
    {
        public string Symbol { get; init; } = string.Empty;

        public double Price { get; init; }

        public long PriceTime { get; init; }

        public double? PreviousClose { get; init; }
    }

    private sealed class CloseData
    {
        public string Symbol { get; init; } = string.Empty;

        public double Close { get; init; }

        public long LastTime { get; init; }

        public double? CloseBefore { get; init; }
    }
}
