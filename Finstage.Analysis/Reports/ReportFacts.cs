using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Clustering;
using Finstage.Analysis.Patterns;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;

namespace Finstage.Analysis.Reports;

/// <summary>All that a report may speak of: what is stored, and nothing else. Immutable and thread-safe.</summary>
public sealed record ReportFacts
{
    /// <summary>When it is composed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The day it belongs to, in Seoul.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>When it comes every day, and so what day the next one has.</summary>
    public required ReportCalendar Calendar { get; init; }

    /// <summary>Whether the glossary is told in full.</summary>
    public bool FullGlossary { get; init; }

    /// <summary>The watched symbols that have daily candles, in the order of the watchlist.</summary>
    public IReadOnlyList<SymbolFacts> Symbols { get; init; } = [];

    /// <summary>Open time of the newest daily candle of all, Unix seconds; null without symbols.</summary>
    public long? Newest => Symbols.Count == 0 ? null : Symbols.Max(s => s.LastTime);

    /// <summary>What strategies were worth; null where nothing was counted yet.</summary>
    public BacktestFacts? Backtests { get; init; }

    /// <summary>The patterns found last; null where none were looked for yet.</summary>
    public PatternReport? Patterns { get; init; }

    /// <summary>When patterns were looked for last; null where that is not known.</summary>
    public DateTimeOffset? PatternsAt { get; init; }

    /// <summary>The clusters found last; null where none were looked for yet, or there was too little history.</summary>
    public ClusterFacts? Clusters { get; init; }

    /// <summary>When clusters were looked for last; null where that is not known.</summary>
    public DateTimeOffset? ClustersAt { get; init; }

    /// <summary>The signals that were sent on the date before.</summary>
    public IReadOnlyList<ToldFacts> Told { get; init; } = [];

    /// <summary>The risk level; null where it cannot be told.</summary>
    public RiskFacts? Risk { get; init; }

    /// <summary>Whether a symbol's newest candle is current beside those of the others.</summary>
    public bool IsCurrent(SymbolFacts symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return Freshness.IsCurrent(symbol.LastTime, Newest ?? symbol.LastTime);
    }
}

/// <summary>One symbol at its last session.</summary>
/// <param name="Name">The symbol.</param>
/// <param name="Category">What kind of instrument it is.</param>
/// <param name="LastTime">Open time of its newest daily candle, Unix seconds.</param>
/// <param name="Close">That candle's close.</param>
/// <param name="PreviousClose">The close before; NaN where there is none.</param>
/// <param name="Signals">The signals of that candle.</param>
/// <param name="Consensus">What the strategies say together.</param>
public sealed record SymbolFacts(
    SymbolName Name, SymbolCategory Category, long LastTime, double Close, double PreviousClose, IReadOnlyList<Signal> Signals,
    Consensus Consensus)
{
    /// <summary>The change against the close before, as a share; NaN where there is none, or the base is not above zero.</summary>
    public double Change => PreviousClose > 0 ? (Close / PreviousClose) - 1 : double.NaN;
}

/// <summary>What the strategies' daily signals were worth.</summary>
/// <param name="At">When it was counted.</param>
/// <param name="Rows">By symbol and strategy and over all of each, at the horizon of one session, both directions together.</param>
/// <param name="Trials">How many figures were looked at to find the best.</param>
public sealed record BacktestFacts(DateTimeOffset At, IReadOnlyList<StrategyFigures> Rows, int Trials)
{
    /// <summary>Fewer outcomes than this say nothing.</summary>
    public const int MinSamples = 10;

    /// <summary>The horizon that is told of.</summary>
    public const Horizon Judged = Horizon.OneDay;

    /// <summary>The figures of a symbol's strategy; null stands for all together. Null where there are none.</summary>
    public StrategyFigures? Find(string? symbol, string? strategy) => Rows.FirstOrDefault(r => r.Symbol == symbol && r.Strategy == strategy);

    /// <summary>
    /// The best strategy of a symbol: what survives the tests of luck before what does not, then the one whose average lies highest for
    /// sure, by the lower end of its interval. Null where none has enough outcomes.
    /// </summary>
    public StrategyFigures? BestOf(string? symbol) => Rows
        .Where(r => r.Symbol == symbol && r.Strategy is not null && r.Samples >= MinSamples)
        .OrderByDescending(r => r.Survives)
        .ThenByDescending(r => double.IsNaN(r.Low) ? double.NegativeInfinity : r.Low)
        .ThenByDescending(r => r.Average)
        .ThenBy(r => r.Strategy, StringComparer.Ordinal)
        .FirstOrDefault();
}

/// <summary>What one group of signals was worth after one session. Returns are shares, with the signal's sign.</summary>
/// <param name="Symbol">The symbol; null for all together.</param>
/// <param name="Strategy">The strategy; null for all together.</param>
/// <param name="Horizon">The horizon.</param>
/// <param name="Samples">Outcomes.</param>
/// <param name="SuccessRate">The share that gained.</param>
/// <param name="Average">The mean return.</param>
/// <param name="Low">The lower end of its 95 % interval; NaN where it cannot be told.</param>
/// <param name="High">The upper end.</param>
/// <param name="Drift">What the market did over the same horizon on average.</param>
/// <param name="Sharpe">The ratio a year; NaN where it cannot be told.</param>
/// <param name="Grade">The grade; null with too few outcomes.</param>
/// <param name="Survives">Whether it stands out from luck after all that was tried.</param>
public sealed record StrategyFigures(
    string? Symbol, string? Strategy, Horizon Horizon, int Samples, double SuccessRate, double Average, double Low, double High, double Drift,
    double Sharpe, Grade? Grade, bool Survives)
{
    /// <summary>The figures of a stored row.</summary>
    public static StrategyFigures Of(LeaderboardRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (of, f) = (row.Row, row.Row.Figures);
        return new StrategyFigures(
            of.Symbol, of.Strategy, of.Horizon, f.Total, f.SuccessRate, f.Average, row.Luck.Average.Low, row.Luck.Average.High, f.Drift, f.Sharpe,
            f.Grade(BacktestFacts.MinSamples), row.Survives);
    }

    /// <summary>The stored row.</summary>
    public string Source => $"backtest_stats|1d|{Symbol ?? "*"}|{Strategy ?? "*"}|{Horizon.Code()}";
}

/// <summary>The clusters, what came after them, and where symbols stand.</summary>
/// <param name="Model">The clusters.</param>
/// <param name="Returns">What came after their windows.</param>
/// <param name="Today">Where each symbol stands.</param>
public sealed record ClusterFacts(ClusterModel Model, IReadOnlyList<ClusterReturn> Returns, IReadOnlyList<ClusterToday> Today)
{
    /// <summary>The horizon by which a cluster is called up or down.</summary>
    public const Horizon Judged = Horizon.OneWeek;

    /// <summary>What came after a cluster's windows over the horizon that is judged by.</summary>
    public ClusterReturn Of(int cluster) => Returns.First(r => r.Cluster == cluster && r.Horizon == Judged);
}

/// <summary>A signal that was sent, and what became of it.</summary>
/// <param name="Name">The symbol.</param>
/// <param name="Strategy">The strategy.</param>
/// <param name="Direction">Which way it pointed.</param>
/// <param name="Close">The close it was told with.</param>
/// <param name="Key">The alert's key.</param>
/// <param name="Outcome">What became of it; null where that is not known yet.</param>
public sealed record ToldFacts(SymbolName Name, string Strategy, Direction Direction, double Close, string Key, ToldOutcome? Outcome)
{
    /// <summary>The longest horizon that is told of: the longer ones are not known on the next morning.</summary>
    public const Horizon Longest = Horizon.OneDay;
}

/// <summary>What became of a signal that was sent.</summary>
/// <param name="Horizon">By when.</param>
/// <param name="ExitClose">The close then.</param>
/// <param name="Return">The return in the signal's direction, as a share.</param>
/// <param name="Source">The stored row.</param>
public sealed record ToldOutcome(Horizon Horizon, double ExitClose, double Return, string Source);
