namespace Finstage.Analysis.Statistics;

/// <summary>The standard normal distribution, to about 15 digits. Pure and thread-safe.</summary>
internal static class Normal
{
    private static readonly double Root2Pi = Math.Sqrt(2 * Math.PI);

    /// <summary>
    /// Φ(x), by its series near zero and its continued fraction in the tails (Abramowitz and Stegun 26.2.11 and 26.2.14).
    /// </summary>
    public static double Cumulative(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        var size = Math.Abs(x);
        var tail = size > 38 ? 0 : size < 3 ? 0.5 - Series(size) : Fraction(size);
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>
    /// Z⁻¹(p): P. J. Acklam's approximation, then one step of Halley's method, which brings it to full precision.
    /// </summary>
    /// <param name="p">The probability, from 0, which is −∞, to 1, which is +∞.</param>
    public static double Inverse(double p)
    {
        if (!(p > 0 && p < 1))
        {
            return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
        }

        var x = Acklam(p);
        var error = (Cumulative(x) - p) * Root2Pi * Math.Exp(x * x / 2);
        return x - (error / (1 + (x * error / 2)));
    }

    // Φ(x) − ½ = φ(x)·(x + x³/3 + x⁵/(3·5) + …)
    private static double Series(double x)
    {
        var (term, sum) = (x, x);
        for (var i = 3; term > 1e-17 * sum; i += 2)
        {
            term *= x * x / i;
            sum += term;
        }

        return sum * Density(x);
    }

    // 1 − Φ(x) = φ(x)·1/(x + 1/(x + 2/(x + 3/(x + …))))
    private static double Fraction(double x)
    {
        var value = x;
        for (var i = 120; i > 0; i--)
        {
            value = x + (i / value);
        }

        return Density(x) / value;
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Root2Pi;

    private static double Acklam(double p)
    {
        const double Low = 0.02425;
        if (p > 1 - Low)
        {
            return -Acklam(1 - p);
        }

        if (p < Low)
        {
            var q = Math.Sqrt(-2 * Math.Log(p));
            return Horner(
                q, -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783)
                / Horner(q, 7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1);
        }

        var r = p - 0.5;
        var s = r * r;
        return r * Horner(
            s, -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239)
            / Horner(
                s, -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1);
    }

    private static double Horner(double x, params ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        foreach (var coefficient in coefficients)
        {
            sum = (sum * x) + coefficient;
        }

        return sum;
    }
}
