using static Finstage.Analysis.Tests.Indicators.References.Plain;

namespace Finstage.Analysis.Tests.Indicators.References;

internal static class LevelReferences
{
    private static readonly string[] PivotNames = ["pivot", "r1", "s1", "r2", "s2", "r3", "s3", "r4", "s4"];

    public static Dictionary<string, Reference> All { get; } = new()
    {
        ["heikin-ashi"] = new(HeikinAshi, Memory.Fading),
        ["rolling-high"] = new(x => [new("high", Before(Highest(x.High, x.Int(0)), x.Int(1)), Scale.Exact)]),
        ["rolling-low"] = new(x => [new("low", Before(Lowest(x.Low, x.Int(0)), x.Int(1)), Scale.Exact)]),
        ["swing-high"] = new(x => Swings(x, x.High, 1), Memory.Path),
        ["swing-low"] = new(x => Swings(x, x.Low, -1), Memory.Path),
        ["pivot-points"] = new(Pivots),
    };

    private static Column[] HeikinAshi(Input x)
    {
        var close = Each(x.Count, i => x.Candles[i] is var c ? (c.Open + c.High + c.Low + c.Close) / 4 : 0);
        var open = new double[x.Count];
        for (var i = 0; i < x.Count; i++)
        {
            open[i] = i == 0 ? (x.Candles[0].Open + x.Candles[0].Close) / 2 : (open[i - 1] + close[i - 1]) / 2;
        }

        return
        [
            new("close", close, Scale.Price), new("open", open, Scale.Price),
            new("high", Each(x.Count, i => new[] { x.Candles[i].High, open[i], close[i] }.Max()), Scale.Price),
            new("low", Each(x.Count, i => new[] { x.Candles[i].Low, open[i], close[i] }.Min()), Scale.Price),
        ];
    }

    private static Column[] Swings(Input x, double[] values, int sign)
    {
        var (left, right) = (x.Int(0), x.Int(1));
        var point = Each(x.Count, now =>
        {
            var at = now - right;
            var isSwing = at >= left && Enumerable.Range(at - left, left + right + 1)
                .All(j => j == at || sign * values[at] > sign * values[j]);
            return isSwing ? values[at] : double.NaN;
        });
        var last = new double[x.Count];
        var age = new double[x.Count];
        for (var i = 0; i < x.Count; i++)
        {
            var isSwing = !double.IsNaN(point[i]);
            last[i] = isSwing ? point[i] : i == 0 ? double.NaN : last[i - 1];
            age[i] = isSwing ? right : i == 0 ? double.NaN : age[i - 1] + 1;
        }

        return [new("point", point, Scale.Exact), new("last", last, Scale.Exact), new("age", age, Scale.Exact)];
    }

    private static Column[] Pivots(Input x)
    {
        var keys = x.Candles.Select(c => KeyOf(x, c.Time)).ToArray();
        var values = PivotNames.Select(_ => Each(x.Count, _ => double.NaN)).ToArray();
        var starts = Enumerable.Range(0, x.Count).Where(i => i == 0 || keys[i] != keys[i - 1]).Append(x.Count).ToArray();
        for (var w = 1; w + 1 < starts.Length; w++)
        {
            var window = x.Candles[starts[w - 1]..starts[w]];
            var levels = Levels(
                x.Int(1), window[0].Open, window.Max(c => c.High), window.Min(c => c.Low), window[^1].Close, x.Candles[starts[w]].Open);
            for (var i = starts[w]; i < starts[w + 1]; i++)
            {
                for (var k = 0; k < levels.Length; k++)
                {
                    values[k][i] = levels[k];
                }
            }
        }

        return [.. PivotNames.Select((name, k) => new Column(name, values[k], Scale.Price))];
    }

    private static string KeyOf(Input x, long time)
    {
        var day = DateTime.UnixEpoch.AddDays(x.Series.Calendar.SessionOf(time));
        return x.Int(0) switch
        {
            0 => $"{day:yyyy-MM-dd}",
            1 => $"{System.Globalization.ISOWeek.GetYear(day)}-{System.Globalization.ISOWeek.GetWeekOfYear(day)}",
            2 => $"{day:yyyy-MM}",
            _ => $"{DateTimeOffset.FromUnixTimeSeconds(time):yyyy-MM-dd HH}",
        };
    }

    private static double[] Levels(int type, double o, double h, double l, double c, double next)
    {
        var p = (h + l + c) / 3;
        switch (type)
        {
            case 1:
                double Camarilla(double part) => 1.1 * (h - l) / part;
                return
                [
                    c, c + Camarilla(12), c - Camarilla(12), c + Camarilla(6), c - Camarilla(6), c + Camarilla(4), c - Camarilla(4),
                    c + Camarilla(2), c - Camarilla(2),
                ];
            case 2:
                var sum = c < o ? h + l + l + c : c > o ? h + h + l + c : h + l + c + c;
                return [sum / 4, (sum / 2) - l, (sum / 2) - h];
            case 3:
                double Fibonacci(double ratio) => ratio * (h - l);
                return [p, p + Fibonacci(0.382), p - Fibonacci(0.382), p + Fibonacci(0.618), p - Fibonacci(0.618), p + Fibonacci(1), p - Fibonacci(1)];
            case 4:
                p = (h + l + next + next) / 4;
                break;
        }

        return [p, p + p - l, p + p - h, p + h - l, p - h + l, h + (2 * (p - l)), l - (2 * (h - p))];
    }
}
