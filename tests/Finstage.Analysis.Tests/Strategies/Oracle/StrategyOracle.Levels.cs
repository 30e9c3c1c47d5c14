using Finstage.Analysis.Candles;
using static Finstage.Analysis.Tests.Strategies.Oracle.Naive;

namespace Finstage.Analysis.Tests.Strategies.Oracle;

internal sealed partial class StrategyOracle
{
    private void Levels()
    {
        var (high, low) = (Highest(h, 20, before: 1), Lowest(l, 20, before: 1));
        Enters("DONCHIAN_BREAKOUT", FirstWithAll(high, low), i => If(Gt(c[i], high[i]), 65), i => If(Lt(c[i], low[i]), 65), k: 10);
        Pivots();
        Year();
        if (interval >= CandleInterval.OneDay)
        {
            Every(
                "GAP_AND_GO",
                FirstWithAll(v20),
                i => If(h[i - 1] > 0 && Gt(o[i], h[i - 1] * 1.01) && Gt(c[i], o[i]) && VolumeGe(1.5, i), 65),
                i => If(l[i - 1] > 0 && Lt(o[i], l[i - 1] * 0.99) && Lt(c[i], o[i]) && VolumeGe(1.5, i), 65));
        }
    }

    private void Pivots()
    {
        // The session before a candle's own: the candles of the date that directly precedes it in the series; a longer candle is one itself.
        var pivot = new (double P, double High, double Low)[n];
        var (current, previous) = (default((double High, double Low, double Close)), ((double High, double Low, double Close)?)null);
        for (var i = 0; i < n; i++)
        {
            var isNew = i == 0 || interval >= CandleInterval.OneDay || date[i] != date[i - 1];
            if (isNew)
            {
                previous = i == 0 ? null : current;
                current = (h[i], l[i], c[i]);
            }
            else
            {
                current = (Math.Max(current.High, h[i]), Math.Min(current.Low, l[i]), c[i]);
            }

            pivot[i] = previous is { } p ? ((p.High + p.Low + p.Close) / 3, p.High, p.Low) : (double.NaN, double.NaN, double.NaN);
        }

        var s1 = Each(n, i => (2 * pivot[i].P) - pivot[i].High);
        var r1 = Each(n, i => (2 * pivot[i].P) - pivot[i].Low);
        var s2 = Each(n, i => pivot[i].P - (pivot[i].High - pivot[i].Low));
        var r2 = Each(n, i => pivot[i].P + (pivot[i].High - pivot[i].Low));
        var sma = Sma(c, 20);
        Every(
            "PIVOT_REVERSAL",
            FirstWithAll(sma, s1),
            i => If(Le(l[i], s2[i]) && Gt(c[i], s1[i]) && Gt(c[i], o[i]) && Lt(c[i - 1], sma[i - 1]), 55),
            i => If(Ge(h[i], r2[i]) && Lt(c[i], r1[i]) && Lt(c[i], o[i]) && Gt(c[i - 1], sma[i - 1]), 55));
    }

    private void Year()
    {
        double[] Extreme(double[] x, Func<IEnumerable<double>, double> pick)
        {
            var first = 0;
            return Each(n, i =>
            {
                while (date[first] < date[i] - 365)
                {
                    first++;
                }

                return date[i] - date[0] < 365 || first == i ? double.NaN : pick(x[first..i]);
            });
        }

        var (high, low) = (Extreme(h, x => x.Max()), Extreme(l, x => x.Min()));
        var old = Array.FindIndex(date, d => d - date[0] >= 365);
        Enters("HIGH_52W_BREAKOUT", old < 0 ? n : old, i => If(Gt(h[i], high[i]), 80), i => If(Lt(l[i], low[i]), 80), k: 5);
    }
}
