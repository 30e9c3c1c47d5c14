using static Finstage.Analysis.Tests.Indicators.References.Plain;

namespace Finstage.Analysis.Tests.Indicators.References;

internal static class AverageReferences
{
    public static Dictionary<string, Reference> All { get; } = new()
    {
        ["sma"] = Of("sma", x => Sma(x.Close, x.Int(0))),
        ["ema"] = Of("ema", x => Ema(x.Close, x.Int(0)), Memory.Fading),
        ["wma"] = Of("wma", x => Wma(x.Close, x.Int(0))),
        ["smma"] = Of("smma", x => Wilder(x.Close, x.Int(0)), Memory.Fading),
        ["dema"] = Of("dema", x => Each(EmaOfEma(x, 1), EmaOfEma(x, 2), (a, b) => (2 * a) - b), Memory.Fading),
        ["tema"] = Of("tema", x => Each(
            Each(EmaOfEma(x, 1), EmaOfEma(x, 2), (a, b) => (3 * a) - (3 * b)), EmaOfEma(x, 3), (a, b) => a + b), Memory.Fading),
        ["hma"] = Of("hma", x => Wma(
            Each(Wma(x.Close, x.Int(0) / 2), Wma(x.Close, x.Int(0)), (half, whole) => (2 * half) - whole),
            (int)Math.Floor(Math.Sqrt(x.Int(0))))),
        ["vwma"] = Of("vwma", x => Each(
            Sum(Each(x.Close, x.Volume, (c, v) => c * v), x.Int(0)), Sum(x.Volume, x.Int(0)), (paid, v) => paid / v)),
        ["kama"] = new(Kama, Memory.Fading),
    };

    /// <summary>EMA of the close, or of its EMA, and so on: parameter 0 is the period, parameter 1 the seed.</summary>
    public static double[] EmaOfEma(Input x, int depth)
    {
        var n = x.Int(0);
        var result = Ema(x.Close, n);
        for (var i = 1; i < depth; i++)
        {
            result = Ema(result, n, x.Int(1) == 0 ? 1 : n);
        }

        return result;
    }

    private static Reference Of(string output, Func<Input, double[]> values, Memory memory = Memory.Window) =>
        new(x => [new(output, values(x), Scale.Price)], memory);

    private static Column[] Kama(Input x)
    {
        var n = x.Int(0);
        var c = x.Close;
        var efficiency = Each(x.Count, i => i < n
            ? double.NaN
            : Over(Math.Abs(c[i] - c[i - n]), Enumerable.Range(i - n + 1, n).Sum(j => Math.Abs(c[j] - c[j - 1])), 0));
        var kama = Each(x.Count, _ => double.NaN);
        for (var i = n - 1; i < x.Count; i++)
        {
            var (fast, slow) = (2d / (x.Parameters[1] + 1), 2d / (x.Parameters[2] + 1));
            kama[i] = i == n - 1 ? c[i] : kama[i - 1] + (Square((efficiency[i] * (fast - slow)) + slow) * (c[i] - kama[i - 1]));
        }

        return [new("kama", kama, Scale.Price), new("efficiency", efficiency, Scale.One)];
    }
}
