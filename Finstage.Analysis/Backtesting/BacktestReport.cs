using Finstage.Analysis.Candles;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Backtesting;

/// <summary>How many figures were tried to find the best of them.</summary>
/// <param name="Trials">N, the number of trials.</param>
/// <param name="Effective">How many independent ones these amount to; see <see cref="SharpeTests.EffectiveTrials"/>.</param>
/// <param name="MeanCorrelation">The mean correlation of two of them; NaN with fewer than two.</param>
/// <param name="Survivors">How many pass every test for luck.</param>
public sealed record TrialCount(int Trials, double Effective, double MeanCorrelation, int Survivors)
{
    /// <summary>The trials of a leaderboard.</summary>
    public static TrialCount Of(Leaderboard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return new TrialCount(board.Trials, board.EffectiveTrials, board.MeanCorrelation, board.Survivors);
    }
}

/// <summary>What a backtest looked at, and how it was tested.</summary>
/// <param name="Series">Series looked at.</param>
/// <param name="Candles">Their candles.</param>
/// <param name="FirstTime">Open time of the first candle, Unix seconds.</param>
/// <param name="LastTime">Open time of the last candle.</param>
/// <param name="Luck">How luck was tested.</param>
/// <param name="Strategies">The trials of strategies over all symbols together.</param>
/// <param name="Symbols">The trials of strategies on each symbol by itself.</param>
public sealed record BacktestScope(
    int Series, long Candles, long FirstTime, long LastTime, LuckOptions Luck, TrialCount Strategies, TrialCount Symbols);

/// <summary>
/// Everything there is to say about what signals were worth, as it is stored and shown: signal outcomes, close to close and without costs.
/// Immutable and thread-safe.
/// </summary>
/// <param name="Scope">What it looked at.</param>
/// <param name="Rows">
/// Every group with an outcome in the order of <see cref="BacktestTable.Rows"/>: over all symbols also each direction by itself, on one symbol
/// both together alone.
/// </param>
/// <param name="Walks">What picking by the past would have brought, by horizon.</param>
public sealed record BacktestReport(BacktestScope Scope, IReadOnlyList<LeaderboardRow> Rows, IReadOnlyList<WalkForward> Walks)
{
    /// <summary>Judges series with every strategy, measures what came of it, and tests it for luck.</summary>
    /// <param name="series">The series, all of one interval; those without candles are left out.</param>
    /// <param name="strategies">The strategies; null for all.</param>
    /// <param name="options">What is wanted; null for the defaults.</param>
    /// <param name="luck">How luck is tested; null for the defaults.</param>
    /// <param name="progress">Told the share of the work that is done, 0 to 1, from any thread.</param>
    /// <param name="cancellation">Gives up between two pieces.</param>
    /// <exception cref="ArgumentException">The series have several intervals, or candles are not ascending.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static BacktestReport Make(
        IReadOnlyList<SeriesHistory> series, IReadOnlyList<StrategyInfo>? strategies = null, BacktestOptions? options = null,
        LuckOptions? luck = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        options ??= new BacktestOptions();
        luck ??= new LuckOptions { Parallelism = options.Parallelism };
        SeriesHistory[] filled = [.. series.Where(s => s.Candles.Length > 0)];
        var set = OutcomeSet.Replay(filled, strategies ?? StrategyCatalog.All, options, new Part(progress, 0, 0.1), cancellation);
        var table = BacktestTable.Of(set, options.Parallelism, cancellation);
        var tested = LuckTable.Of(table, luck, new Part(progress, 0.1, 0.95), cancellation);
        var report = Of(tested, filled);
        progress?.Report(1);
        return report;
    }

    /// <summary>The same without the tests for luck, in a small part of the time; what chance says is unknown, and nothing is a trial.</summary>
    /// <param name="series">The series, all of one interval; those without candles are left out.</param>
    /// <param name="strategies">The strategies; null for all.</param>
    /// <param name="options">What is wanted; null for the defaults.</param>
    /// <param name="progress">Told the share of the work that is done, 0 to 1, from any thread.</param>
    /// <param name="cancellation">Gives up between two series or strategies.</param>
    /// <exception cref="ArgumentException">The series have several intervals, or candles are not ascending.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static BacktestReport MakeUntested(
        IReadOnlyList<SeriesHistory> series, IReadOnlyList<StrategyInfo>? strategies = null, BacktestOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        options ??= new BacktestOptions();
        SeriesHistory[] filled = [.. series.Where(s => s.Candles.Length > 0)];
        var set = OutcomeSet.Replay(filled, strategies ?? StrategyCatalog.All, options, progress, cancellation);
        var rows = BacktestTable.Of(set, options.Parallelism, cancellation).Rows.Where(IsTold);
        var none = new TrialCount(0, 0, double.NaN, 0);
        return new BacktestReport(
            ScopeOf(filled, new LuckOptions { Parallelism = options.Parallelism }, none, none),
            [.. rows.Select(r => new LeaderboardRow(r, LuckFigures.Unknown, double.NaN))], []);
    }

    private static BacktestReport Of(LuckTable tested, SeriesHistory[] series)
    {
        var (table, all, each) = (tested.Table, Leaderboard.Of(tested), Leaderboard.OfEach(tested));
        var deflated = all.Rows.Concat(each.Rows).ToDictionary(r => (r.Row.Symbol, r.Row.Strategy, r.Row.Horizon), r => r.DeflatedSharpe);
        var rows = table.Rows.Where(IsTold).Select(r => new LeaderboardRow(
            r, tested.Of(r),
            r.Direction is null ? deflated.GetValueOrDefault((r.Symbol, r.Strategy, r.Horizon), double.NaN) : double.NaN));
        return new BacktestReport(
            ScopeOf(series, tested.Options, TrialCount.Of(all), TrialCount.Of(each)), [.. rows],
            [.. table.Horizons.Select(h => WalkForward.Of(table.Set, h))]);
    }

    private static bool IsTold(BacktestRow row) => row.Symbol is null || row.Direction is null;

    private static BacktestScope ScopeOf(SeriesHistory[] series, LuckOptions luck, TrialCount strategies, TrialCount symbols) => new(
        series.Length, series.Sum(s => (long)s.Candles.Length), series.Length == 0 ? 0 : series.Min(s => s.Candles[0].Time),
        series.Length == 0 ? 0 : series.Max(s => s.Candles[^1].Time), luck, strategies, symbols);

    /// <summary>The share of a part of the work as one of all of it.</summary>
    private sealed class Part(IProgress<double>? all, double from, double to) : IProgress<double>
    {
        public void Report(double value) => all?.Report(from + ((to - from) * value));
    }
}
