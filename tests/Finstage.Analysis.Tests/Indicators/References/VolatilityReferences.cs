using static Finstage.Analysis.Tests.Indicators.References.Plain;

namespace Finstage.Analysis.Tests.Indicators.References;

internal static class VolatilityReferences
{
    public static Dictionary<string, Reference> All { get; } = new()
    {
        ["atr"] = new(Atr, Memory.Fading),
        ["bollinger"] = new(Bollinger),
        ["standard-deviation"] = new(x =>
        [
            new("deviation", Deviation(x.Close, x.Int(0), x.Int(1) == 1), Scale.Price),
            new("mean", Sma(x.Close, x.Int(0)), Scale.Price),
            new("z", Z(x.Close, x.Int(0), x.Int(1) == 1), Scale.Ratio),
        ]),
        ["z-score"] = new(x => [new("z", Z(x.Close, x.Int(0), x.Int(1) == 1), Scale.Ratio)]),
        ["keltner"] = new(Keltner, Memory.Fading),
        ["donchian"] = new(Donchian),
        ["choppiness"] = new(Choppiness),
    };

    private static double[] Z(double[] x, int n, bool sample) =>
        Each(Minus(x, Sma(x, n)), Deviation(x, n, sample), (distance, deviation) => Over(distance, deviation, 0));

    private static Column[] Atr(Input x)
    {
        var range = x.TrueRange;
        if (x.Int(1) == 1)
        {
            range[0] = x.Candles[0].High - x.Candles[0].Low;
        }

        var atr = Wilder(range, x.Int(0));
        return [new("atr", atr, Scale.Price), new("trueRange", range, Scale.Price), new("percent", Percent(atr, x.Close), Scale.Ratio)];
    }

    private static Column[] Bollinger(Input x)
    {
        var (n, sample) = (x.Int(0), x.Int(2) == 1);
        var middle = Sma(x.Close, n);
        var deviation = Deviation(x.Close, n, sample);
        var reach = Each(deviation, d => x.Parameters[1] * d);
        var upper = Each(middle, reach, (m, r) => m + r);
        var lower = Minus(middle, reach);
        return
        [
            new("middle", middle, Scale.Price), new("upper", upper, Scale.Price), new("lower", lower, Scale.Price),
            new("percentB", Each(x.Count, i => Over(x.Close[i] - lower[i], upper[i] - lower[i], 0.5)), Scale.Ratio),
            new("width", Each(x.Count, i => (upper[i] - lower[i]) / middle[i]), Scale.Ratio),
            new("z", Z(x.Close, n, sample), Scale.Ratio), new("deviation", deviation, Scale.Price),
        ];
    }

    private static Column[] Keltner(Input x)
    {
        var reach = Each(Wilder(x.TrueRange, x.Int(2)), a => x.Parameters[1] * a);
        var middle = Each(Ema(x.Close, x.Int(0)), reach, (m, r) => double.IsNaN(r) ? r : m);
        return
        [
            new("middle", middle, Scale.Price), new("upper", Each(middle, reach, (m, r) => m + r), Scale.Price),
            new("lower", Minus(middle, reach), Scale.Price), new("width", Each(middle, reach, (m, r) => 2 * r / m), Scale.Ratio),
        ];
    }

    private static Column[] Donchian(Input x)
    {
        var upper = Before(Highest(x.High, x.Int(0)), x.Int(1));
        var lower = Before(Lowest(x.Low, x.Int(0)), x.Int(1));
        var middle = Each(upper, lower, (u, l) => (u + l) / 2);
        return
        [
            new("middle", middle, Scale.Price), new("upper", upper, Scale.Price), new("lower", lower, Scale.Price),
            new("width", Each(Minus(upper, lower), middle, (d, m) => d / m), Scale.Ratio),
        ];
    }

    private static Column[] Choppiness(Input x)
    {
        var n = x.Int(0);
        var high = Each(x.Count, i => i == 0 ? double.NaN : Math.Max(x.Candles[i].High, x.Candles[i - 1].Close));
        var low = Each(x.Count, i => i == 0 ? double.NaN : Math.Min(x.Candles[i].Low, x.Candles[i - 1].Close));
        var path = Sum(Minus(high, low), n);
        var range = Minus(Highest(high, n), Lowest(low, n));
        return [new("choppiness", Each(path, range, (p, r) => r == 0 ? 50 : 100 * Math.Log10(p / r) / Math.Log10(n)), Scale.Hundred)];
    }
}
