using System.Runtime.Intrinsics;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// The sums behind a group's figures. Those of two groups can be joined into those of both, so that each outcome is looked at once
/// for all the groups that it belongs to.
/// </summary>
internal struct Moments
{
    public int Count;
    public int Wins;
    public double Sum;
    public double Gains;
    public double SquaredLosses;
    public double Squares;
    public double Best;
    public double Worst;
    public double Adverse;
    public double Favourable;
    public double MaxAdverse;
    public double MaxFavourable;

    // Weighted by outcomes, for groups of several series.
    public double Drift;
    public double PeriodsPerYear;

    /// <summary>Adds the sums of a group's outcomes. Four lanes on any machine, so that the sums are the same on all.</summary>
    /// <param name="returns">The returns, with the signal's sign.</param>
    /// <param name="adverse">The furthest move against each signal, at most 0.</param>
    /// <param name="favourable">The furthest move for each signal, at least 0.</param>
    /// <param name="columns">The columns that they come from.</param>
    public static Moments Of(
        ReadOnlySpan<double> returns, ReadOnlySpan<double> adverse, ReadOnlySpan<double> favourable, ForwardColumns columns)
    {
        var m = new Moments { Count = returns.Length };
        if (returns.IsEmpty)
        {
            return m;
        }

        var zero = Vector256<double>.Zero;
        var (sum, gains, squaredLosses, against, with) = (zero, zero, zero, zero, zero);
        var (best, worst) = (Vector256.Create(returns[0]), Vector256.Create(returns[0]));
        var (maxAgainst, maxWith) = (Vector256.Create(adverse[0]), Vector256.Create(favourable[0]));
        var wins = Vector256<long>.Zero;
        var i = 0;
        for (; i + 4 <= returns.Length; i += 4)
        {
            var (r, a, f) = (Vector256.Create(returns[i..]), Vector256.Create(adverse[i..]), Vector256.Create(favourable[i..]));
            sum += r;
            gains += Vector256.Max(r, zero);
            var loss = Vector256.Min(r, zero);
            squaredLosses += loss * loss;
            wins -= Vector256.GreaterThan(r, zero).AsInt64();
            best = Vector256.Max(best, r);
            worst = Vector256.Min(worst, r);
            against += a;
            with += f;
            maxAgainst = Vector256.Min(maxAgainst, a);
            maxWith = Vector256.Max(maxWith, f);
        }

        m.Sum = Vector256.Sum(sum);
        m.Gains = Vector256.Sum(gains);
        m.SquaredLosses = Vector256.Sum(squaredLosses);
        m.Wins = (int)Vector256.Sum(wins);
        m.Adverse = Vector256.Sum(against);
        m.Favourable = Vector256.Sum(with);
        (m.Best, m.Worst) = (Highest(best), -Highest(-worst));
        (m.MaxFavourable, m.MaxAdverse) = (Highest(maxWith), -Highest(-maxAgainst));
        for (; i < returns.Length; i++)
        {
            var r = returns[i];
            m.Sum += r;
            m.Gains += Math.Max(r, 0);
            m.SquaredLosses += Math.Min(r, 0) * Math.Min(r, 0);
            m.Wins += r > 0 ? 1 : 0;
            m.Best = Math.Max(m.Best, r);
            m.Worst = Math.Min(m.Worst, r);
            m.Adverse += adverse[i];
            m.Favourable += favourable[i];
            m.MaxAdverse = Math.Min(m.MaxAdverse, adverse[i]);
            m.MaxFavourable = Math.Max(m.MaxFavourable, favourable[i]);
        }

        m.Squares = SquaresAround(m.Sum / m.Count, returns);
        m.Drift = m.Count * columns.Drift;
        m.PeriodsPerYear = m.Count * columns.PeriodsPerYear;
        return m;
    }

    /// <summary>
    /// Joins the sums of two groups; the squares by T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating Formulae and a Pairwise Algorithm
    /// for Computing Sample Variances" (1979).
    /// </summary>
    public static Moments Join(in Moments a, in Moments b)
    {
        if (a.Count == 0 || b.Count == 0)
        {
            return a.Count == 0 ? b : a;
        }

        var distance = (b.Sum / b.Count) - (a.Sum / a.Count);
        return new Moments
        {
            Count = a.Count + b.Count,
            Wins = a.Wins + b.Wins,
            Sum = a.Sum + b.Sum,
            Gains = a.Gains + b.Gains,
            SquaredLosses = a.SquaredLosses + b.SquaredLosses,
            Squares = a.Squares + b.Squares + (distance * distance * a.Count * b.Count / (a.Count + b.Count)),
            Best = Math.Max(a.Best, b.Best),
            Worst = Math.Min(a.Worst, b.Worst),
            Adverse = a.Adverse + b.Adverse,
            Favourable = a.Favourable + b.Favourable,
            MaxAdverse = Math.Min(a.MaxAdverse, b.MaxAdverse),
            MaxFavourable = Math.Max(a.MaxFavourable, b.MaxFavourable),
            Drift = a.Drift + b.Drift,
            PeriodsPerYear = a.PeriodsPerYear + b.PeriodsPerYear,
        };
    }

    /// <summary>The figures.</summary>
    /// <param name="median">The median return.</param>
    /// <param name="chain">What the outcomes that do not overlap show.</param>
    public readonly OutcomeStatistics Figures(double median, in ChainFigures chain)
    {
        var mean = Sum / Count;
        var deviation = Count < 2 ? double.NaN : Math.Sqrt(Squares / (Count - 1));
        var downside = Math.Sqrt(SquaredLosses / Count);
        var year = Math.Sqrt(PeriodsPerYear / Count);
        var losses = Gains - Sum;
        var losers = Count - Wins;
        return new OutcomeStatistics
        {
            Total = Count,
            Successes = Wins,
            Average = mean,
            Median = median,
            Best = Best,
            Worst = Worst,
            StandardDeviation = deviation,
            ProfitFactor = SquaredLosses > 0 ? Gains / losses : double.NaN,
            Expectancy = (Wins == 0 ? 0 : (double)Wins / Count * (Gains / Wins)) - (losers == 0 ? 0 : (double)losers / Count * (losses / losers)),
            Sharpe = Varies(deviation, mean) ? mean / deviation * year : double.NaN,
            Sortino = downside > 0 ? mean / downside * year : double.NaN,
            AverageAdverse = Adverse / Count,
            AverageFavourable = Favourable / Count,
            MaxAdverse = MaxAdverse,
            MaxFavourable = MaxFavourable,
            Drift = Drift / Count,
            Trades = chain.Count,
            MaxDrawdown = chain.MaxDrawdown,
            TradeSharpe = chain.Sharpe,
            TradeSkewness = chain.Skewness,
            TradeKurtosis = chain.Kurtosis,
        };
    }

    /// <summary>Whether a deviation is more than what rounding leaves of equal numbers.</summary>
    public static bool Varies(double deviation, double mean) => deviation > 1e-12 * Math.Max(1e-6, Math.Abs(mean));

    private static double SquaresAround(double mean, ReadOnlySpan<double> values)
    {
        var (sum, center) = (Vector256<double>.Zero, Vector256.Create(mean));
        var i = 0;
        for (; i + 4 <= values.Length; i += 4)
        {
            var distance = Vector256.Create(values[i..]) - center;
            sum += distance * distance;
        }

        var total = Vector256.Sum(sum);
        for (; i < values.Length; i++)
        {
            total += (values[i] - mean) * (values[i] - mean);
        }

        return total;
    }

    private static double Highest(Vector256<double> values) =>
        Math.Max(Math.Max(values[0], values[1]), Math.Max(values[2], values[3]));
}
