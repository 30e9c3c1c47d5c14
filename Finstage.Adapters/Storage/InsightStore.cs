using System.Data.Common;
using System.Text.Json;
using Dapper;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Clustering;
using Finstage.Analysis.Patterns;
using Finstage.Analysis.Statistics;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>Patterns and clusters, as they were found last.</summary>
internal sealed class InsightStore(ISqlDatabase database) : IInsightStore
{
    private const string Patterns = "patterns";
    private const string Clusters = "clusters";

    private const string Run =
        """
        SELECT ran_ms AS RanMs, series AS Series, candles AS Candles, first_time AS FirstTime, last_time AS LastTime, details AS Details
        FROM insight_runs WHERE kind = @kind AND candle_interval = @interval
        """;

    private const string DeleteRun = "DELETE FROM insight_runs WHERE kind = @kind AND candle_interval = @interval";

    private const string InsertRun =
        """
        INSERT INTO insight_runs (kind, candle_interval, ran_ms, series, candles, first_time, last_time, details)
        VALUES (@kind, @interval, @ran, @series, @candles, @first, @last, @details)
        """;

    public Task SavePatternsAsync(PatternRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (report, interval) = (run.Report, (int)run.Interval);
        var details = JsonSerializer.Serialize(report.Counts.Select(c => new CountData((int)c.Kind, c.Seen, c.Tested, c.Surviving)));
        return database.WriteAsync(
            c =>
            {
                Write(c, Patterns, interval, run.At, report.Series, report.Candles, report.FirstTime, report.LastTime, details);
                PatternRows.Replace(c, database.Dialect, interval, report.Stats);
                return report.Stats.Count;
            },
            cancellation);
    }

    public Task<PatternRun?> ReadPatternsAsync(CandleInterval interval, CancellationToken cancellation) =>
        database.ReadAsync(
            c =>
            {
                if (Read(c, Patterns, (int)interval) is not { } run)
                {
                    return null;
                }

                var counts = JsonSerializer.Deserialize<CountData[]>(run.Details)!
                    .Select(x => new PatternCount((PatternKind)x.Kind, x.Seen, x.Tested, x.Surviving));
                var report = new PatternReport(
                    (int)run.Series, run.Candles, run.FirstTime, run.LastTime, [.. counts], PatternRows.Read(c, (int)interval));
                return new PatternRun(interval, DateTimeOffset.FromUnixTimeMilliseconds(run.RanMs), report);
            },
            cancellation);

    public Task SaveClustersAsync(ClusterRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (model, interval) = (run.Model, (int)run.Interval);
        var details = JsonSerializer.Serialize(new ModelData(
            model.Until, model.Windows, [.. model.Scale.Means], [.. model.Scale.Deviations], model.Silhouettes.ToDictionary(s => s.Key, s => s.Value)));
        return database.WriteAsync(
            c =>
            {
                Write(c, Clusters, interval, run.At, run.Series, run.Candles, run.FirstTime, run.LastTime, details);
                ClusterRows.Replace(c, interval, run);
                return model.Clusters.Count;
            },
            cancellation);
    }

    public Task<ClusterRun?> ReadClustersAsync(CandleInterval interval, CancellationToken cancellation) =>
        database.ReadAsync(
            c =>
            {
                if (Read(c, Clusters, (int)interval) is not { } run)
                {
                    return null;
                }

                var fit = JsonSerializer.Deserialize<ModelData>(run.Details)!;
                var model = new ClusterModel(
                    fit.Until, fit.Windows, new FeatureScale(fit.Means, fit.Deviations), ClusterRows.ReadClusters(c, (int)interval), fit.Silhouettes);
                return new ClusterRun(
                    interval, DateTimeOffset.FromUnixTimeMilliseconds(run.RanMs), (int)run.Series, run.Candles, run.FirstTime, run.LastTime,
                    model, ClusterRows.ReadReturns(c, (int)interval), ClusterRows.ReadToday(c, (int)interval));
            },
            cancellation);

    /// <summary>A mean as its columns have it; an absent one is NULL there and NaN here.</summary>
    internal static BlockMean Mean(long count, long dates, long blocks, double? mean, double? error) =>
        new((int)count, (int)dates, (int)blocks, mean ?? double.NaN, error ?? double.NaN);

    /// <summary>What a column takes for a number that may be NaN.</summary>
    internal static double? OrNull(double value) => double.IsNaN(value) ? null : value;

    /// <summary>Keeps what a run looked at, in place of the run before.</summary>
    internal static void Write(
        DbConnection connection, string kind, int interval, DateTimeOffset at, int series, long candles, long first, long last, string details)
    {
        connection.Execute(DeleteRun, new { kind, interval });
        connection.Execute(InsertRun, new { kind, interval, ran = at.ToUnixTimeMilliseconds(), series, candles, first, last, details });
    }

    /// <summary>What the last run looked at; null when there was none.</summary>
    internal static RunData? Read(DbConnection connection, string kind, int interval) =>
        connection.QuerySingleOrDefault<RunData>(Run, new { kind, interval });

    internal sealed record RunData(long RanMs, long Series, long Candles, long FirstTime, long LastTime, string Details);

    private sealed record CountData(int Kind, int Seen, int Tested, int Surviving);

    private sealed record ModelData(int Until, int Windows, double[] Means, double[] Deviations, Dictionary<int, double> Silhouettes);
}
