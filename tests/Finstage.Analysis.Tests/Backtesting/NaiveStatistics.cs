using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>One signal's outcome, found candle by candle.</summary>
internal sealed record NaiveOutcome(string Symbol, Signal Signal, long Begin, long End, double Return, double Adverse, double Favourable, double Drift, double PeriodsPerYear);

/// <summary>The figures of a group as their definitions say, over a list.</summary>
internal static class NaiveStatistics
{
    /// <summary>The outcomes of signals at a horizon; those without one are left out.</summary>
    public static IEnumerable<NaiveOutcome> Outcomes(SeriesHistory series, IEnumerable<Signal> signals, Horizon horizon, double periodsPerYear)
    {
        var drift = Enumerable.Range(0, series.Candles.Length)
            .Select(i => NaiveBacktest.Outcome(series.Candles, i, NaiveBacktest.Exit(horizon, series.Context, series.Candles, i)).Return)
            .Where(r => !double.IsNaN(r)).DefaultIfEmpty(double.NaN).Average();
        foreach (var signal in signals)
        {
            var row = Array.FindIndex(series.Candles, c => c.Time == signal.Time);
            var exit = NaiveBacktest.Exit(horizon, series.Context, series.Candles, row);
            var (r, rise, fall) = NaiveBacktest.Outcome(series.Candles, row, exit);
            if (!double.IsNaN(r))
            {
                var isBuy = signal.Direction == Direction.Buy;
                yield return new NaiveOutcome(
                    series.Symbol, signal, signal.Time, series.Candles[exit].Time, isBuy ? r : -r, isBuy ? fall : -rise, isBuy ? rise : -fall, drift, periodsPerYear);
            }
        }
    }

    /// <summary>The figures by name.</summary>
    public static Dictionary<string, double> Of(IReadOnlyList<NaiveOutcome> outcomes)
    {
        var r = outcomes.Select(o => o.Return).ToArray();
        var n = r.Length;
        var mean = r.Average();
        var sorted = r.Order().ToArray();
        var deviation = n < 2 ? double.NaN : Math.Sqrt(r.Sum(x => (x - mean) * (x - mean)) / (n - 1));
        var downside = Math.Sqrt(r.Sum(x => x < 0 ? x * x : 0) / n);
        var year = Math.Sqrt(outcomes.Average(o => o.PeriodsPerYear));
        var (wins, losses) = (r.Where(x => x > 0).ToArray(), r.Where(x => x <= 0).ToArray());
        var chain = Chain(outcomes);
        var (chainMean, count) = (chain.Average(), chain.Count);
        var chainDeviation = count < 2 ? double.NaN : Math.Sqrt(chain.Sum(x => Math.Pow(x - chainMean, 2)) / (count - 1));
        var population = Math.Sqrt(chain.Average(x => Math.Pow(x - chainMean, 2)));
        var varies = chainDeviation > 1e-12;
        return new Dictionary<string, double>
        {
            ["Total"] = n,
            ["Successes"] = wins.Length,
            ["SuccessRate"] = (double)wins.Length / n,
            ["Average"] = mean,
            ["Median"] = n % 2 == 1 ? sorted[n / 2] : (sorted[(n / 2) - 1] + sorted[n / 2]) / 2,
            ["Best"] = sorted[^1],
            ["Worst"] = sorted[0],
            ["StandardDeviation"] = deviation,
            ["ProfitFactor"] = losses.Any(x => x < 0) ? wins.Sum() / -losses.Sum() : double.NaN,
            ["Expectancy"] = ((double)wins.Length / n * wins.DefaultIfEmpty(0).Average()) + ((double)losses.Length / n * losses.DefaultIfEmpty(0).Average()),
            ["Sharpe"] = deviation > 1e-12 ? mean / deviation * year : double.NaN,
            ["Sortino"] = downside > 0 ? mean / downside * year : double.NaN,
            ["AverageAdverse"] = outcomes.Average(o => o.Adverse),
            ["AverageFavourable"] = outcomes.Average(o => o.Favourable),
            ["MaxAdverse"] = outcomes.Min(o => o.Adverse),
            ["MaxFavourable"] = outcomes.Max(o => o.Favourable),
            ["Drift"] = outcomes.Average(o => o.Drift),
            ["Trades"] = count,
            ["MaxDrawdown"] = Drawdown(chain),
            ["TradeSharpe"] = varies ? chainMean / chainDeviation : double.NaN,
            ["TradeSkewness"] = varies ? chain.Average(x => Math.Pow((x - chainMean) / population, 3)) : double.NaN,
            ["TradeKurtosis"] = varies ? chain.Average(x => Math.Pow((x - chainMean) / population, 4)) : double.NaN,
        };
    }

    /// <summary>The figures of a row by the same names.</summary>
    public static Dictionary<string, double> Of(OutcomeStatistics s) => new()
    {
        ["Total"] = s.Total,
        ["Successes"] = s.Successes,
        ["SuccessRate"] = s.SuccessRate,
        ["Average"] = s.Average,
        ["Median"] = s.Median,
        ["Best"] = s.Best,
        ["Worst"] = s.Worst,
        ["StandardDeviation"] = s.StandardDeviation,
        ["ProfitFactor"] = s.ProfitFactor,
        ["Expectancy"] = s.Expectancy,
        ["Sharpe"] = s.Sharpe,
        ["Sortino"] = s.Sortino,
        ["AverageAdverse"] = s.AverageAdverse,
        ["AverageFavourable"] = s.AverageFavourable,
        ["MaxAdverse"] = s.MaxAdverse,
        ["MaxFavourable"] = s.MaxFavourable,
        ["Drift"] = s.Drift,
        ["Trades"] = s.Trades,
        ["MaxDrawdown"] = s.MaxDrawdown,
        ["TradeSharpe"] = s.TradeSharpe,
        ["TradeSkewness"] = s.TradeSkewness,
        ["TradeKurtosis"] = s.TradeKurtosis,
    };

    /// <summary>Throws unless the figures are the same, but for rounding.</summary>
    public static void AssertEqual(Dictionary<string, double> expected, Dictionary<string, double> actual, string what, double tolerance = 1e-9)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, value) in expected)
        {
            Assert.True(
                value.Equals(actual[name]) || Math.Abs(value - actual[name]) <= tolerance * Math.Max(1, Math.Abs(value)),
                $"{what}: {name} should be {value:R} and is {actual[name]:R}.");
        }
    }

    private static List<double> Chain(IReadOnlyList<NaiveOutcome> outcomes)
    {
        var (chain, free) = (new List<double>(), long.MinValue);
        foreach (var together in outcomes.GroupBy(o => o.Begin).OrderBy(g => g.Key))
        {
            if (together.Key >= free)
            {
                chain.Add(together.Average(o => o.Return));
                free = together.Max(o => o.End);
            }
        }

        return chain;
    }

    private static double Drawdown(List<double> chain)
    {
        var (equity, peak, deepest) = (1.0, 1.0, 0.0);
        foreach (var r in chain)
        {
            equity = Math.Max(0, equity * (1 + r));
            peak = Math.Max(peak, equity);
            deepest = Math.Max(deepest, (peak - equity) / peak);
        }

        return deepest;
    }
}
