using System.Data;
using Dapper;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>Series, candles, signals and the symbol master.</summary>
internal sealed class MarketStore(ISqlDatabase database) : IMarketStore
{
    // What closes live has fewer rows than this; history has more, and lets it go first.
    private const int SmallRowsMax = 100;

    private const string Symbols =
        """
        SELECT code AS Code, name_ko AS NameKo, name_en AS NameEn, category AS Category, exchange AS Exchange, currency AS Currency,
               enabled AS Enabled
        FROM symbols
        """;

    private const string AllSymbols = $"{Symbols} ORDER BY position, code";

    private const string OneSymbol = $"{Symbols} WHERE code = @code";

    private const string UpdateSymbol =
        """
        UPDATE symbols SET name_ko = @NameKo, name_en = @NameEn, category = @Category, exchange = @Exchange, currency = @Currency,
               enabled = @Enabled
        WHERE code = @Code
        """;

    private const string Series =
        """
        SELECT symbol AS Symbol, candle_interval AS CandleInterval, source AS Source, version AS Version, revision AS Revision,
               rules AS Rules, candles AS Candles, first_time AS FirstTime, last_time AS LastTime
        FROM series
        """;

    private const string AllSeries = $"{Series} ORDER BY symbol, candle_interval";

    private const string SeriesOfSymbol = $"{Series} WHERE symbol = @symbol ORDER BY candle_interval";

    private const string Candles =
        """
        SELECT c.open_time, c.open, c.high, c.low, c.close, c.volume
        FROM series s JOIN candles c ON c.series_id = s.id
        WHERE s.symbol = @symbol AND s.candle_interval = @interval AND c.open_time >= @from AND c.open_time <= @to
        ORDER BY c.open_time DESC LIMIT @limit
        """;

    private readonly string insertSymbol =
        $"""
        {database.Dialect.InsertNew} symbols (code, position, name_ko, name_en, category, exchange, currency, enabled)
        VALUES (@Code, (SELECT COALESCE(MAX(position), 0) + 1 FROM symbols), @NameKo, @NameEn, @Category, @Exchange, @Currency, @Enabled)
        {database.Dialect.IfNew}
        """;

    private readonly SeriesWriter writer = new(database.Dialect);

    public Task<IReadOnlyList<SymbolInfo>> ReadSymbolsAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SymbolInfo>>(
            c => [.. c.Query<SymbolData>(AllSymbols).Select(InfoOf)],
            cancellation);

    public Task<SymbolInfo?> ReadSymbolAsync(string code, CancellationToken cancellation) =>
        database.ReadAsync(
            c => c.QuerySingleOrDefault<SymbolData>(OneSymbol, new { code }) is { } symbol ? InfoOf(symbol) : null,
            cancellation);

    public Task PutSymbolsAsync(IReadOnlyList<SymbolInfo> symbols, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        return database.WriteAsync(
            c =>
            {
                foreach (var s in symbols)
                {
                    var row = new
                    {
                        s.Code, s.NameKo, s.NameEn, Category = (int)s.Category, s.Exchange, s.Currency, Enabled = s.Enabled ? 1 : 0,
                    };
                    if (c.Execute(UpdateSymbol, row) == 0)
                    {
                        c.Execute(insertSymbol, row);
                    }
                }

                return symbols.Count;
            },
            cancellation);
    }

    public Task<IReadOnlyList<SeriesRow>> ReadSeriesAsync(string? symbol, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SeriesRow>>(
            c =>
            [
                .. c.Query<SeriesData>(symbol is null ? AllSeries : SeriesOfSymbol, new { symbol }).Select(s => new SeriesRow(
                    s.Symbol, (CandleInterval)s.CandleInterval, s.Source, (int)s.Version, s.Revision, s.Rules, s.Candles, s.FirstTime,
                    s.LastTime)),
            ],
            cancellation);

    public Task<Candle[]> ReadCandlesAsync(
        string symbol, CandleInterval interval, long from, long to, int limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return database.ReadAsync(
            c =>
            {
                using var reader = c.ExecuteReader(Candles, new { symbol, interval = (int)interval, from, to, limit });
                return ReadBackwards(reader);
            },
            cancellation);
    }

    public Task<IReadOnlyList<SignalRow>> ReadSignalsAsync(SignalQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 100_000, nameof(query));
        return database.ReadAsync(c => SignalReader.Read(c, query), cancellation);
    }

    public Task<IReadOnlyDictionary<string, long>> CountSignalsAsync(string? symbol, CandleInterval? interval, CancellationToken cancellation) =>
        database.ReadAsync(c => SignalReader.Count(c, symbol, interval), cancellation);

    public async Task<CommitResult> CommitAsync(SeriesCommit commit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var isLarge = commit.Candles.Count + commit.Signals.Count + commit.Superseded.Count > SmallRowsMax;
        var result = isLarge
            ? await database.WriteLargeAsync(c => writer.Commit(c, commit), cancellation)
            : await database.WriteAsync(c => writer.Commit(c, commit), cancellation);
        StoreMeter.Committed(commit.Candles.Count, result.NewSignals, result.NewAlerts);
        return result;
    }

    private static SymbolInfo InfoOf(SymbolData s) =>
        new(s.Code, s.NameKo, s.NameEn, (SymbolCategory)s.Category, s.Exchange, s.Currency, s.Enabled != 0);

    // Read from the newest backwards, for the limit; handed out ascending.
    private static Candle[] ReadBackwards(IDataReader reader)
    {
        var candles = new List<Candle>();
        while (reader.Read())
        {
            candles.Add(new Candle(
                reader.GetInt64(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4),
                reader.GetDouble(5)));
        }

        candles.Reverse();
        return [.. candles];
    }

    private sealed record SymbolData(
        string Code, string NameKo, string NameEn, long Category, string Exchange, string Currency, long Enabled);

    private sealed record SeriesData(
        string Symbol, long CandleInterval, string Source, long Version, long Revision, string Rules, long Candles, long FirstTime,
        long LastTime);
}
