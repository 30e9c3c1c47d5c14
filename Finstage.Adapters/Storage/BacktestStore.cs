using System.Data.Common;
using System.Text.Json;
using Dapper;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>Backtests, as they were made last.</summary>
internal sealed class BacktestStore(ISqlDatabase database) : IBacktestStore
{
    private const string Kind = "backtests";

    private const string DeleteWalks = "DELETE FROM backtest_walks WHERE candle_interval = @interval";

    private const string InsertWalk =
        """
        INSERT INTO backtest_walks (candle_interval, horizon, test_from, train_from, test_to, strategy, train_total, train_average, total,
            successes, average, drift)
        VALUES (@interval, @horizon, @testFrom, @trainFrom, @testTo, @Strategy, @TrainTotal, @TrainAverage, @Total, @Successes, @average, @drift)
        """;

    private const string Walks =
        """
        SELECT horizon AS Horizon, test_from AS TestFrom, train_from AS TrainFrom, test_to AS TestTo, strategy AS Strategy,
               train_total AS TrainTotal, train_average AS TrainAverage, total AS Total, successes AS Successes, average AS Average,
               drift AS Drift
        FROM backtest_walks WHERE candle_interval = @interval ORDER BY horizon, test_from
        """;

    public Task SaveAsync(BacktestRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (report, interval) = (run.Report, (int)run.Interval);
        var scope = report.Scope;
        var details = JsonSerializer.Serialize(new Details(
            scope.Luck.Seed, scope.Luck.Resamples, scope.Luck.Draws, scope.Luck.MinSamples, Of(scope.Strategies), Of(scope.Symbols),
            [.. report.Walks.Select(w => (int)w.Horizon)]));
        return database.WriteAsync(
            c =>
            {
                InsightStore.Write(c, Kind, interval, run.At, scope.Series, scope.Candles, scope.FirstTime, scope.LastTime, details);
                BacktestRows.Replace(c, database.Dialect, interval, report.Rows);
                WriteWalks(c, interval, report.Walks);
                return report.Rows.Count;
            },
            cancellation);
    }

    public Task<BacktestHead?> FindAsync(CandleInterval interval, CancellationToken cancellation) =>
        database.ReadAsync(
            c =>
            {
                if (InsightStore.Read(c, Kind, (int)interval) is not { } run)
                {
                    return null;
                }

                var details = JsonSerializer.Deserialize<Details>(run.Details)!;
                var luck = new LuckOptions
                {
                    Seed = details.Seed, Resamples = details.Resamples, Draws = details.Draws, MinSamples = details.MinSamples,
                };
                return new BacktestHead(interval, DateTimeOffset.FromUnixTimeMilliseconds(run.RanMs), new BacktestScope(
                    (int)run.Series, run.Candles, run.FirstTime, run.LastTime, luck, Of(details.Strategies), Of(details.Symbols)));
            },
            cancellation);

    public Task<IReadOnlyList<LeaderboardRow>> ReadRowsAsync(BacktestQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync(c => BacktestRows.Read(c, query), cancellation);
    }

    public Task<IReadOnlyList<WalkForward>> ReadWalksAsync(CandleInterval interval, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<WalkForward>>(
            c =>
            {
                if (InsightStore.Read(c, Kind, (int)interval) is not { } run)
                {
                    return [];
                }

                // A horizon without a fold was walked all the same: the history is too short for it.
                var folds = c.Query<FoldData>(Walks, new { interval = (int)interval }).ToLookup(f => (int)f.Horizon, f => f.ToFold());
                return [.. JsonSerializer.Deserialize<Details>(run.Details)!.Walked.Select(h => new WalkForward((Horizon)h, [.. folds[h]]))];
            },
            cancellation);

    private static void WriteWalks(DbConnection connection, int interval, IReadOnlyList<WalkForward> walks)
    {
        connection.Execute(DeleteWalks, new { interval });
        foreach (var (walk, fold) in walks.SelectMany(w => w.Folds.Select(f => (w, f))))
        {
            connection.Execute(InsertWalk, new
            {
                interval, horizon = (int)walk.Horizon, testFrom = fold.TestFrom.DayNumber, trainFrom = fold.TrainFrom.DayNumber,
                testTo = fold.TestTo.DayNumber, fold.Strategy, fold.TrainTotal, fold.TrainAverage, fold.Total, fold.Successes,
                average = InsightStore.OrNull(fold.Average), drift = InsightStore.OrNull(fold.Drift),
            });
        }
    }

    private static CountData Of(TrialCount count) =>
        new(count.Trials, count.Effective, InsightStore.OrNull(count.MeanCorrelation), count.Survivors);

    private static TrialCount Of(CountData data) => new(data.Trials, data.Effective, data.Correlation ?? double.NaN, data.Survivors);

    private sealed record CountData(int Trials, double Effective, double? Correlation, int Survivors);

    private sealed record Details(
        int Seed, int Resamples, int Draws, int MinSamples, CountData Strategies, CountData Symbols, IReadOnlyList<int> Walked);

    private sealed class FoldData
    {
        public long Horizon { get; init; }

        public long TestFrom { get; init; }

        public long TrainFrom { get; init; }

        public long TestTo { get; init; }

        public string Strategy { get; init; } = string.Empty;

        public long TrainTotal { get; init; }

        public double TrainAverage { get; init; }

        public long Total { get; init; }

        public long Successes { get; init; }

        public double? Average { get; init; }

        public double? Drift { get; init; }

        public WalkForwardFold ToFold() => new(
            DateOnly.FromDayNumber((int)TrainFrom), DateOnly.FromDayNumber((int)TestFrom), DateOnly.FromDayNumber((int)TestTo), Strategy,
            (int)TrainTotal, TrainAverage, (int)Total, (int)Successes, Average ?? double.NaN, Drift ?? double.NaN);
    }
}
