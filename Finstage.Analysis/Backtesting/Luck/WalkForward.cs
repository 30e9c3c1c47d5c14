using Finstage.Analysis.Calendars;

namespace Finstage.Analysis.Backtesting;

/// <summary>How a walk forward goes. Immutable.</summary>
public sealed record WalkForwardOptions
{
    /// <summary>Dates of the window that picks, at least 20. Default 756, three years of sessions.</summary>
    public int TrainDates { get; init; } = 756;

    /// <summary>Dates of the window that is scored, at least 1. Default 252, a year.</summary>
    public int TestDates { get; init; } = 252;

    /// <summary>Strategies with fewer outcomes in the picking window are not picked; at least 2, default 10.</summary>
    public int MinSamples { get; init; } = BacktestTable.DefaultMinSamples;
}

/// <summary>One step of a walk forward.</summary>
/// <param name="TrainFrom">First date of the window that picked.</param>
/// <param name="TestFrom">First date of the window that was scored.</param>
/// <param name="TestTo">Its last date.</param>
/// <param name="Strategy">What was picked.</param>
/// <param name="TrainTotal">Its outcomes in the window that picked.</param>
/// <param name="TrainAverage">Their mean return.</param>
/// <param name="Total">Its outcomes in the window that was scored.</param>
/// <param name="Successes">How many gained.</param>
/// <param name="Average">Their mean return; NaN where there are none.</param>
/// <param name="Drift">The market's own drift in that window.</param>
public sealed record WalkForwardFold(
    DateOnly TrainFrom, DateOnly TestFrom, DateOnly TestTo, string Strategy, int TrainTotal, double TrainAverage, int Total, int Successes,
    double Average, double Drift);

/// <summary>
/// Picks the strategy that did best in a window, scores it in the next, and goes on: what picking by the past would have brought.
/// Immutable and thread-safe.
/// </summary>
/// <param name="Horizon">The horizon.</param>
/// <param name="Folds">The steps, in order of time.</param>
public sealed record WalkForward(Horizon Horizon, IReadOnlyList<WalkForwardFold> Folds)
{
    /// <summary>Outcomes that were scored.</summary>
    public int Total => Folds.Sum(f => f.Total);

    /// <summary>The share of them that gained; NaN when there are none.</summary>
    public double SuccessRate => Total == 0 ? double.NaN : (double)Folds.Sum(f => f.Successes) / Total;

    /// <summary>Their mean return; NaN when there are none.</summary>
    public double Average => Total == 0 ? double.NaN : Folds.Where(f => f.Total > 0).Sum(f => f.Average * f.Total) / Total;

    /// <summary>The mean return that the picks had shown when they were picked; NaN without folds.</summary>
    public double TrainAverage => Folds.Count == 0
        ? double.NaN
        : Folds.Sum(f => f.TrainAverage * f.TrainTotal) / Folds.Sum(f => f.TrainTotal);

    /// <summary>The market's own drift meanwhile, weighted as the outcomes; NaN when there are none.</summary>
    public double Drift => Total == 0 ? double.NaN : Folds.Where(f => f.Total > 0).Sum(f => f.Drift * f.Total) / Total;

    /// <summary>
    /// Walks through a set at one horizon. Picked is the highest mean in units of its standard error; outcomes that end after the window
    /// that picks are not known to it.
    /// </summary>
    /// <param name="set">The outcomes.</param>
    /// <param name="horizon">The horizon.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static WalkForward Of(OutcomeSet set, Horizon horizon, WalkForwardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        options ??= new WalkForwardOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TrainDates, 20, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TestDates, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinSamples, 2, nameof(options));
        var history = new DatedOutcomes(set, horizon);
        var folds = new List<WalkForwardFold>();
        for (var test = options.TrainDates; test < history.Dates.Length; test += options.TestDates)
        {
            var (train, end) = (test - options.TrainDates, Math.Min(test + options.TestDates, history.Dates.Length));
            var known = history.KnownBefore(test);
            var picked = Pick(history, train, known, set.Strategies.Count, options.MinSamples);
            if (picked >= 0)
            {
                var (past, next) = (history.Sum(picked, train, known), history.Sum(picked, test, end));
                folds.Add(new WalkForwardFold(
                    Date(history.Dates[train]), Date(history.Dates[test]), Date(history.Dates[end - 1]), set.Strategies[picked],
                    past.Count, past.Mean, next.Count, next.Wins, next.Mean, history.Market(test, end).Mean));
            }
        }

        return new WalkForward(horizon, folds);
    }

    private static int Pick(DatedOutcomes history, int from, int to, int strategies, int minSamples)
    {
        var (best, picked) = (double.NegativeInfinity, -1);
        for (var k = 0; k < strategies; k++)
        {
            var sum = history.Sum(k, from, to);
            var score = sum.Count < minSamples || !(sum.Deviation > 0) ? double.NegativeInfinity : sum.Mean / (sum.Deviation / Math.Sqrt(sum.Count));
            if (score > best)
            {
                (best, picked) = (score, k);
            }
        }

        return picked;
    }

    private static DateOnly Date(long date) => DateOnly.FromDayNumber((int)date + TradingCalendar.EpochDayNumber);

    /// <summary>Sums of outcomes up to each date, so that any window is one difference.</summary>
    private sealed class DatedOutcomes
    {
        private readonly Sums[][] byStrategy;
        private readonly Sums[] market;
        private readonly int[] lastEnd;

        public DatedOutcomes(OutcomeSet set, Horizon horizon)
        {
            var own = set.Series.Select(s => s.Moments.Select(t => (long)s.Context.DateOf(t)).ToArray()).ToArray();
            var axis = new TimeAxis(own, 1);
            Dates = new long[axis.Count];
            byStrategy = [.. set.Strategies.Select(_ => new Sums[axis.Count + 1])];
            market = new Sums[axis.Count + 1];
            lastEnd = new int[axis.Count];
            for (var i = 0; i < own.Length; i++)
            {
                Add(set.Series[i], set.Series[i].Forward(horizon), own[i], axis.Of(own[i]));
            }

            foreach (var sums in byStrategy.Append(market))
            {
                for (var d = 1; d < sums.Length; d++)
                {
                    sums[d] = sums[d].Plus(sums[d - 1], 1);
                }
            }

            for (var d = 1; d < lastEnd.Length; d++)
            {
                lastEnd[d] = Math.Max(lastEnd[d], lastEnd[d - 1]);
            }
        }

        public long[] Dates { get; }

        /// <summary>The first date with an outcome that was not known before a date.</summary>
        public int KnownBefore(int date)
        {
            var known = date;
            while (known > 0 && lastEnd[known - 1] >= date)
            {
                known--;
            }

            return known;
        }

        public Sums Sum(int strategy, int from, int to) => Between(byStrategy[strategy], from, to);

        public Sums Market(int from, int to) => Between(market, from, to);

        private static Sums Between(Sums[] sums, int from, int to) => to <= from ? default : sums[to].Plus(sums[from], -1);

        private void Add(OutcomeSeries series, ForwardColumns? columns, long[] dates, int[] numbers)
        {
            for (var row = 0; row < dates.Length; row++)
            {
                Dates[numbers[row]] = dates[row];
                if (columns is not null && columns.Exit(row) is var exit && exit >= 0)
                {
                    lastEnd[numbers[row]] = Math.Max(lastEnd[numbers[row]], numbers[exit]);
                    market[numbers[row] + 1].Add(columns.Returns[row]);
                }
            }

            for (var k = 0; k < byStrategy.Length && columns is not null; k++)
            {
                var range = series.Of(k);
                for (var i = range.Start.Value; i < range.End.Value; i++)
                {
                    byStrategy[k][numbers[series.Rows[i]] + 1].Add(series.Directions[i] * columns.Returns[series.Rows[i]]);
                }
            }
        }
    }

    private struct Sums
    {
        private double sum;
        private double squares;

        public int Count { get; private set; }

        public int Wins { get; private set; }

        public readonly double Mean => Count == 0 ? double.NaN : sum / Count;

        public readonly double Deviation => Count < 2 ? double.NaN : Math.Sqrt(Math.Max(0, squares - (sum * sum / Count)) / (Count - 1));

        public void Add(double r)
        {
            if (!double.IsNaN(r))
            {
                Count++;
                Wins += r > 0 ? 1 : 0;
                sum += r;
                squares += r * r;
            }
        }

        public readonly Sums Plus(in Sums other, int sign) => new()
        {
            Count = Count + (sign * other.Count),
            Wins = Wins + (sign * other.Wins),
            sum = sum + (sign * other.sum),
            squares = squares + (sign * other.squares),
        };
    }
}
