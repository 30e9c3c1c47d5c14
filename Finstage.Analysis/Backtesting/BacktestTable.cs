using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Backtesting;

/// <summary>One group of signals and what it was worth.</summary>
/// <param name="Symbol">The symbol; null for all of the set together.</param>
/// <param name="Strategy">The strategy; null for all together.</param>
/// <param name="Interval">The candles' interval.</param>
/// <param name="Horizon">The horizon.</param>
/// <param name="Direction">The direction; null for both together.</param>
/// <param name="Figures">What it was worth.</param>
public sealed record BacktestRow(
    string? Symbol, string? Strategy, CandleInterval Interval, Horizon Horizon, Direction? Direction, OutcomeStatistics Figures);

/// <summary>
/// Signal outcomes in groups: by symbol, strategy, horizon and direction, and in each of symbol, strategy and direction also all
/// together. Close to close, without costs; not to be mixed up with trades, which are filled at the next open and cost something. Immutable and thread-safe.
/// </summary>
public sealed class BacktestTable
{
    /// <summary>Fewer outcomes than this are neither graded nor ranked unless said otherwise.</summary>
    public const int DefaultMinSamples = 10;

    private readonly Moments[] moments;
    private readonly double[] medians;
    private readonly ChainFigures[] chains;

    internal BacktestTable(
        OutcomeSet set, IReadOnlyList<Horizon> horizons, GroupIndex index, Moments[] moments, double[] medians, ChainFigures[] chains)
    {
        (Set, Horizons, Index) = (set, horizons, index);
        (this.moments, this.medians, this.chains) = (moments, medians, chains);
    }

    /// <summary>The outcomes that it was made from.</summary>
    public OutcomeSet Set { get; }

    /// <summary>The horizons that there are, shortest first.</summary>
    public IReadOnlyList<Horizon> Horizons { get; }

    /// <summary>Every group that has an outcome: all symbols first, in each all strategies first, by horizon, both directions first.</summary>
    public IEnumerable<BacktestRow> Rows =>
        from symbol in Enumerable.Range(0, Set.Series.Count + 1)
        from strategy in Enumerable.Range(0, Set.Strategies.Count + 1)
        from horizon in Enumerable.Range(0, Horizons.Count)
        from direction in Enumerable.Range(0, GroupIndex.Directions)
        let row = At(symbol, strategy, horizon, direction)
        where row is not null
        select row;

    internal GroupIndex Index { get; }

    /// <summary>The group, or null where it has no outcome.</summary>
    /// <param name="symbol">The symbol; null for all together.</param>
    /// <param name="strategy">The strategy; null for all together.</param>
    /// <param name="horizon">The horizon.</param>
    /// <param name="direction">The direction; null for both together.</param>
    public BacktestRow? Find(string? symbol, string? strategy, Horizon horizon, Direction? direction = null)
    {
        var (s, k, h) = (SymbolPlace(symbol), StrategyPlace(strategy), HorizonPlace(horizon));
        return s < 0 || k < 0 || h < 0 ? null : At(s, k, h, GroupIndex.PlaceOf(direction));
    }

    /// <summary>Makes the table of a set.</summary>
    /// <param name="set">The outcomes.</param>
    /// <param name="parallelism">Threads at most, or −1 for as many as there are processors. The table does not depend on it.</param>
    /// <param name="cancellation">Gives up between two series or strategies.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static BacktestTable Of(OutcomeSet set, int parallelism = -1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new TableMaker(set).Make(new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation });
    }

    /// <summary>A group's place; −1 where there is no such group.</summary>
    internal int PlaceOf(string? symbol, string? strategy, Horizon horizon, Direction? direction)
    {
        var (s, k, h) = (SymbolPlace(symbol), StrategyPlace(strategy), HorizonPlace(horizon));
        return s < 0 || k < 0 || h < 0 ? -1 : Index[s, k, h, GroupIndex.PlaceOf(direction)];
    }

    internal ref readonly Moments MomentsAt(int place) => ref moments[place];

    internal BacktestRow? At(int symbol, int strategy, int horizon, int direction)
    {
        var at = Index[symbol, strategy, horizon, direction];
        return moments[at].Count == 0 ? null : new BacktestRow(
            symbol == 0 ? null : Set.Series[symbol - 1].Symbol, strategy == 0 ? null : Set.Strategies[strategy - 1], Set.Interval,
            Horizons[horizon], GroupIndex.DirectionOf(direction), moments[at].Figures(medians[at], chains[at]));
    }

    /// <summary>0 for all symbols, else 1 + the symbol's place; −1 where there is none such.</summary>
    internal int SymbolPlace(string? symbol) => Place(symbol, Set.Series.Select(s => s.Symbol));

    private int StrategyPlace(string? strategy) => Place(strategy, Set.Strategies);

    private int HorizonPlace(Horizon horizon) => Horizons.ToList().IndexOf(horizon);

    private static int Place(string? name, IEnumerable<string> names)
    {
        var place = name is null ? 0 : 1 + names.ToList().FindIndex(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return name is not null && place == 0 ? -1 : place;
    }
}
