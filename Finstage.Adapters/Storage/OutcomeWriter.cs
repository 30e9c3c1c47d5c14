using System.Data.Common;
using Dapper;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;
using Finstage.Grains.Symbols;

namespace Finstage.Adapters.Storage;

/// <summary>Makes and empties the outcomes of live signals, inside the transaction that writes their series.</summary>
internal sealed class OutcomeWriter(SqlDialect dialect)
{
    // No horizon is longer, whatever holidays there are.
    private const long LongestHorizon = 45 * 86_400L;

    private const string Insert =
        """
        INSERT INTO outcomes (signal_id, horizon, due_time)
        SELECT id, @horizon, @due FROM signals
        WHERE symbol = @symbol AND strategy = @strategy AND candle_interval = @interval AND open_time = @time AND direction = @direction
        """;

    private const string Empty =
        """
        UPDATE outcomes SET settled_ms = NULL
        WHERE settled_ms IS NOT NULL AND signal_id IN (
            SELECT id FROM signals WHERE symbol = @Symbol AND candle_interval = @interval AND open_time >= @from)
        """;

    /// <summary>Makes an empty outcome for each horizon of the new signals whose candle has just closed.</summary>
    public void Add(DbConnection connection, SeriesCommit commit, IReadOnlyList<Signal> added)
    {
        var (now, interval) = (commit.At.ToUnixTimeSeconds(), commit.Interval);
        var live = added.Where(s => now - interval.CloseTime(s.Time) <= SignalAlerts.Reach(interval)).ToList();
        if (live.Count == 0)
        {
            return;
        }

        using var insert = dialect.Prepare(connection, Insert, "horizon", "due", "symbol", "strategy", "interval", "time", "direction");
        foreach (var horizon in Horizons.On(interval))
        {
            foreach (var s in live)
            {
                insert.Run(
                    (int)horizon, interval.CloseTime(s.Time) + horizon.ShortestSeconds(), commit.Symbol, s.Strategy, (int)interval, s.Time,
                    (int)s.Direction);
            }
        }
    }

    /// <summary>Empties the outcomes that a corrected series may have changed.</summary>
    public static void Refresh(DbConnection connection, SeriesCommit commit)
    {
        var from = commit.IsReplacement || commit.Candles.Count == 0 ? long.MinValue : commit.Candles.Min(c => c.Time) - LongestHorizon;
        connection.Execute(Empty, new { commit.Symbol, interval = (int)commit.Interval, from });
    }
}
