namespace Finstage.Analysis.Tests.Indicators.References;

/// <summary>
/// The arithmetic of the references, over whole arrays: each value is calculated anew from all that it depends on. NaN means absent;
/// windows begin after leading NaNs.
/// </summary>
internal static class Plain
{
    public static double[] Each(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    public static double[] Each(double[] a, Func<double, double> value) => [.. a.Select(value)];

    public static double[] Each(double[] a, double[] b, Func<double, double, double> value) => [.. a.Zip(b, value)];

    /// <summary>Applies a function to each whole window of n values.</summary>
    public static double[] Window(double[] x, int n, Func<double[], double> value)
    {
        var first = FirstKnown(x);
        return Each(x.Length, i => i < first + n - 1 ? double.NaN : value(x[(i - n + 1)..(i + 1)]));
    }

    public static double[] Sum(double[] x, int n) => Window(x, n, w => w.Sum());

    public static double[] Sma(double[] x, int n) => Window(x, n, Mean);

    public static double[] Highest(double[] x, int n) => Window(x, n, w => w.Max());

    public static double[] Lowest(double[] x, int n) => Window(x, n, w => w.Min());

    public static double[] Wma(double[] x, int n) =>
        Window(x, n, w => w.Select((v, i) => v * (i + 1)).Sum() / (n * (n + 1) / 2d));

    public static double[] Deviation(double[] x, int n, bool sample) =>
        Window(x, n, w => Math.Sqrt(w.Sum(v => Square(v - Mean(w))) / (sample ? n - 1 : n)));

    public static double[] Ema(double[] x, int n, int? seed = null) => Smooth(x, 2d / (n + 1), seed ?? n);

    public static double[] Wilder(double[] x, int n) => Smooth(x, 1d / n, n);

    /// <summary>The values of k candles earlier.</summary>
    public static double[] Before(double[] x, int k = 1) => Each(x.Length, i => i < k ? double.NaN : x[i - k]);

    public static double[] Minus(double[] a, double[] b) => Each(a, b, (x, y) => x - y);

    public static double[] Percent(double[] part, double[] whole) => Each(part, whole, (x, y) => y > 0 ? 100 * x / y : double.NaN);

    /// <summary>The mean, through distances from the last value, so that equal values have exactly their own value as mean.</summary>
    public static double Mean(double[] w) => w[^1] + (w.Sum(v => v - w[^1]) / w.Length);

    public static double Square(double x) => x * x;

    /// <summary>part / whole, or a value of its own for 0/0.</summary>
    public static double Over(double part, double whole, double neutral) => whole == 0 ? neutral : part / whole;

    private static double[] Smooth(double[] x, double weight, int seed)
    {
        var first = FirstKnown(x);
        var result = Each(x.Length, _ => double.NaN);
        var last = double.NaN;
        for (var i = first + seed - 1; i < x.Length; i++)
        {
            if (!double.IsNaN(x[i]))
            {
                last = double.IsNaN(last) ? Mean(x[(i - seed + 1)..(i + 1)]) : (weight * x[i]) + ((1 - weight) * last);
                result[i] = last;
            }
        }

        return result;
    }

    private static int FirstKnown(double[] x)
    {
        var first = Array.FindIndex(x, v => !double.IsNaN(v));
        return first < 0 ? x.Length : first;
    }
}
