namespace Finstage.Analysis.Tests.Strategies.Oracle;

/// <summary>
/// Indicators over whole arrays, each number calculated from scratch where it can be: slow, plain, and written without looking at the
/// product's. NaN is "no value".
/// </summary>
internal static class Naive
{
    public static double[] Each(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    public static double[] Sma(double[] x, int n) => Each(x.Length, i => i < n - 1 ? double.NaN : Window(x, i, n).Average());

    public static double[] Deviation(double[] x, int n) => Each(x.Length, i =>
    {
        if (i < n - 1)
        {
            return double.NaN;
        }

        var window = Window(x, i, n);
        var mean = window.Average();
        return window.All(value => value == window[0]) ? 0 : Math.Sqrt(window.Average(value => (value - mean) * (value - mean)));
    });

    // The first value is the mean of the first n; leading NaNs are no values.
    public static double[] Smooth(double[] x, int n, double weight)
    {
        var result = Each(x.Length, _ => double.NaN);
        var first = Array.FindIndex(x, value => !double.IsNaN(value));
        for (var i = first + n - 1; first >= 0 && i < x.Length; i++)
        {
            result[i] = i == first + n - 1 ? Window(x, i, n).Average() : (weight * x[i]) + ((1 - weight) * result[i - 1]);
        }

        return result;
    }

    public static double[] Ema(double[] x, int n) => Smooth(x, n, 2.0 / (n + 1));

    public static double[] Wilder(double[] x, int n) => Smooth(x, n, 1.0 / n);

    public static double[] Rsi(double[] c, int n)
    {
        var gain = Wilder(Each(c.Length, i => i == 0 ? double.NaN : Math.Max(c[i] - c[i - 1], 0)), n);
        var loss = Wilder(Each(c.Length, i => i == 0 ? double.NaN : Math.Max(c[i - 1] - c[i], 0)), n);
        return Each(c.Length, i => gain[i] + loss[i] == 0 ? 50 : 100 * gain[i] / (gain[i] + loss[i]));
    }

    public static double[] Highest(double[] x, int n, int before = 0) =>
        Each(x.Length, i => i - before < n - 1 ? double.NaN : Window(x, i - before, n).Max());

    public static double[] Lowest(double[] x, int n, int before = 0) =>
        Each(x.Length, i => i - before < n - 1 ? double.NaN : Window(x, i - before, n).Min());

    public static double[] TrueRange(double[] h, double[] l, double[] c) => Each(c.Length, i => i == 0
        ? double.NaN
        : new[] { h[i] - l[i], Math.Abs(h[i] - c[i - 1]), Math.Abs(l[i] - c[i - 1]) }.Max());

    public static (double[] Adx, double[] Plus, double[] Minus) Adx(double[] h, double[] l, double[] c, int n)
    {
        var up = Each(c.Length, i => i == 0 ? double.NaN : h[i] - h[i - 1] > l[i - 1] - l[i] ? Math.Max(h[i] - h[i - 1], 0) : 0);
        var down = Each(c.Length, i => i == 0 ? double.NaN : l[i - 1] - l[i] > h[i] - h[i - 1] ? Math.Max(l[i - 1] - l[i], 0) : 0);
        var range = Wilder(TrueRange(h, l, c), n);
        double[] plus = Share(Wilder(up, n), range);
        double[] minus = Share(Wilder(down, n), range);
        var dx = Each(c.Length, i => plus[i] + minus[i] == 0 ? 0 : 100 * Math.Abs(plus[i] - minus[i]) / (plus[i] + minus[i]));
        return (Wilder(dx, n), plus, minus);

        static double[] Share(double[] part, double[] whole) => Each(part.Length, i => whole[i] == 0 ? 0 : 100 * part[i] / whole[i]);
    }

    public static double[] Obv(double[] c, double[] v)
    {
        var result = new double[c.Length];
        for (var i = 1; i < c.Length; i++)
        {
            result[i] = result[i - 1] + (Math.Sign(c[i] - c[i - 1]) * v[i]);
        }

        return result;
    }

    public static double[] Cmf(double[] h, double[] l, double[] c, double[] v, int n) => Each(c.Length, i =>
    {
        if (i < n - 1)
        {
            return double.NaN;
        }

        var (flow, volume) = (0.0, 0.0);
        for (var j = i - n + 1; j <= i; j++)
        {
            flow += h[j] == l[j] ? 0 : v[j] * (c[j] - l[j] - (h[j] - c[j])) / (h[j] - l[j]);
            volume += v[j];
        }

        return volume == 0 ? 0 : flow / volume;
    });

    /// <summary>1 up, −1 down, NaN before the first.</summary>
    public static double[] SuperTrend(double[] h, double[] l, double[] c, int n, double multiple)
    {
        var atr = Wilder(TrueRange(h, l, c), n);
        var result = Each(c.Length, _ => double.NaN);
        var (upper, lower) = (0.0, 0.0);
        for (var i = n; i < c.Length; i++)
        {
            var middle = (h[i] + l[i]) / 2;
            var (newUpper, newLower) = (middle + (multiple * atr[i]), middle - (multiple * atr[i]));
            upper = i == n || newUpper < upper || c[i - 1] > upper ? newUpper : upper;
            lower = i == n || newLower > lower || c[i - 1] < lower ? newLower : lower;
            var wasUp = i == n ? c[i] >= middle : result[i - 1] == 1;
            var isUp = wasUp ? !(c[i] < lower) : c[i] > upper;
            result[i] = isUp ? 1 : -1;
        }

        return result;
    }

    /// <summary>1 where the stop is below the price, −1 above; from the first candle on, rising at the first low.</summary>
    public static double[] Psar(double[] h, double[] l, double step, double limit)
    {
        var result = Each(h.Length, _ => 1.0);
        var (stop, extreme, speed, rising) = (l[0], h[0], step, true);
        for (var i = 1; i < h.Length; i++)
        {
            var next = stop + (speed * (extreme - stop));
            var back = Math.Max(i - 2, 0);
            next = rising ? Math.Min(next, Math.Min(l[i - 1], l[back])) : Math.Max(next, Math.Max(h[i - 1], h[back]));
            if (rising ? l[i] < next : h[i] > next)
            {
                rising = !rising;
                (stop, extreme, speed) = (extreme, rising ? h[i] : l[i], step);
            }
            else
            {
                stop = next;
                if (rising ? h[i] > extreme : l[i] < extreme)
                {
                    (extreme, speed) = (rising ? h[i] : l[i], Math.Min(speed + step, limit));
                }
            }

            result[i] = rising ? 1 : -1;
        }

        return result;
    }

    private static double[] Window(double[] x, int end, int n) => x[(end - n + 1)..(end + 1)];
}
