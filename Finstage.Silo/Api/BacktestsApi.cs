using Finstage.Adapters.Http;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Silo.Api;

/// <summary><c>/api/backtests</c>: what signals were worth, as the job found last.</summary>
internal static class BacktestsApi
{
    private const int DefaultRows = 200;
    private const int MaxRows = 10_000;
    private const int MaxSamples = 1_000_000;

    // A symbol's code has no asterisk.
    private const string EachSymbol = "*";

    public static void Map(WebApplication app)
    {
        app.MapGet("/api/backtests", BacktestsAsync);
        app.MapGet("/api/backtests/leaderboard", LeaderboardAsync);
        app.MapGet("/api/backtests/walkforward", WalkForwardAsync);
    }

    private static async Task<IResult> BacktestsAsync(
        string? symbol, string? strategy, string? horizon, string? interval, string? direction, int? minSamples, string? sort, int? limit,
        IGrains grains, IMarketStore store, IBacktestStore backtests, CancellationToken cancellation)
    {
        if (!Horizon(horizon, interval, out var ahead, out var length, out var problem) || !SignalsApi.Strategy(strategy, out var id, out problem)
            || !Direction(direction, out var way, out problem) || !MinSamples(minSamples, out var fewest, out problem)
            || !Read.Limit(limit, DefaultRows, MaxRows, out var count, out problem))
        {
            return problem!;
        }

        if (way is not null && symbol is not null)
        {
            return Problems.BadField("direction", "it is told over all symbols together alone; leave symbol out.");
        }

        (var code, problem) = await SymbolAsync(symbol, grains, store, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        if (BacktestSorts.By([], sort ?? "luck") is null)
        {
            return Problems.BadField("sort", $"'{sort}' is none of {BacktestSorts.Known}.");
        }

        if (await backtests.FindAsync(length, cancellation) is not { } head)
        {
            return Results.Ok(new BacktestsDto(length.Code(), null, 0, 0, null, null, fewest, [], [], Next: null));
        }

        var overall = code is null
            ? []
            : await backtests.ReadRowsAsync(new BacktestQuery(length, code, BacktestQuery.Together, ahead, way), cancellation);
        var rows = (await backtests.ReadRowsAsync(new BacktestQuery(length, code, id, ahead, way), cancellation))
            .Where(r => r.Row.Strategy is not null && r.Row.Figures.Total >= fewest && (code is not null || r.Row.Symbol is not null)).ToList();
        var scope = head.Scope;
        return Results.Ok(new BacktestsDto(
            length.Code(), head.At.UtcDateTime, scope.Series, scope.Candles, Shapes.Time(scope.FirstTime), Shapes.Time(scope.LastTime), fewest,
            [.. overall.Select(r => BacktestShapes.Of(r, fewest))],
            [.. BacktestSorts.By(rows, sort ?? "luck")!.Take(count).Select(r => BacktestShapes.Of(r, fewest))], Next: null));
    }

    private static async Task<IResult> LeaderboardAsync(
        string? symbol, string? horizon, string? interval, int? limit, IGrains grains, IMarketStore store, IBacktestStore backtests,
        CancellationToken cancellation)
    {
        if (!Horizon(horizon, interval, out var ahead, out var length, out var problem)
            || !Read.Limit(limit, DefaultRows, MaxRows, out var count, out problem))
        {
            return problem!;
        }

        (var code, problem) = await SymbolAsync(symbol, grains, store, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        if (await backtests.FindAsync(length, cancellation) is not { } head)
        {
            return Results.Ok(new LeaderboardDto(length.Code(), null, BacktestTable.DefaultMinSamples, 0, 0, null, 0, [], Next: null));
        }

        var trials = code == BacktestQuery.Together ? head.Scope.Strategies : head.Scope.Symbols;
        var rows = (await backtests.ReadRowsAsync(new BacktestQuery(length, code, Horizon: ahead), cancellation))
            .Where(r => !double.IsNaN(r.DeflatedSharpe) && (code is not null || r.Row.Symbol is not null));
        var fewest = head.Scope.Luck.MinSamples;
        return Results.Ok(new LeaderboardDto(
            length.Code(), head.At.UtcDateTime, fewest, trials.Trials, trials.Effective,
            double.IsNaN(trials.MeanCorrelation) ? null : trials.MeanCorrelation, trials.Survivors,
            [.. Leaderboard.Rank(rows).Take(count).Select(r => BacktestShapes.Of(r, fewest))], Next: null));
    }

    private static async Task<IResult> WalkForwardAsync(
        string? horizon, string? interval, IBacktestStore backtests, CancellationToken cancellation)
    {
        if (!Horizon(horizon, interval, out var ahead, out var length, out var problem))
        {
            return problem!;
        }

        var walks = await backtests.ReadWalksAsync(length, cancellation);
        return Results.Ok(walks.Where(w => ahead is null || w.Horizon == ahead).Select(BacktestShapes.Of));
    }

    /// <summary>The symbol as the store knows it: all together when none is named, null for each.</summary>
    private static async Task<(string? Code, IResult? Problem)> SymbolAsync(
        string? symbol, IGrains grains, IMarketStore store, CancellationToken cancellation)
    {
        if (symbol is null or EachSymbol)
        {
            return (symbol is null ? BacktestQuery.Together : null, null);
        }

        var (found, problem) = await SymbolsApi.FindAsync(symbol, grains, store, cancellation);
        return (found?.Code, problem);
    }

    // Hours are told by hourly candles, so whoever asks for hours means those.
    private static bool Horizon(string? text, string? interval, out Horizon? horizon, out CandleInterval length, out IResult? problem)
    {
        (horizon, length) = (null, default);
        if (text is not null)
        {
            if (!Horizons.TryParse(text, out var known))
            {
                problem = Problems.BadField("horizon", $"'{text}' is none of {Horizons.KnownCodes}.");
                return false;
            }

            horizon = known;
        }

        var isHours = horizon is Analysis.Backtesting.Horizon.OneHour or Analysis.Backtesting.Horizon.FourHours;
        if (!Read.Interval(interval ?? (isHours ? "1h" : null), out length, out problem))
        {
            return false;
        }

        problem = horizon?.IsKnownOn(length) == false ? Problems.BadField("horizon", $"{length.Code()} candles cannot tell {text}.") : null;
        return problem is null;
    }

    private static bool Direction(string? text, out Direction? direction, out IResult? problem)
    {
        (direction, problem) = (text?.ToUpperInvariant()) switch
        {
            null => ((Direction?)null, (IResult?)null),
            "BUY" => (Analysis.Signals.Direction.Buy, null),
            "SELL" => (Analysis.Signals.Direction.Sell, null),
            _ => (null, Problems.BadField("direction", $"'{text}' is neither BUY nor SELL.")),
        };
        return problem is null;
    }

    private static bool MinSamples(int? value, out int fewest, out IResult? problem)
    {
        fewest = value ?? BacktestTable.DefaultMinSamples;
        problem = fewest is >= 1 and <= MaxSamples ? null : Problems.BadField("minSamples", $"{fewest} is not from 1 to {MaxSamples}.");
        return problem is null;
    }
}
