using System.Data.Common;
using System.Text;
using Dapper;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>Reads stored signals.</summary>
internal static class SignalReader
{
    internal const string Newest = $"{Selected} ORDER BY id DESC LIMIT @limit";

    private const string Columns = $"{Selected} WHERE open_time >= @From AND open_time <= @To";

    private const string Selected =
        """
        SELECT id AS Id, symbol AS Symbol, candle_interval AS CandleInterval, strategy AS Strategy, open_time AS OpenTime,
               direction AS Direction, confidence AS Confidence, close AS Close, reason AS Reason, figure1 AS Figure1,
               figure2 AS Figure2, figure3 AS Figure3, figure4 AS Figure4, superseded_ms AS SupersededMs
        FROM signals
        """;

    private const string Counted = "SELECT strategy, COUNT(*) FROM signals WHERE superseded_ms IS NULL";

    public static IReadOnlyList<SignalRow> Read(DbConnection connection, SignalQuery query)
    {
        var values = new
        {
            query.From, query.To, query.Symbol, Interval = (int?)query.Interval, query.Strategy, query.Limit,
            BeforeTime = query.Before?.Time, BeforeId = query.Before?.Id,
        };
        return [.. connection.Query<SignalData>(Statement(query), values).Select(ToRow)];
    }

    /// <summary>What was stored last, whatever its time.</summary>
    public static IReadOnlyList<SignalRow> ReadNewest(DbConnection connection, int limit) =>
        [.. connection.Query<SignalData>(Newest, new { limit }).Select(ToRow)];

    public static IReadOnlyDictionary<string, long> Count(DbConnection connection, string? symbol, CandleInterval? interval)
    {
        var ofSymbol = symbol is null ? string.Empty : " AND symbol = @symbol";
        var ofInterval = interval is null ? string.Empty : " AND candle_interval = @interval";
        return connection
            .Query<(string Strategy, long Count)>($"{Counted}{ofSymbol}{ofInterval} GROUP BY strategy", new { symbol, interval = (int?)interval })
            .ToDictionary(c => c.Strategy, c => c.Count, StringComparer.Ordinal);
    }

    /// <summary>
    /// The statement for a query: constant pieces alone, those of the filters that are set, so that each combination can use its index.
    /// Values go in as parameters.
    /// </summary>
    internal static string Statement(SignalQuery query)
    {
        var sql = new StringBuilder(Columns, 1024);
        sql.Append(query.Symbol is null ? string.Empty : " AND symbol = @Symbol");
        sql.Append(query.Interval is null ? string.Empty : " AND candle_interval = @Interval");
        sql.Append(query.Strategy is null ? string.Empty : " AND strategy = @Strategy");
        sql.Append(query.IncludeSuperseded ? string.Empty : " AND superseded_ms IS NULL");
        sql.Append(query.Before is null
            ? string.Empty
            : " AND open_time <= @BeforeTime AND (open_time < @BeforeTime OR id < @BeforeId)");
        return sql.Append(" ORDER BY open_time DESC, id DESC LIMIT @Limit").ToString();
    }

    private static SignalRow ToRow(SignalData s) => new(
        s.Id, s.Symbol, (CandleInterval)s.CandleInterval,
        new Signal(
            s.Strategy, s.OpenTime, (Direction)s.Direction, (int)s.Confidence, s.Close, s.Reason,
            new Figures(s.Figure1 ?? double.NaN, s.Figure2 ?? double.NaN, s.Figure3 ?? double.NaN, s.Figure4 ?? double.NaN)),
        s.SupersededMs is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(s.SupersededMs.Value));

    private sealed class SignalData
    {
        public long Id { get; init; }

        public string Symbol { get; init; } = string.Empty;

        public long CandleInterval { get; init; }

        public string Strategy { get; init; } = string.Empty;

        public long OpenTime { get; init; }

        public long Direction { get; init; }

        public long Confidence { get; init; }

        public double Close { get; init; }

        public string Reason { get; init; } = string.Empty;

        public double? Figure1 { get; init; }

        public double? Figure2 { get; init; }

        public double? Figure3 { get; init; }

        public double? Figure4 { get; init; }

        public long? SupersededMs { get; init; }
    }
}
