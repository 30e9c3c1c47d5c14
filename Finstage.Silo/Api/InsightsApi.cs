using Finstage.Analysis.Backtesting;
using Finstage.Adapters.Http;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Clustering;
using Finstage.Analysis.Patterns;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Silo.Api;

/// <summary><c>/api/patterns</c> and <c>/api/clusters</c>: what the jobs found last.</summary>
internal static class InsightsApi
{
    private const int DefaultPatterns = 100;
    private const int MaxPatterns = 2_000;

    private static readonly string[] Kinds = [.. Enum.GetValues<PatternKind>().Select(Word)];

    public static void Map(WebApplication app)
    {
        app.MapGet("/api/patterns", PatternsAsync);
        app.MapGet("/api/clusters", ClustersAsync);
        app.MapGet("/api/clusters/{symbol}", ClusterAsync);
    }

    private static async Task<IResult> PatternsAsync(
        string? interval, string? kind, string? horizon, bool? surviving, int? limit, IInsightStore insights, CancellationToken cancellation)
    {
        if (!Read.Interval(interval, out var length, out var problem) || !Read.Limit(limit, DefaultPatterns, MaxPatterns, out var count, out problem))
        {
            return problem!;
        }

        if (kind is not null && !Kinds.Contains(kind))
        {
            return Problems.BadField("kind", $"'{kind}' is none of {string.Join(", ", Kinds)}.");
        }

        var ahead = default(Horizon);
        if (horizon is not null && !Horizons.TryParse(horizon, out ahead))
        {
            return Problems.BadField("horizon", $"'{horizon}' is none of {Horizons.KnownCodes}.");
        }

        var run = await insights.ReadPatternsAsync(length, cancellation);
        if (run is null)
        {
            return Results.Ok(new PatternsDto(length.Code(), null, 0, 0, null, null, PatternStat.Rate, [], [], Next: null));
        }

        var items = run.Report.Stats
            .Where(s => (kind is null || Word(s.Kind) == kind) && (horizon is null || s.Horizon == ahead) && (surviving is null || s.Survives == surviving))
            .Take(count).Select(Of);
        return Results.Ok(new PatternsDto(
            length.Code(), run.At.UtcDateTime, run.Report.Series, run.Report.Candles, Shapes.Time(run.Report.FirstTime),
            Shapes.Time(run.Report.LastTime), PatternStat.Rate,
            [.. run.Report.Counts.Select(c => new PatternCountDto(Word(c.Kind), c.Seen, c.Tested, c.Surviving))], [.. items], Next: null));
    }

    private static async Task<IResult> ClustersAsync(IInsightStore insights, CancellationToken cancellation) =>
        await insights.ReadClustersAsync(CandleInterval.OneDay, cancellation) is not { } run
            ? Problems.NotFound(NoClusters)
            : Results.Ok(new ClustersDto(
                run.Interval.Code(), run.At.UtcDateTime, Date(run.Model.Until), run.Model.Windows, run.Model.Silhouettes,
                [.. run.Model.Clusters.Select(c => Of(c, run))], [.. run.Today.Select(Of)]));

    private static async Task<IResult> ClusterAsync(
        string symbol, IGrains grains, IMarketStore store, IInsightStore insights, CancellationToken cancellation)
    {
        var (found, problem) = await SymbolsApi.FindAsync(symbol, grains, store, cancellation);
        if (found is null)
        {
            return problem!;
        }

        var run = await insights.ReadClustersAsync(CandleInterval.OneDay, cancellation);
        if (run is null)
        {
            return Problems.NotFound(NoClusters);
        }

        return run.Today.FirstOrDefault(t => t.Symbol == found.Code) is not { } today
            ? Problems.NotFound($"{found.Code} is in no cluster: it needs {WindowFeatures.Length} daily candles on which something moves.")
            : Results.Ok(new SymbolClusterDto(
                Of(today), Of(run.Model.Clusters[today.Place.Cluster - 1], run), run.Model.Clusters.Count, Date(run.Model.Until), run.At.UtcDateTime));
    }

    private const string NoClusters = "There are no clusters yet: the job 'clusters' finds them every morning, once there is enough history.";

    private static PatternDto Of(PatternStat s) => new(
        Word(s.Kind), s.Key, s.Horizon.Code(), s.Direction == Direction.Buy ? "BUY" : "SELL", s.Returns.Count, s.Returns.Dates,
        s.Returns.Blocks, s.Symbols, (double)s.Successes / s.Returns.Count, s.Returns.Mean, s.Median, s.Best, s.Worst,
        s.Returns.Mean - s.Excess.Mean, s.Excess.Mean, s.PValue, s.QValue, s.Survives, Shapes.Time(s.LastTime));

    private static ClusterDto Of(Cluster cluster, ClusterRun run) => new(
        cluster.Number, cluster.Size, Word(cluster.Shape), cluster.Volatility, cluster.TypicalDistance, cluster.FarDistance,
        [.. run.Returns.Where(r => r.Cluster == cluster.Number).Select(Of)]);

    private static ClusterReturnDto Of(ClusterReturn r)
    {
        var (low, high) = r.Excess.Interval(ClusterReturn.Level);
        return new ClusterReturnDto(
            r.Horizon.Code(), Word(r.Direction), r.Returns.Count, r.Returns.Dates, r.Returns.Blocks, Known(r.UpShare), Known(r.Returns.Mean),
            Known(r.Median), Known(r.Returns.Mean - r.Excess.Mean), Known(r.Excess.Mean), Known(low), Known(high));
    }

    private static ClusterPlaceDto Of(ClusterToday t) =>
        new(t.Symbol, Shapes.Time(t.Time), t.Place.Cluster, t.Before, t.Place.Distance, t.Place.IsFar);

    private static DateOnly Date(int days) => DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(days));

    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
