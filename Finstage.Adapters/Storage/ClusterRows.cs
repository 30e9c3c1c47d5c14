using System.Data.Common;
using System.Text.Json;
using Dapper;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Clustering;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>The rows of clusters, inside a unit of work that its caller holds.</summary>
internal static class ClusterRows
{
    private const string SelectClusters =
        """
        SELECT number AS Number, size AS Size, centroid AS Centroid, typical_distance AS TypicalDistance, far_distance AS FarDistance
        FROM clusters WHERE candle_interval = @interval ORDER BY number
        """;

    private const string SelectReturns =
        """
        SELECT number AS Number, horizon AS Horizon, windows AS Windows, dates AS Dates, blocks AS Blocks, average AS Average,
               average_error AS AverageError, excess AS Excess, excess_error AS ExcessError, median AS Median, up_share AS UpShare
        FROM cluster_returns WHERE candle_interval = @interval ORDER BY number, horizon
        """;

    private const string SelectToday =
        """
        SELECT symbol AS Symbol, open_time AS OpenTime, number AS Number, number_before AS NumberBefore, distance AS Distance, is_far AS IsFar
        FROM cluster_today WHERE candle_interval = @interval ORDER BY symbol
        """;

    private const string InsertCluster =
        """
        INSERT INTO clusters (candle_interval, number, size, centroid, typical_distance, far_distance)
        VALUES (@interval, @Number, @Size, @Centroid, @TypicalDistance, @FarDistance)
        """;

    private const string InsertReturn =
        """
        INSERT INTO cluster_returns (candle_interval, number, horizon, windows, dates, blocks, average, average_error, excess, excess_error,
            median, up_share)
        VALUES (@interval, @Cluster, @Horizon, @Windows, @Dates, @Blocks, @Average, @AverageError, @Excess, @ExcessError, @Median, @UpShare)
        """;

    private const string InsertToday =
        """
        INSERT INTO cluster_today (candle_interval, symbol, open_time, number, number_before, distance, is_far)
        VALUES (@interval, @Symbol, @Time, @Cluster, @Before, @Distance, @IsFar)
        """;

    private static readonly string[] Deletes =
    [
        "DELETE FROM clusters WHERE candle_interval = @interval",
        "DELETE FROM cluster_returns WHERE candle_interval = @interval",
        "DELETE FROM cluster_today WHERE candle_interval = @interval",
    ];

    public static void Replace(DbConnection connection, int interval, ClusterRun run)
    {
        foreach (var delete in Deletes)
        {
            connection.Execute(delete, new { interval });
        }

        connection.Execute(InsertCluster, run.Model.Clusters.Select(c => new
        {
            interval, c.Number, c.Size, Centroid = JsonSerializer.Serialize(c.Centroid), c.TypicalDistance, c.FarDistance,
        }));
        connection.Execute(InsertReturn, run.Returns.Select(r => new
        {
            interval, r.Cluster, Horizon = (int)r.Horizon, Windows = r.Returns.Count, r.Returns.Dates, r.Returns.Blocks,
            Average = InsightStore.OrNull(r.Returns.Mean), AverageError = InsightStore.OrNull(r.Returns.StandardError),
            Excess = InsightStore.OrNull(r.Excess.Mean), ExcessError = InsightStore.OrNull(r.Excess.StandardError),
            Median = InsightStore.OrNull(r.Median), UpShare = InsightStore.OrNull(r.UpShare),
        }));
        connection.Execute(InsertToday, run.Today.Select(t => new
        {
            interval, t.Symbol, t.Time, t.Place.Cluster, t.Before, t.Place.Distance, IsFar = t.Place.IsFar ? 1 : 0,
        }));
    }

    public static IReadOnlyList<Cluster> ReadClusters(DbConnection connection, int interval) =>
    [
        .. connection.Query<ClusterData>(SelectClusters, new { interval }).Select(c => new Cluster(
            (int)c.Number, (int)c.Size, JsonSerializer.Deserialize<double[]>(c.Centroid)!, c.TypicalDistance, c.FarDistance)),
    ];

    public static IReadOnlyList<ClusterReturn> ReadReturns(DbConnection connection, int interval) =>
    [
        .. connection.Query<ReturnData>(SelectReturns, new { interval })
            .Select(r => new ClusterReturn(
                (int)r.Number, (Horizon)r.Horizon, InsightStore.Mean(r.Windows, r.Dates, r.Blocks, r.Average, r.AverageError),
                InsightStore.Mean(r.Windows, r.Dates, r.Blocks, r.Excess, r.ExcessError), r.Median ?? double.NaN, r.UpShare ?? double.NaN)),
    ];

    public static IReadOnlyList<ClusterToday> ReadToday(DbConnection connection, int interval) =>
    [
        .. connection.Query<TodayData>(SelectToday, new { interval }).Select(t => new ClusterToday(
            t.Symbol, t.OpenTime, new ClusterPlace((int)t.Number, t.Distance, t.IsFar != 0), (int)t.NumberBefore)),
    ];

    private sealed record ClusterData(long Number, long Size, string Centroid, double TypicalDistance, double FarDistance);

    // A class with settable members: an absent number has no type that a constructor could be matched by.
    private sealed class ReturnData
    {
        public long Number { get; init; }

        public long Horizon { get; init; }

        public long Windows { get; init; }

        public long Dates { get; init; }

        public long Blocks { get; init; }

        public double? Average { get; init; }

        public double? AverageError { get; init; }

        public double? Excess { get; init; }

        public double? ExcessError { get; init; }

        public double? Median { get; init; }

        public double? UpShare { get; init; }
    }

    private sealed record TodayData(string Symbol, long OpenTime, long Number, long NumberBefore, double Distance, long IsFar);
}
