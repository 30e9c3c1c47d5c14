using Dapper;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>What is newest of everything.</summary>
internal sealed class OverviewStore(ISqlDatabase database) : IOverviewStore
{
    internal const string Quotes =
        "SELECT symbol AS Symbol, price AS Price, price_time AS PriceTime, previous_close AS PreviousClose FROM quotes";

    internal const string Closes = "SELECT close FROM candles WHERE series_id = @id ORDER BY open_time DESC LIMIT @count";

    private const string Series = "SELECT id AS Id, symbol AS Symbol, last_time AS LastTime FROM series WHERE candle_interval = @interval";

    private const int MaxCloses = 250;
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

    public Task<IReadOnlyDictionary<string, RecentCloses>> ReadRecentClosesAsync(CandleInterval interval, int count, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCloses);
        return database.ReadAsync<IReadOnlyDictionary<string, RecentCloses>>(
            c =>
            {
                var found = new Dictionary<string, RecentCloses>(StringComparer.Ordinal);
                foreach (var series in c.Query<SeriesData>(Series, new { interval = (int)interval }).AsList())
                {
                    var closes = c.Query<double>(Closes, new { id = series.Id, count }).Reverse().ToArray();
                    if (closes.Length > 0)
                    {
                        found[series.Symbol] = new RecentCloses(series.LastTime, closes);
                    }
                }

                return found;
            },
            cancellation);
    }

    private sealed class QuoteData
    {
        public string Symbol { get; init; } = string.Empty;

        public double Price { get; init; }

        public long PriceTime { get; init; }

        public double? PreviousClose { get; init; }
    }

    private sealed class SeriesData
    {
        public long Id { get; init; }

        public string Symbol { get; init; } = string.Empty;

        public long LastTime { get; init; }
    }
}
