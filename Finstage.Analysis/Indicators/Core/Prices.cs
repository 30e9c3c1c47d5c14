using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Indicators.Core;

/// <summary>What several formulas take from a candle, and from numbers that may be nothing. Pure.</summary>
internal static class Prices
{
    /// <summary>
    /// Below this a smoothed mean of price changes has decayed until it loses digits; it counts as nothing, so that a market that
    /// stands still for thousands of candles ends neutral instead of as noise.
    /// </summary>
    public const double Nothing = 1e-280;

    /// <summary>(high + low + close) / 3.</summary>
    public static double Typical(in Candle candle) => (candle.High + candle.Low + candle.Close) / 3;

    /// <summary>(high + low) / 2.</summary>
    public static double Middle(in Candle candle) => (candle.High + candle.Low) / 2;

    /// <summary>Wilder's true range: the candle's range, widened to the close before it; NaN when there is none.</summary>
    public static double TrueRange(in Candle candle, double previousClose) =>
        Larger(candle.High, previousClose) - Smaller(candle.Low, previousClose);

    /// <summary>Where the close lies in the candle's range, from −1 at its low to 1 at its high; 0 when there is no range.</summary>
    public static double MoneyFlowMultiplier(in Candle candle)
    {
        var range = candle.High - candle.Low;
        return range == 0 ? 0 : ((candle.Close - candle.Low) - (candle.High - candle.Close)) / range;
    }

    /// <summary>The larger one, without a branch that prices could mislead; NaN when the second is. The first is a number.</summary>
    public static double Larger(double a, double b) => double.MaxNative(a, b);

    /// <summary>The smaller one, without a branch that prices could mislead; NaN when the second is. The first is a number.</summary>
    public static double Smaller(double a, double b) => double.MinNative(a, b);

    /// <summary>A value where <paramref name="a"/> is above <paramref name="b"/>, else 0: without a branch that prices could mislead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double WhereAbove(double a, double b, double value) =>
        (Vector128.GreaterThan(Vector128.CreateScalar(a), Vector128.CreateScalar(b)) & Vector128.CreateScalar(value)).ToScalar();

    /// <summary>A share of a base in percent; NaN when the base is not above zero, since such a share says nothing.</summary>
    public static double Percent(double part, double whole) => whole > 0 ? 100 * part / whole : double.NaN;
}
