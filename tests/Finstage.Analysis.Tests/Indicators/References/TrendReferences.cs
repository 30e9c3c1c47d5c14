using static Finstage.Analysis.Tests.Indicators.References.Plain;

namespace Finstage.Analysis.Tests.Indicators.References;

internal static class TrendReferences
{
    public static Dictionary<string, Reference> All { get; } = new()
    {
        ["adx"] = new(Adx, Memory.Fading),
        ["aroon"] = new(Aroon),
        ["psar"] = new(Psar, Memory.Path),
        ["supertrend"] = new(SuperTrend, Memory.Path),
        ["ichimoku"] = new(Ichimoku),
        ["vortex"] = new(Vortex),
    };

    private static Column[] Adx(Input x)
    {
        var n = x.Int(0);
        var rise = Minus(x.High, Before(x.High));
        var fall = Minus(Before(x.Low), x.Low);
        var range = Wilder(x.TrueRange, n);
        double[] Di(double[] a, double[] b) => Each(
            Wilder(Each(a, b, (up, down) => double.IsNaN(up) ? up : up > down && up > 0 ? up : 0), n),
            range,
            (movement, r) => r < 1e-280 ? 0 : 100 * movement / r);
        var plus = Di(rise, fall);
        var minus = Di(fall, rise);
        var dx = Each(plus, minus, (p, m) => 100 * Over(Math.Abs(p - m), p + m, 0));
        var adx = Wilder(dx, n);
        return
        [
            new("adx", adx, Scale.Hundred), new("plusDi", plus, Scale.Hundred), new("minusDi", minus, Scale.Hundred),
            new("dx", dx, Scale.Hundred), new("adxr", Each(adx, Before(adx, n), (a, b) => (a + b) / 2), Scale.Hundred),
        ];
    }

    private static Column[] Aroon(Input x)
    {
        var n = x.Int(0);
        var latest = x.Int(1) == 1;
        double[] Recency(double[] values) => Window(values, n + 1, w =>
        {
            var at = latest ? Array.LastIndexOf(w, w.Max()) : Array.IndexOf(w, w.Max());
            return 100d * at / n;
        });
        var up = Recency(x.High);
        var down = Recency(Each(x.Low, l => -l));
        return [new("oscillator", Minus(up, down), Scale.Hundred), new("up", up, Scale.Hundred), new("down", down, Scale.Hundred)];
    }

    private static Column[] Psar(Input x)
    {
        var (step, limit) = (x.Parameters[0], x.Parameters[1]);
        var initial = x.Parameters[2] == 0 ? step : x.Parameters[2];
        var value = Each(x.Count, _ => double.NaN);
        var direction = Each(x.Count, _ => double.NaN);
        var reversal = Each(x.Count, _ => double.NaN);
        var (rising, speed, stop, extreme, turned) = (true, initial, x.Candles[0].Low, x.Candles[0].High, false);
        for (var i = 1; i < x.Count; i++)
        {
            var candle = x.Candles[i];
            var two = x.Candles[Math.Max(0, i - 2)..i];
            stop += speed * (extreme - stop);
            stop = rising ? Math.Min(stop, two.Min(c => c.Low)) : Math.Max(stop, two.Max(c => c.High));
            var turns = rising ? candle.Low < stop : candle.High > stop;
            if (turns)
            {
                (rising, speed, stop, extreme) = (!rising, initial, extreme, rising ? candle.Low : candle.High);
            }
            else if (rising ? candle.High > extreme : candle.Low < extreme)
            {
                (extreme, speed) = (rising ? candle.High : candle.Low, Math.Min(speed + step, limit));
            }

            var shown = turned || x.Int(3) == 1 || (turns && x.Int(3) == 2);
            turned |= turns;
            value[i] = shown ? stop : double.NaN;
            reversal[i] = shown ? (turns ? 1 : 0) : double.NaN;
            direction[i] = shown || turns ? (rising ? 1 : -1) : double.NaN;
        }

        return [new("value", value, Scale.Price), new("direction", direction, Scale.Exact), new("reversal", reversal, Scale.Exact)];
    }

    private static Column[] SuperTrend(Input x)
    {
        var atr = Wilder(x.TrueRange, x.Int(0));
        var empty = Each(x.Count, _ => double.NaN);
        var (value, direction, uppers, lowers) = (empty.ToArray(), empty.ToArray(), empty.ToArray(), empty.ToArray());
        var (upper, lower) = (0d, 0d);
        for (var i = x.Int(0); i < x.Count; i++)
        {
            var isFirst = i == x.Int(0);
            var middle = x.Middle[i];
            var (above, below) = (middle + (x.Parameters[1] * atr[i]), middle - (x.Parameters[1] * atr[i]));
            upper = isFirst || above < upper || x.Close[i - 1] > upper ? above : upper;
            lower = isFirst || below > lower || x.Close[i - 1] < lower ? below : lower;
            var wasUp = isFirst ? x.Close[i] >= middle : direction[i - 1] > 0;
            var isUp = wasUp ? !(x.Close[i] < lower) : x.Close[i] > upper;
            direction[i] = isUp ? 1 : -1;
            value[i] = isUp ? lower : upper;
            (isUp ? lowers : uppers)[i] = value[i];
        }

        return
        [
            new("value", value, Scale.Price), new("direction", direction, Scale.Exact),
            new("upper", uppers, Scale.Price), new("lower", lowers, Scale.Price),
        ];
    }

    private static Column[] Ichimoku(Input x)
    {
        double[] Middle(int n) => Each(Highest(x.High, n), Lowest(x.Low, n), (h, l) => (h + l) / 2);
        var tenkan = Middle(x.Int(0));
        var kijun = Middle(x.Int(1));
        return
        [
            new("tenkan", tenkan, Scale.Price), new("kijun", kijun, Scale.Price),
            new("spanA", Before(Each(tenkan, kijun, (a, b) => (a + b) / 2), x.Int(3)), Scale.Price),
            new("spanB", Before(Middle(x.Int(2)), x.Int(3)), Scale.Price),
            new("lagging", x.Close, Scale.Price),
        ];
    }

    private static Column[] Vortex(Input x)
    {
        var range = Sum(x.TrueRange, x.Int(0));
        double[] Share(double[] a, double[] b) => Each(
            Sum(Each(a, Before(b), (p, q) => Math.Abs(p - q)), x.Int(0)), range, (movement, r) => Over(movement, r, 1));
        return [new("plus", Share(x.High, x.Low), Scale.Ratio), new("minus", Share(x.Low, x.High), Scale.Ratio)];
    }
}
