using static Finstage.Analysis.Tests.Indicators.References.Plain;

namespace Finstage.Analysis.Tests.Indicators.References;

internal static class MomentumReferences
{
    public static Dictionary<string, Reference> All { get; } = new()
    {
        ["rsi"] = new(x => [new("rsi", Rsi(x.Close, x.Int(0)), Scale.Hundred)]),
        ["stoch-rsi"] = new(StochRsi),
        ["stochastic"] = new(Stochastic),
        ["williams-r"] = new(x => [new(
            "williamsR",
            Each(RawK(x.Close, Highest(x.High, x.Int(0)), Lowest(x.Low, x.Int(0))), k => k - 100),
            Scale.Hundred)]),
        ["cci"] = new(x => [new(
            "cci",
            Window(x.Typical, x.Int(0), w => Over(w[^1] - Mean(w), 0.015 * w.Average(v => Math.Abs(v - Mean(w))), 0)),
            Scale.Ratio)]),
        ["roc"] = new(x =>
        [
            new("roc", Percent(Minus(x.Close, Before(x.Close, x.Int(0))), Before(x.Close, x.Int(0))), Scale.Ratio),
            new("momentum", Minus(x.Close, Before(x.Close, x.Int(0))), Scale.Price),
        ]),
        ["trix"] = new(x =>
        [
            new("trix", Percent(
                Minus(AverageReferences.EmaOfEma(x, 3), Before(AverageReferences.EmaOfEma(x, 3))),
                Before(AverageReferences.EmaOfEma(x, 3))), Scale.Ratio),
            new("average", Each(AverageReferences.EmaOfEma(x, 3), Before(AverageReferences.EmaOfEma(x, 3)), (now, before) => before + (now - before)), Scale.Price),
        ], Memory.Fading),
        ["cmo"] = new(x => [new(
            "cmo",
            Window(Minus(x.Close, Before(x.Close)), x.Int(0), w => 100 * Over(w.Sum(), w.Sum(Math.Abs), 0)),
            Scale.Hundred)]),
        ["ultimate"] = new(Ultimate),
        ["awesome"] = new(Awesome),
        ["macd"] = new(x => Oscillator(x, "macd", Scale.Price, (fast, slow) => fast - slow), Memory.Fading),
        ["ppo"] = new(x => Oscillator(x, "ppo", Scale.Ratio, (fast, slow) => slow > 0 ? 100 * (fast - slow) / slow : double.NaN), Memory.Fading),
    };

    private static double[] Rsi(double[] x, int n)
    {
        var change = Minus(x, Before(x));
        var up = Wilder(Each(change, d => double.IsNaN(d) ? d : Math.Max(d, 0)), n);
        var down = Wilder(Each(change, d => double.IsNaN(d) ? d : Math.Max(-d, 0)), n);
        return Each(up, down, (u, d) => u + d < 1e-280 ? 50 : 100 * u / (u + d));
    }

    private static double[] RawK(double[] x, double[] high, double[] low, double still = 0) => Each(
        x.Length, i => high[i] - low[i] <= still ? 50 : 100 * (x[i] - low[i]) / (high[i] - low[i]));

    private static Column[] StochRsi(Input x)
    {
        var rsi = Rsi(x.Close, x.Int(0));
        var line = Sma(RawK(rsi, Highest(rsi, x.Int(1)), Lowest(rsi, x.Int(1)), 1e-9), x.Int(3));
        return [new("stochRsi", line, Scale.Hundred), new("signal", Sma(line, x.Int(2)), Scale.Hundred)];
    }

    private static Column[] Stochastic(Input x)
    {
        var k = Sma(RawK(x.Close, Highest(x.High, x.Int(0)), Lowest(x.Low, x.Int(0))), x.Int(1));
        var d = Sma(k, x.Int(2));
        return
        [
            new("k", k, Scale.Hundred), new("d", d, Scale.Hundred),
            new("j", Each(k, d, (a, b) => (x.Parameters[3] * a) - (x.Parameters[4] * b)), Scale.Hundred),
        ];
    }

    private static Column[] Ultimate(Input x)
    {
        var pressure = Each(x.Count, i => i == 0 ? double.NaN : x.Candles[i].Close - Math.Min(x.Candles[i].Low, x.Candles[i - 1].Close));
        double[] Share(int n) => Each(Sum(pressure, n), Sum(x.TrueRange, n), (p, r) => Over(p, r, 0.5));
        var (fast, middle, slow) = (Share(x.Int(0)), Share(x.Int(1)), Share(x.Int(2)));
        return [new("ultimate", Each(x.Count, i => 100 * ((4 * fast[i]) + (2 * middle[i]) + slow[i]) / 7), Scale.Hundred)];
    }

    private static Column[] Awesome(Input x)
    {
        var oscillator = Minus(Sma(x.Middle, x.Int(0)), Sma(x.Middle, x.Int(1)));
        return [new("oscillator", oscillator, Scale.Price), new("normalized", Percent(oscillator, x.Middle), Scale.Ratio)];
    }

    private static Column[] Oscillator(Input x, string name, Scale scale, Func<double, double, double> distance)
    {
        var line = Each(Ema(x.Close, x.Int(0)), Ema(x.Close, x.Int(1)), distance);
        var signal = Ema(line, x.Int(2));
        return [new(name, line, scale), new("signal", signal, scale), new("histogram", Minus(line, signal), scale)];
    }
}
