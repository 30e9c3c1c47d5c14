using System.Data.Common;
using Dapper;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>What became of live signals.</summary>
internal sealed class OutcomeStore(ISqlDatabase database) : IOutcomeStore
{
    internal const string Due =
        """
        SELECT o.signal_id AS SignalId, o.horizon AS Horizon, g.symbol AS Symbol, g.candle_interval AS CandleInterval,
               g.strategy AS Strategy, g.open_time AS OpenTime, g.direction AS Direction
        FROM outcomes o JOIN signals g ON g.id = o.signal_id
        WHERE o.settled_ms IS NULL AND o.due_time <= @now ORDER BY o.due_time DESC LIMIT @limit
        """;

    private const string Rows =
        """
        SELECT o.signal_id AS SignalId, o.horizon AS Horizon, g.symbol AS Symbol, g.candle_interval AS CandleInterval,
               g.strategy AS Strategy, g.open_time AS OpenTime, g.direction AS Direction, o.settled_ms AS SettledMs, o.exit_time AS ExitTime,
               o.exit_close AS ExitClose, o.outcome AS Outcome, o.adverse AS Adverse, o.favourable AS Favourable
        FROM signals g JOIN outcomes o ON o.signal_id = g.id
        """;

    // A superset by what has an index, in one query; the keys pick from it.
    internal const string OfKeys =
        $"""
        {Rows}
        WHERE g.symbol IN @symbols AND g.open_time >= @first AND g.open_time <= @last AND o.settled_ms IS NOT NULL
        """;

    private const string OfNumbers = $"{Rows} WHERE g.id IN @part ORDER BY g.id, o.horizon";

    // So many numbers in one query: every database takes that many.
    private const int MostNumbers = 10_000;

    private const string Version = "SELECT version FROM series WHERE symbol = @Symbol AND candle_interval = @interval";

    private const string Fill =
        """
        UPDATE outcomes SET settled_ms = @settled, exit_time = @exit_time, exit_close = @exit_close, outcome = @outcome, adverse = @adverse,
               favourable = @favourable, version = @version
        WHERE signal_id = @id AND horizon = @horizon
        """;

    public Task<IReadOnlyList<DueOutcome>> ReadDueAsync(long now, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<DueOutcome>>(
            c => [.. c.Query<OutcomeData>(Due, new { now, limit }).Select(d => new DueOutcome(d.SignalId, d.Key, (Horizon)d.Horizon))],
            cancellation);

    public Task<int> SettleAsync(OutcomeSettlement settlement, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settlement);
        return database.WriteAsync(c => Settle(c, settlement), cancellation);
    }

    public Task<IReadOnlyList<OutcomeRow>> ReadAsync(IReadOnlyList<LiveSignalKey> signals, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(signals);
        if (signals.Count == 0)
        {
            return Task.FromResult<IReadOnlyList<OutcomeRow>>([]);
        }

        var wanted = signals.ToHashSet();
        var where = new { symbols = signals.Select(s => s.Symbol).Distinct(), first = signals.Min(s => s.Time), last = signals.Max(s => s.Time) };
        return database.ReadAsync<IReadOnlyList<OutcomeRow>>(
            c =>
            [
                .. c.Query<OutcomeData>(OfKeys, where, buffered: false).Where(d => wanted.Contains(d.Key))
                    .OrderBy(d => d.SignalId).ThenBy(d => d.Horizon).Select(d => d.ToRow()),
            ],
            cancellation);
    }

    public Task<IReadOnlyList<OutcomeRow>> ReadAsync(IReadOnlyList<long> signals, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<OutcomeRow>>(
            c => [.. signals.Distinct().Order().Chunk(MostNumbers).SelectMany(part => c.Query<OutcomeData>(OfNumbers, new { part })).Select(d => d.ToRow())],
            cancellation);

    private int Settle(DbConnection connection, OutcomeSettlement settlement)
    {
        var (interval, version) = ((int)settlement.Interval, settlement.Version);
        if (connection.ExecuteScalar<long?>(Version, new { settlement.Symbol, interval }) != version)
        {
            return 0;
        }

        using var fill = database.Dialect.Prepare(
            connection, Fill, "settled", "exit_time", "exit_close", "outcome", "adverse", "favourable", "version", "id", "horizon");
        foreach (var (id, horizon, o) in settlement.Results)
        {
            fill.Run(
                settlement.At.ToUnixTimeMilliseconds(), o is null ? default(SqlValue) : o.ExitTime, o is null ? default(SqlValue) : o.ExitClose,
                o is null ? default(SqlValue) : o.Return, o is null ? default(SqlValue) : o.Adverse, o is null ? default(SqlValue) : o.Favourable,
                version, id, (int)horizon);
        }

        return settlement.Results.Count;
    }

    private sealed class OutcomeData
    {
        public long SignalId { get; init; }

        public long Horizon { get; init; }

        public string Symbol { get; init; } = string.Empty;

        public long CandleInterval { get; init; }

        public string Strategy { get; init; } = string.Empty;

        public long OpenTime { get; init; }

        public long Direction { get; init; }

        public long? SettledMs { get; init; }

        public long? ExitTime { get; init; }

        public double? ExitClose { get; init; }

        public double? Outcome { get; init; }

        public double? Adverse { get; init; }

        public double? Favourable { get; init; }

        public LiveSignalKey Key => new(Symbol, (CandleInterval)CandleInterval, Strategy, OpenTime, (Direction)Direction);

        // An emptied row keeps what it said until it is filled anew; nobody is told of that.
        public OutcomeRow ToRow() => new(
            SignalId, Key, (Horizon)Horizon, SettledMs is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(SettledMs.Value),
            SettledMs is null || Outcome is null
                ? null
                : new SignalOutcome(ExitTime!.Value, ExitClose!.Value, Outcome.Value, Adverse!.Value, Favourable!.Value));
    }
}
