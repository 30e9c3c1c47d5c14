using static Finstage.Analysis.Tests.Indicators.References.Plain;

namespace Finstage.Analysis.Tests.Indicators.References;

internal static class VolumeReferences
{
    public static Dictionary<string, Reference> All { get; } = new()
    {
        ["obv"] = new(x => [new("obv", Obv(x), Scale.Balance)], Memory.All),
        ["obv-average"] = new(
            x => [new("average", Sma(Obv(x), x.Int(0)), Scale.Balance), new("obv", Obv(x), Scale.Balance)], Memory.All),
        ["mfi"] = new(Mfi),
        ["cmf"] = new(x => [new(
            "cmf",
            Each(Sum(Each(x.Multiplier, x.Volume, (m, v) => m * v), x.Int(0)), Sum(x.Volume, x.Int(0)), (f, v) => Over(f, v, 0)),
            Scale.One)]),
        ["adl"] = new(
            x =>
            [
                new("adl", Adl(x), Scale.Balance), new("multiplier", x.Multiplier, Scale.One),
                new("flow", Each(x.Multiplier, x.Volume, (m, v) => m * v), Scale.Volume),
            ],
            Memory.All),
        ["chaikin-oscillator"] = new(
            x => [new("oscillator", Minus(Ema(Adl(x), x.Int(0)), Ema(Adl(x), x.Int(1))), Scale.Balance)], Memory.All),
        ["force"] = new(x => [new(
            "force", Ema(Each(Minus(x.Close, Before(x.Close)), x.Volume, (d, v) => d * v), x.Int(0)), Scale.Money)], Memory.Fading),
        ["vwap"] = new(x => [new("vwap", Vwap(x), Scale.Price)], Memory.All),
        ["vwap-rolling"] = new(x => [new(
            "vwap",
            Each(Sum(Each(x.Typical, x.Volume, (p, v) => p * v), x.Int(0)), Sum(x.Volume, x.Int(0)), (paid, v) => paid / v),
            Scale.Price)]),
        ["volume-average"] = new(x => [new("average", Before(Sma(x.Volume, x.Int(0)), x.Int(1)), Scale.Volume)]),
        ["volume-streak"] = new(
            x => [new("streak", Running(x.Count, (i, streak) => x.Candles[i].Volume > 0 ? streak + 1 : 0), Scale.Exact)], Memory.All),
    };

    private static double[] Running(int count, Func<int, double, double> next)
    {
        var result = new double[count];
        for (var i = 0; i < count; i++)
        {
            result[i] = next(i, i == 0 ? 0 : result[i - 1]);
        }

        return result;
    }

    private static double[] Obv(Input x)
    {
        var c = x.Close;
        return Running(x.Count, (i, sum) => i == 0 ? 0 : sum + (Math.Sign(c[i] - c[i - 1]) * x.Candles[i].Volume));
    }

    private static double[] Adl(Input x)
    {
        var m = x.Multiplier;
        return Running(x.Count, (i, sum) => sum + (m[i] * x.Candles[i].Volume));
    }

    private static Column[] Mfi(Input x)
    {
        var typical = x.Typical;
        double[] Flow(int sign) => Sum(
            Each(x.Count, i => i == 0 ? double.NaN : Math.Sign(typical[i] - typical[i - 1]) == sign ? typical[i] * x.Candles[i].Volume : 0),
            x.Int(0));
        return [new("mfi", Each(Flow(1), Flow(-1), (up, down) => 100 * Over(up, up + down, 0.5)), Scale.Hundred)];
    }

    private static double[] Vwap(Input x)
    {
        var result = new double[x.Count];
        var (paid, volume) = (0d, 0d);
        for (var i = 0; i < x.Count; i++)
        {
            var isNew = i > 0 && x.Series.Calendar.SessionOf(x.Candles[i].Time) != x.Series.Calendar.SessionOf(x.Candles[i - 1].Time);
            if (isNew && x.Int(0) == 0)
            {
                (paid, volume) = (0, 0);
            }

            var c = x.Candles[i];
            paid += (c.High + c.Low + c.Close) / 3 * c.Volume;
            volume += c.Volume;
            result[i] = paid / volume;
        }

        return result;
    }
}
