using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// How far a Sharpe ratio can be believed: D. H. Bailey and M. López de Prado, "The Sharpe Ratio Efficient Frontier" (Journal of Risk 15,
/// 2012) and "The Deflated Sharpe Ratio" (Journal of Portfolio Management 40, 2014). Every ratio here is per observation, never
/// annualised. Pure and thread-safe.
/// </summary>
public static class SharpeTests
{
    private const double Gamma = 0.57721566490153286;

    /// <summary>
    /// The probabilistic Sharpe ratio: Φ((SR − SR*)·√(n − 1) / √(1 + ½SR² − γ₃·SR + ((γ₄ − 3)/4)·SR²)), the probability that the true
    /// ratio is above a benchmark.
    /// </summary>
    /// <param name="sharpe">The ratio that was observed.</param>
    /// <param name="benchmark">SR*, what it has to beat.</param>
    /// <param name="count">n, the number of independent observations.</param>
    /// <param name="skewness">γ₃ of the observations.</param>
    /// <param name="kurtosis">γ₄ of the observations, 3 for a normal distribution.</param>
    /// <returns>0 to 1; NaN where the ratio is, and with fewer than two observations.</returns>
    public static double Probabilistic(double sharpe, double benchmark, int count, double skewness, double kurtosis)
    {
        if (count < 2 || double.IsNaN(sharpe) || double.IsNaN(benchmark))
        {
            return double.NaN;
        }

        var variance = 1 + (0.5 * sharpe * sharpe) - (skewness * sharpe) + ((kurtosis - 3) / 4 * sharpe * sharpe);
        return Normal.Cumulative((sharpe - benchmark) * Math.Sqrt(count - 1) / Math.Sqrt(Math.Max(variance, 1e-12)));
    }

    /// <summary>
    /// The highest ratio that luck alone is expected to bring among many trials of no worth:
    /// SR* = σ·[(1 − γ)·Z⁻¹(1 − 1/N) + γ·Z⁻¹(1 − 1/(N·e))]. A probabilistic ratio against it is the deflated one.
    /// </summary>
    /// <param name="deviation">σ, the standard deviation of the trials' ratios.</param>
    /// <param name="trials">N, the number of independent trials; one or fewer expect nothing.</param>
    public static double ExpectedHighest(double deviation, double trials) => trials <= 1 ? 0
        : deviation * (((1 - Gamma) * Normal.Inverse(1 - (1 / trials))) + (Gamma * Normal.Inverse(1 - (1 / (trials * Math.E)))));

    /// <summary>
    /// How many independent trials correlated ones amount to: N̂ = ρ̄ + (1 − ρ̄)·N, by the mean correlation of the trials (Bailey and
    /// López de Prado 2014, appendix 3).
    /// </summary>
    /// <param name="trials">N, the number of trials.</param>
    /// <param name="meanCorrelation">ρ̄, the mean correlation of two of them; below zero counts as zero.</param>
    public static double EffectiveTrials(int trials, double meanCorrelation)
    {
        var correlation = double.IsNaN(meanCorrelation) ? 0 : Math.Clamp(meanCorrelation, 0, 1);
        return trials < 1 ? 0 : correlation + ((1 - correlation) * trials);
    }
}
