namespace Finstage.Analysis.Backtesting;

/// <summary>
/// What a group of signals was worth at one horizon, close to close and without costs. Returns are fractions with the signal's sign: a
/// SELL gains where the price falls. What cannot be told is NaN. Immutable and thread-safe.
/// </summary>
public sealed record OutcomeStatistics
{
    /// <summary>How many signals have an outcome.</summary>
    public required int Total { get; init; }

    /// <summary>How many of them gained: r &gt; 0.</summary>
    public required int Successes { get; init; }

    /// <summary>The share that gained, 0 to 1.</summary>
    public double SuccessRate => Total == 0 ? double.NaN : (double)Successes / Total;

    /// <summary>The mean return.</summary>
    public required double Average { get; init; }

    /// <summary>The median return; of an even number the mean of the two in the middle.</summary>
    public required double Median { get; init; }

    /// <summary>The highest return.</summary>
    public required double Best { get; init; }

    /// <summary>The lowest return.</summary>
    public required double Worst { get; init; }

    /// <summary>The sample's standard deviation (n − 1); NaN with fewer than two outcomes.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Σ gains / |Σ losses|; NaN where nothing was lost.</summary>
    public required double ProfitFactor { get; init; }

    /// <summary>
    /// Success rate × mean gain − share of losses × mean loss: what one signal brings on average. By arithmetic it equals
    /// <see cref="Average"/>, but for rounding.
    /// </summary>
    public required double Expectancy { get; init; }

    /// <summary>Mean / standard deviation × √(such horizons a year); NaN where nothing varies.</summary>
    public required double Sharpe { get; init; }

    /// <summary>Mean / downside deviation × √(such horizons a year), the downside over all n; NaN where nothing was lost.</summary>
    public required double Sortino { get; init; }

    /// <summary>The mean of the moves against each signal on the way, at most 0.</summary>
    public required double AverageAdverse { get; init; }

    /// <summary>The mean of the moves in each signal's favour on the way, at least 0.</summary>
    public required double AverageFavourable { get; init; }

    /// <summary>The furthest move against any signal on the way, at most 0.</summary>
    public required double MaxAdverse { get; init; }

    /// <summary>The furthest move in any signal's favour on the way, at least 0.</summary>
    public required double MaxFavourable { get; init; }

    /// <summary>
    /// What somebody earned who bought at every close of the same symbols over the same horizon, on average and weighted by the signals of each
    /// symbol: the market's own drift, always that of a buyer.
    /// </summary>
    public required double Drift { get; init; }

    /// <summary>
    /// How many outcomes do not overlap: one begins no earlier than the one before has ended, and those that begin together count as one
    /// with their mean.
    /// </summary>
    public required int Trades { get; init; }

    /// <summary>The deepest fall of the money that went through these one after another, as a fraction of its peak, 0 to 1.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>Mean / standard deviation of the outcomes that do not overlap, per observation; NaN where nothing varies.</summary>
    public required double TradeSharpe { get; init; }

    /// <summary>Their skewness γ₃.</summary>
    public required double TradeSkewness { get; init; }

    /// <summary>Their kurtosis γ₄; 3 for a normal distribution.</summary>
    public required double TradeKurtosis { get; init; }

    /// <summary>How likely the true Sharpe ratio is above zero, 0 to 1; see <see cref="SharpeTests.Probabilistic"/>.</summary>
    public double ProbabilisticSharpe => SharpeTests.Probabilistic(TradeSharpe, 0, Trades, TradeSkewness, TradeKurtosis);

    /// <summary>The grade by success rate; null with fewer outcomes than <paramref name="minSamples"/>.</summary>
    /// <param name="minSamples">The fewest outcomes that are graded.</param>
    public Grade? Grade(int minSamples = BacktestTable.DefaultMinSamples) => Total < Math.Max(1, minSamples) ? null : Grades.Of(SuccessRate);
}

/// <summary>A grade by success rate. The numbers are stored and sent.</summary>
public enum Grade
{
    /// <summary>80 % or more.</summary>
    A = 1,

    /// <summary>70 % or more.</summary>
    B = 2,

    /// <summary>60 % or more.</summary>
    C = 3,

    /// <summary>50 % or more.</summary>
    D = 4,

    /// <summary>Less than half.</summary>
    F = 5,
}

/// <summary>Grades success rates. Pure and thread-safe.</summary>
public static class Grades
{
    /// <summary>The grade of a success rate, 0 to 1.</summary>
    public static Grade Of(double successRate) => successRate switch
    {
        >= 0.8 => Grade.A,
        >= 0.7 => Grade.B,
        >= 0.6 => Grade.C,
        >= 0.5 => Grade.D,
        _ => Grade.F,
    };
}
