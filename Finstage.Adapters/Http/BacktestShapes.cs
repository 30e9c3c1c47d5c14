using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Adapters.Http;

/// <summary>The words by which backtests are sorted.</summary>
public static class BacktestSorts
{
    /// <summary>Every word, for messages.</summary>
    public const string Known = "luck, average, successRate, sharpe, profitFactor, total, symbol, strategy";

    private static readonly Dictionary<string, Func<LeaderboardRow, double>> Figures = new(StringComparer.OrdinalIgnoreCase)
    {
        ["average"] = r => r.Row.Figures.Average,
        ["successRate"] = r => r.Row.Figures.SuccessRate,
        ["sharpe"] = r => r.Row.Figures.Sharpe,
        ["profitFactor"] = r => r.Row.Figures.ProfitFactor,
        ["total"] = r => r.Row.Figures.Total,
    };

    /// <summary>Sorts rows: figures from the highest down, names from A on.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="word">The word; case does not count.</param>
    /// <returns>The rows in order; null when there is no such word.</returns>
    public static IEnumerable<LeaderboardRow>? By(IReadOnlyList<LeaderboardRow> rows, string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var ranked = Leaderboard.Rank(rows);
        return word.ToUpperInvariant() switch
        {
            "LUCK" => ranked,
            "SYMBOL" => ranked.OrderBy(r => r.Row.Symbol, StringComparer.Ordinal).ThenBy(r => r.Row.Strategy, StringComparer.Ordinal).ThenBy(r => r.Row.Horizon),
            "STRATEGY" => ranked.OrderBy(r => r.Row.Strategy, StringComparer.Ordinal).ThenBy(r => r.Row.Symbol, StringComparer.Ordinal).ThenBy(r => r.Row.Horizon),
            _ => Figures.TryGetValue(word, out var figure)
                ? ranked.OrderByDescending(r => double.IsNaN(figure(r)) ? double.NegativeInfinity : figure(r))
                : null,
        };
    }
}

/// <summary>Backtests as the API and the console show them. Pure and thread-safe.</summary>
public static class BacktestShapes
{
    /// <summary>A group.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="minSamples">The fewest outcomes that are graded.</param>
    public static BacktestDto Of(LeaderboardRow row, int minSamples)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (of, f) = (row.Row, row.Row.Figures);
        return new BacktestDto(
            of.Symbol, of.Strategy, of.Horizon.Code(), of.Direction is { } d ? (d == Direction.Buy ? "BUY" : "SELL") : null, f.Total, f.Successes,
            f.SuccessRate, f.Grade(minSamples)?.ToString(), f.Average, f.Median, f.Best, f.Worst, Known(f.StandardDeviation), Known(f.ProfitFactor),
            f.Expectancy, Known(f.Sharpe), Known(f.Sortino), f.AverageAdverse, f.AverageFavourable, f.MaxAdverse, f.MaxFavourable, Known(f.Drift),
            f.Trades, f.MaxDrawdown, LuckOf(row), $"backtest_stats|{of.Interval.Code()}|{of.Symbol ?? "*"}|{of.Strategy ?? "*"}|{of.Horizon.Code()}");
    }

    /// <summary>A walk forward.</summary>
    public static WalkForwardDto Of(WalkForward walk)
    {
        ArgumentNullException.ThrowIfNull(walk);
        return new WalkForwardDto(
            walk.Horizon.Code(), walk.Total, Known(walk.SuccessRate), Known(walk.Average), Known(walk.TrainAverage), Known(walk.Drift),
            [
                .. walk.Folds.Select(f => new WalkForwardFoldDto(
                    f.TrainFrom, f.TestFrom, f.TestTo, f.Strategy, f.TrainTotal, f.TrainAverage, f.Total, f.Successes, Known(f.Average), Known(f.Drift))),
            ]);
    }

    private static LuckDto? LuckOf(LeaderboardRow row)
    {
        var luck = row.Luck;
        return double.IsNaN(luck.RandomEntryP) && double.IsNaN(luck.Average.Low) ? null : new LuckDto(
            Of(luck.Average), Of(luck.SuccessRate), Of(luck.Sharpe), Of(luck.ProfitFactor), Known(luck.RandomEntryP),
            Known(row.Row.Figures.ProbabilisticSharpe), Known(row.DeflatedSharpe), row.Passed, row.Survives);
    }

    private static RangeDto? Of(Interval95 interval) =>
        double.IsFinite(interval.Low) && double.IsFinite(interval.High) ? new RangeDto(interval.Low, interval.High) : null;

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
