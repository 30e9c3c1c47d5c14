using System.Data.Common;
using Dapper;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>Writes one series' candles, signals and alerts, inside a transaction that its caller holds.</summary>
internal sealed class SeriesWriter(SqlDialect dialect)
{
    private const string Find =
        """
        SELECT id AS Id, version AS Version, revision AS Revision, candles AS Candles, first_time AS FirstTime, last_time AS LastTime
        FROM series WHERE symbol = @Symbol AND candle_interval = @Interval
        """;

    private const string Add =
        """
        INSERT INTO series (symbol, candle_interval, source, version, revision, rules, candles, first_time, last_time)
        VALUES (@Symbol, @Interval, @Source, @Version, 0, @Rules, 0, 0, 0)
        """;

    private const string Update =
        """
        UPDATE series SET source = @Source, version = @Version, revision = @Revision, rules = @Rules, candles = @Candles,
               first_time = @FirstTime, last_time = @LastTime
        WHERE id = @Id
        """;

    private const string UpdateCandle =
        """
        UPDATE candles SET open = @open, high = @high, low = @low, close = @close, volume = @volume
        WHERE series_id = @series AND open_time = @time
        """;

    private const string UpdateSignal =
        """
        UPDATE signals SET confidence = @confidence, close = @close, reason = @reason, figure1 = @figure1, figure2 = @figure2,
               figure3 = @figure3, figure4 = @figure4, superseded_ms = NULL
        WHERE symbol = @symbol AND strategy = @strategy AND candle_interval = @interval AND open_time = @time
              AND direction = @direction
        """;

    private const string Supersede =
        """
        UPDATE signals SET superseded_ms = @at
        WHERE symbol = @symbol AND strategy = @strategy AND candle_interval = @interval AND open_time = @time
              AND direction = @direction AND superseded_ms IS NULL
        """;

    private const string DeleteCandles = "DELETE FROM candles WHERE series_id = @Id";

    private readonly string insertCandle =
        $"""
        {dialect.InsertNew} candles (series_id, open_time, open, high, low, close, volume)
        VALUES (@series, @time, @open, @high, @low, @close, @volume) {dialect.IfNew}
        """;

    private readonly string insertSignal =
        $"""
        {dialect.InsertNew} signals (symbol, strategy, candle_interval, open_time, direction, confidence, close, reason,
            figure1, figure2, figure3, figure4, created_ms)
        VALUES (@symbol, @strategy, @interval, @time, @direction, @confidence, @close, @reason,
            @figure1, @figure2, @figure3, @figure4, @at) {dialect.IfNew}
        """;

    private readonly AlertWriter alerts = new(dialect);
    private readonly OutcomeWriter outcomes = new(dialect);

    public CommitResult Commit(DbConnection connection, SeriesCommit commit)
    {
        var key = new { commit.Symbol, Interval = (int)commit.Interval, commit.Source, commit.Version, commit.Rules };
        var series = connection.QuerySingleOrDefault<SeriesState>(Find, key);
        if ((series?.Revision ?? 0) != commit.ExpectedRevision)
        {
            throw new SeriesConflictException(commit.Symbol, commit.Interval);
        }

        if (series is null)
        {
            connection.Execute(Add, key);
            series = new SeriesState(connection.ExecuteScalar<long>(dialect.LastId), commit.Version, 0, 0, 0, 0);
        }

        if (commit.IsReplacement)
        {
            connection.Execute(DeleteCandles, series);
            series = series with { Candles = 0, FirstTime = 0, LastTime = 0 };
        }

        if (series.Version != commit.Version)
        {
            OutcomeWriter.Refresh(connection, commit);
        }

        series = WriteCandles(connection, series, commit.Candles) with { Revision = series.Revision + 1 };
        connection.Execute(Update, new
        {
            commit.Source, commit.Version, series.Revision, commit.Rules, series.Candles, series.FirstTime, series.LastTime, series.Id,
        });
        WriteSuperseded(connection, commit);
        var added = WriteSignals(connection, commit);
        outcomes.Add(connection, commit, added);
        var (rows, chats) = alerts.Write(connection, commit.Alerts, commit.Audience, commit.At);
        return new CommitResult(series.Revision, added.Count, rows, chats);
    }

    private SeriesState WriteCandles(DbConnection connection, SeriesState series, IReadOnlyList<Candle> candles)
    {
        if (candles.Count == 0)
        {
            return series;
        }

        using var insert = dialect.Prepare(connection, insertCandle, "series", "time", "open", "high", "low", "close", "volume");
        using var update = dialect.Prepare(connection, UpdateCandle, "series", "time", "open", "high", "low", "close", "volume");
        var added = 0;
        foreach (var c in candles)
        {
            if (insert.Run(series.Id, c.Time, c.Open, c.High, c.Low, c.Close, c.Volume) == 1)
            {
                added++;
            }
            else
            {
                update.Run(series.Id, c.Time, c.Open, c.High, c.Low, c.Close, c.Volume);
            }
        }

        var (first, last) = (candles.Min(c => c.Time), candles.Max(c => c.Time));
        return series with
        {
            Candles = series.Candles + added,
            FirstTime = series.Candles == 0 ? first : Math.Min(first, series.FirstTime),
            LastTime = series.Candles == 0 ? last : Math.Max(last, series.LastTime),
        };
    }

    private void WriteSuperseded(DbConnection connection, SeriesCommit commit)
    {
        if (commit.Superseded.Count == 0)
        {
            return;
        }

        using var supersede = dialect.Prepare(connection, Supersede, "at", "symbol", "strategy", "interval", "time", "direction");
        foreach (var s in commit.Superseded)
        {
            supersede.Run(
                commit.At.ToUnixTimeMilliseconds(), commit.Symbol, s.Strategy, (int)commit.Interval, s.Time, (int)s.Direction);
        }
    }

    /// <summary>Writes the signals, and returns those that were not stored before.</summary>
    private List<Signal> WriteSignals(DbConnection connection, SeriesCommit commit)
    {
        var added = new List<Signal>();
        if (commit.Signals.Count == 0)
        {
            return added;
        }

        string[] key = ["symbol", "strategy", "interval", "time", "direction"];
        string[] values = ["confidence", "close", "reason", "figure1", "figure2", "figure3", "figure4"];
        using var insert = dialect.Prepare(connection, insertSignal, [.. key, .. values, "at"]);
        using var update = dialect.Prepare(connection, UpdateSignal, [.. key, .. values]);
        foreach (var s in commit.Signals)
        {
            ReadOnlySpan<SqlValue> row =
            [
                commit.Symbol, s.Strategy, (int)commit.Interval, s.Time, (int)s.Direction, s.Confidence, s.Close, s.Reason,
                SqlValue.OrNull(s.Figures.First), SqlValue.OrNull(s.Figures.Second), SqlValue.OrNull(s.Figures.Third),
                SqlValue.OrNull(s.Figures.Fourth), commit.At.ToUnixTimeMilliseconds(),
            ];
            if (insert.Run(row) == 1)
            {
                added.Add(s);
            }
            else
            {
                update.Run(row[..^1]);
            }
        }

        return added;
    }

    private sealed record SeriesState(long Id, long Version, long Revision, long Candles, long FirstTime, long LastTime);
}
