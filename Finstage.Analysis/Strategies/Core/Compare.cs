using System.Runtime.CompilerServices;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// Comparisons that take nearly equal numbers as equal: closer than 1e-9 × max(1, |a|, |b|). Every comparison with NaN, that is with
/// something absent, is false. Pure and thread-safe.
/// </summary>
public static class Compare
{
    private const double Relative = 1e-9;

    /// <summary>a &gt; b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Above(double a, double b) => a > b && a - b >= Tolerance(a, b);

    /// <summary>a &lt; b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Below(double a, double b) => Above(b, a);

    /// <summary>a ≥ b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AtLeast(double a, double b) => a >= b || b - a < Tolerance(a, b);

    /// <summary>a ≤ b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AtMost(double a, double b) => AtLeast(b, a);

    /// <summary>a = b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Same(double a, double b) => Math.Abs(a - b) < Tolerance(a, b);

    /// <summary>Whether <paramref name="a"/> crosses above <paramref name="b"/> on this row: at most b one candle earlier, above it now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CrossesAbove(in Series a, in Series b, Row row) => Rises(a[row - 1], b[row - 1], a[row], b[row]);

    /// <summary>Whether <paramref name="a"/> crosses below <paramref name="b"/> on this row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CrossesBelow(in Series a, in Series b, Row row) => Rises(b[row - 1], a[row - 1], b[row], a[row]);

    /// <summary>Whether <paramref name="a"/> crosses above a level on this row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CrossesAbove(in Series a, double level, Row row) => Rises(a[row - 1], level, a[row], level);

    /// <summary>Whether <paramref name="a"/> crosses below a level on this row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CrossesBelow(in Series a, double level, Row row) => Rises(level, a[row - 1], level, a[row]);

    // The order matters for speed alone: a is above b half of the time, and then it nearly always was before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Rises(double aBefore, double bBefore, double a, double b) =>
        a > b && AtMost(aBefore, bBefore) && a - b >= Tolerance(a, b);

    // Only asked for where neither is NaN, or where NaN makes the comparison false whatever comes out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Tolerance(double a, double b) => Relative * double.MaxNative(1, double.MaxNative(Math.Abs(a), Math.Abs(b)));
}
