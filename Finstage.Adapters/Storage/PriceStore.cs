using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>Last prices, highs, thresholds and price alerts.</summary>
internal sealed class PriceStore(ISqlDatabase database) : IPriceStore
{
    private readonly AlertWriter alerts = new(database.Dialect);

    private readonly string insertQuote =
        $"""
        {database.Dialect.InsertNew} quotes (symbol, price, price_time, previous_close, alert_state, updated_ms)
        VALUES (@Symbol, @Price, @Time, @PreviousClose, @State, @At) {database.Dialect.IfNew}
        """;

    private readonly string insertAlert =
        $"""
        {database.Dialect.InsertNew} price_alerts (symbol, kind, alert_level, session_date, priority, price, price_time, reference,
            reference_time, change_size, unit, created_ms)
        VALUES (@Symbol, @Kind, @Level, @Session, @Priority, @Price, @PriceTime, @Reference, @ReferenceTime, @Change, @Unit, @At)
        {database.Dialect.IfNew}
        """;

    private readonly string insertHighs =
        $"""
        {database.Dialect.InsertNew} highs (symbol, ever_price, ever_date, ever_ms, year_price, year_date, through_date)
        VALUES (@symbol, @everPrice, @everDate, @everMs, @yearPrice, @yearDate, @through) {database.Dialect.IfNew}
        """;

    private readonly string insertThresholds =
        $"""
        {database.Dialect.InsertNew} thresholds (symbol, rise, fall, from_high) VALUES (@symbol, @Rise, @Drop, @FromHigh)
        {database.Dialect.IfNew}
        """;

    public Task<PriceMemory> ReadAsync(string symbol, CancellationToken cancellation) => database.ReadAsync(
        c =>
        {
            var quote = c.QuerySingleOrDefault<QuoteData>(PriceSql.Quote, new { symbol });
            var highs = c.QuerySingleOrDefault<HighsData>(PriceSql.Highs, new { symbol });
            var own = c.QuerySingleOrDefault<ThresholdData>(PriceSql.Thresholds, new { symbol });
            return new PriceMemory(
                quote is null ? null : new LastQuote(quote.Price, quote.PriceTime, quote.PreviousClose),
                quote is null ? PriceAlertState.Empty : StateOf(quote.AlertState),
                highs?.ToHighs(),
                own is null ? null : new PriceThresholdOverride(own.Rise, own.Fall, own.FromHigh));
        },
        cancellation);

    public async Task<PriceCommitResult> CommitAsync(PriceCommit commit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var result = await database.WriteAsync(c => Commit(c, commit), cancellation);
        StoreMeter.Committed(0, 0, result.NewRows);
        return result;
    }

    public Task PutHighsAsync(string symbol, PriceHighs highs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(highs);
        var row = new
        {
            symbol, everPrice = highs.Ever?.Price, everDate = highs.Ever?.Date.DayNumber, everMs = highs.EverAt?.ToUnixTimeMilliseconds(),
            yearPrice = highs.Year?.Price, yearDate = highs.Year?.Date.DayNumber, through = highs.Through?.DayNumber,
        };
        return database.WriteAsync(c => c.Execute(PriceSql.UpdateHighs, row) == 0 ? c.Execute(insertHighs, row) : 1, cancellation);
    }

    public Task PutThresholdsAsync(string symbol, PriceThresholdOverride? own, CancellationToken cancellation) => database.WriteAsync(
        c =>
        {
            c.Execute(PriceSql.RemoveThresholds, new { symbol });
            return own is null ? 0 : c.Execute(insertThresholds, new { symbol, own.Rise, own.Drop, own.FromHigh });
        },
        cancellation);

    public Task<IReadOnlyList<PriceAlertRow>> ReadAlertsAsync(string? symbol, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<PriceAlertRow>>(
            c => [.. c.Query<AlertData>(symbol is null ? PriceSql.Alerts : PriceSql.AlertsOfSymbol, new { symbol, limit }).Select(a => a.ToRow())],
            cancellation);

    private PriceCommitResult Commit(DbConnection connection, PriceCommit commit)
    {
        var at = commit.At.ToUnixTimeMilliseconds();
        var quote = new
        {
            commit.Symbol, commit.Quote.Price, commit.Quote.Time, commit.Quote.PreviousClose,
            State = JsonSerializer.Serialize(commit.State, PriceStateJson.Default.PriceAlertState), At = at,
        };
        if (connection.Execute(PriceSql.UpdateQuote, quote) == 0)
        {
            connection.Execute(insertQuote, quote);
        }

        var told = new List<Alert>();
        var added = 0;
        foreach (var (alert, row) in commit.Alerts)
        {
            var isNew = connection.Execute(insertAlert, new
            {
                commit.Symbol, Kind = (int)alert.Kind, alert.Level, Session = alert.Session.DayNumber, Priority = (int)alert.Priority,
                alert.Quote.Price, PriceTime = alert.Quote.Time, Reference = alert.Reference.Price, ReferenceTime = alert.Reference.Time,
                alert.Change, Unit = (int)alert.Unit, At = at,
            }) == 1;
            added += isNew ? 1 : 0;
            if (isNew && row is not null)
            {
                told.Add(row);
            }
        }

        var (rows, chats) = alerts.Write(connection, told, commit.Audience, commit.At);
        return new PriceCommitResult(added, rows, chats);
    }

    // What another version wrote and this one cannot read is forgotten: the alerts' keys keep them from being told twice.
    private static PriceAlertState StateOf(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PriceStateJson.Default.PriceAlertState) ?? PriceAlertState.Empty;
        }
        catch (JsonException)
        {
            return PriceAlertState.Empty;
        }
    }

    private static DatedHigh? HighOf(double? price, long? date) =>
        price is null || date is null ? null : new DatedHigh(DateOnly.FromDayNumber((int)date), price.Value);

    private sealed class QuoteData
    {
        public double Price { get; init; }

        public long PriceTime { get; init; }

        public double? PreviousClose { get; init; }

        public string AlertState { get; init; } = string.Empty;
    }

    private sealed class HighsData
    {
        public double? EverPrice { get; init; }

        public long? EverDate { get; init; }

        public long? EverMs { get; init; }

        public double? YearPrice { get; init; }

        public long? YearDate { get; init; }

        public long? ThroughDate { get; init; }

        public PriceHighs ToHighs() => new(
            HighOf(EverPrice, EverDate), EverMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null, HighOf(YearPrice, YearDate),
            ThroughDate is { } date ? DateOnly.FromDayNumber((int)date) : null);
    }

    private sealed class ThresholdData
    {
        public double? Rise { get; init; }

        public double? Fall { get; init; }

        public double? FromHigh { get; init; }
    }

    private sealed class AlertData
    {
        public string Symbol { get; init; } = string.Empty;

        public long Kind { get; init; }

        public long AlertLevel { get; init; }

        public long SessionDate { get; init; }

        public long Priority { get; init; }

        public double Price { get; init; }

        public long PriceTime { get; init; }

        public double Reference { get; init; }

        public long ReferenceTime { get; init; }

        public double? ChangeSize { get; init; }

        public long Unit { get; init; }

        public long CreatedMs { get; init; }

        public PriceAlertRow ToRow() => new(
            Symbol,
            new PriceAlert(
                (PriceAlertKind)Kind, (int)AlertLevel, DateOnly.FromDayNumber((int)SessionDate), (AlertPriority)Priority,
                new PricePoint(PriceTime, Price), new PricePoint(ReferenceTime, Reference), ChangeSize, (ChangeUnit)Unit),
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedMs));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PreferredObjectCreationHandling = JsonObjectCreationHandling.Replace)]
[JsonSerializable(typeof(PriceAlertState))]
internal sealed partial class PriceStateJson : JsonSerializerContext;
