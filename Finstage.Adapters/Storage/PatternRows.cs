using System.Data.Common;
using Dapper;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Patterns;

namespace Finstage.Adapters.Storage;

/// <summary>The rows of patterns, inside a unit of work that its caller holds.</summary>
internal static class PatternRows
{
    // The columns of pattern_stats keep their keys' limits; a pattern of three names is well below.
    private const string Select =
        """
        SELECT kind AS Kind, pattern AS Pattern, horizon AS Horizon, occurrences AS Occurrences, dates AS Dates, blocks AS Blocks,
               symbols AS Symbols, successes AS Successes, average AS Average, average_error AS AverageError, excess AS Excess,
               excess_error AS ExcessError, median AS Median, best AS Best, worst AS Worst, p_value AS PValue, q_value AS QValue,
               last_time AS LastTime
        FROM pattern_stats WHERE candle_interval = @interval ORDER BY place
        """;

    private const string Delete = "DELETE FROM pattern_stats WHERE candle_interval = @interval";

    private const string Insert =
        """
        INSERT INTO pattern_stats (candle_interval, kind, pattern, horizon, place, occurrences, dates, blocks, symbols, successes,
            average, average_error, excess, excess_error, median, best, worst, p_value, q_value, last_time)
        VALUES (@interval, @kind, @pattern, @horizon, @place, @occurrences, @dates, @blocks, @symbols, @successes,
            @average, @average_error, @excess, @excess_error, @median, @best, @worst, @p, @q, @last_time)
        """;

    public static void Replace(DbConnection connection, SqlDialect dialect, int interval, IReadOnlyList<PatternStat> stats)
    {
        connection.Execute(Delete, new { interval });
        using var insert = dialect.Prepare(
            connection, Insert, "interval", "kind", "pattern", "horizon", "place", "occurrences", "dates", "blocks", "symbols", "successes",
            "average", "average_error", "excess", "excess_error", "median", "best", "worst", "p", "q", "last_time");
        for (var place = 0; place < stats.Count; place++)
        {
            var s = stats[place];
            insert.Run(
                interval, (int)s.Kind, s.Key, (int)s.Horizon, place, s.Returns.Count, s.Returns.Dates, s.Returns.Blocks, s.Symbols, s.Successes,
                s.Returns.Mean, s.Returns.StandardError, s.Excess.Mean, s.Excess.StandardError, s.Median, s.Best, s.Worst, s.PValue, s.QValue,
                s.LastTime);
        }
    }

    public static IReadOnlyList<PatternStat> Read(DbConnection connection, int interval) =>
    [
        .. connection.Query<Row>(Select, new { interval }).Select(r => new PatternStat(
            (PatternKind)r.Kind, [.. r.Pattern.Split('>').Select(PatternStep.Parse)], (Horizon)r.Horizon,
            InsightStore.Mean(r.Occurrences, r.Dates, r.Blocks, r.Average, r.AverageError),
            InsightStore.Mean(r.Occurrences, r.Dates, r.Blocks, r.Excess, r.ExcessError),
            (int)r.Successes, r.Median, r.Best, r.Worst, (int)r.Symbols, r.LastTime, r.PValue, r.QValue)),
    ];

    private sealed record Row(
        long Kind, string Pattern, long Horizon, long Occurrences, long Dates, long Blocks, long Symbols, long Successes, double Average,
        double AverageError, double Excess, double ExcessError, double Median, double Best, double Worst, double PValue, double QValue,
        long LastTime);
}
