namespace Finstage.Analysis.Statistics;

/// <summary>
/// Student's t distribution. Its tails keep their relative precision, however small: what is picked from many thousands of tests
/// must be right there. Pure and thread-safe.
/// </summary>
/// <remarks>
/// The distribution by the regularised incomplete beta function as a continued fraction (Lentz; Press et al., Numerical Recipes,
/// 6.4), with Lanczos' logarithm of the gamma function.
/// </remarks>
public static class StudentT
{
    private const int MaxSteps = 300;
    private const double Tiny = 1e-300;

    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
        -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>The probability of a value at least as far from zero as <paramref name="t"/>, 0 to 1; NaN where t is.</summary>
    /// <param name="t">The value.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double TwoSided(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        return double.IsNaN(t) ? double.NaN
            : double.IsInfinity(t) ? 0
            : Beta(degrees / (degrees + (t * t)), degrees / 2, 0.5);
    }

    /// <summary>The value that |t| exceeds with a probability of <paramref name="tail"/>.</summary>
    /// <param name="tail">Both tails together, above 0 and below 1, such as 0.05.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Critical(double tail, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(tail, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tail, 1);
        var (low, high) = (0.0, 1.0);
        while (TwoSided(high, degrees) > tail)
        {
            (low, high) = (high, 2 * high);
        }

        for (var i = 0; i < 100 && high - low > 1e-13 * high; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = TwoSided(middle, degrees) > tail ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>The regularised incomplete beta function I_x(a, b).</summary>
    private static double Beta(double x, double a, double b)
    {
        if (x <= 0 || x >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - (front * Fraction(1 - x, b, a) / b);
    }

    private static double Fraction(double x, double a, double b)
    {
        var c = 1.0;
        var d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var result = d;
        for (var m = 1; m <= MaxSteps; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            result *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            result *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-15)
            {
                break;
            }
        }

        return result;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    // Of arguments from 0.5 up; nothing smaller is asked for.
    private static double LogGamma(double x)
    {
        var y = x - 1;
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (y + i);
        }

        var t = y + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((y + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
