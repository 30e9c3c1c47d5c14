namespace Finstage.Analysis.Strategies;

/// <summary>
/// Comparisons that take nearly equal numbers as equal: closer than 1e-9 × max(1, |a|, |b|). Every comparison with NaN, that is with
/// something absent, is false. Pure and thread-safe.
/// </summary>
public static class Compare
{
    private const double Relative = 1e-9;

    /// <summary>a &gt; b.</summary>
    public static bool Above(double a, double b) => a > b && a - b >= Tolerance(a, b);

    /// <summary>a &lt; b.</summary>
    public static bool Below(double a, double b) => Above(b, a);

    /// <summary>a ≥ b.</summary>
    public static bool AtLeast(double a, double b) => a >= b || b - a < Tolerance(a, b);

    /// <summary>a ≤ b.</summary>
    public static bool AtMost(double a, double b) => AtLeast(b, a);

    /// <summary>a = b.</summary>
    public static bool Same(double a, double b) => Math.Abs(a - b) < Tolerance(a, b);

    /// <summary>Whether <paramref name="a"/> crosses above <paramref name="b"/> on this row: at most b one candle earlier, above it now.</summary>
    public static bool CrossesAbove(in Series a, in Series b, int row) =>
        Above(a[row], b[row]) && AtMost(a[row - 1], b[row - 1]);

    /// <summary>Whether <paramref name="a"/> crosses below <paramref name="b"/> on this row.</summary>
    public static bool CrossesBelow(in Series a, in Series b, int row) => CrossesAbove(b, a, row);

    /// <summary>Whether <paramref name="a"/> crosses above a level on this row.</summary>
    public static bool CrossesAbove(in Series a, double level, int row) => Above(a[row], level) && AtMost(a[row - 1], level);

    /// <summary>Whether <paramref name="a"/> crosses below a level on this row.</summary>
    public static bool CrossesBelow(in Series a, double level, int row) => Below(a[row], level) && AtLeast(a[row - 1], level);

    private static double Tolerance(double a, double b) => Relative * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));
}
