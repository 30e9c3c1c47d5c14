using Finstage.Analysis.Signals;
using static Finstage.Analysis.Tests.Strategies.Oracle.Naive;

namespace Finstage.Analysis.Tests.Strategies.Oracle;

internal sealed partial class StrategyOracle
{
    private void Trend()
    {
        foreach (var period in new[] { 20, 50, 100, 150, 200 })
        {
            var sma = Sma(c, period);
            Enters(
                $"MA_{period}_BREAKOUT",
                FirstWithAll(sma),
                i => If(sma[i] > 0 && Gt(c[i], sma[i] * 1.02), 75),
                i => If(sma[i] > 0 && Lt(c[i], sma[i] * 0.98), 75));
        }

        foreach (var (fast, slow, confidence) in new[] { (5, 20, 65), (20, 60, 75), (50, 200, 85) })
        {
            Cross($"GOLDEN_CROSS_{fast}_{slow}", Sma(c, fast), Sma(c, slow), confidence);
        }

        Cross("MA_CROSSOVER_20_50", Ema(c, 20), Ema(c, 50), 70);
        TrendFollowing();
        Flips();
        Ichimoku();
        HeikinAshi();
    }

    private void Cross(string id, double[] a, double[] b, double confidence) => Every(
        id, FirstWithAll(a, b), i => If(CrossUp(a, b, i), confidence), i => If(CrossDown(a, b, i), confidence));

    private void TrendFollowing()
    {
        var (e20, e50, s200) = (Ema(c, 20), Ema(c, 50), Sma(c, 200));
        var (adx, plus, minus) = Adx(h, l, c, 14);
        Rule Of(Func<double, double, bool> beyond) => i => If(
            beyond(e20[i], e50[i]) && beyond(e50[i], s200[i]) && Gt(adx[i], 25) && beyond(plus[i], minus[i]),
            70 + Math.Min(15, (adx[i] - 25) / 2));
        Enters("TREND_FOLLOWING", FirstWithAll(e20, e50, s200, adx, plus, minus), Of(Gt), Of(Lt));

        var strong = Level(25);
        Every(
            "ADX_TREND",
            FirstWithAll(adx, plus, minus),
            i => If(CrossUp(adx, strong, i) && Gt(plus[i], minus[i]), 60),
            i => If(CrossUp(adx, strong, i) && Lt(plus[i], minus[i]), 60));
    }

    private void Flips()
    {
        var super = SuperTrend(h, l, c, 10, 3);
        Every(
            "SUPERTREND_FLIP",
            FirstWithAll(super),
            i => If(super[i] == 1 && super[i - 1] == -1, 70),
            i => If(super[i] == -1 && super[i - 1] == 1, 70));

        var sar = Psar(h, l, 0.02, 0.2);
        var reversals = Enumerable.Range(1, Math.Max(n - 1, 0)).Where(i => sar[i] != sar[i - 1]);
        foreach (var i in reversals.Skip(1))
        {
            Add("PSAR_FLIP", i, sar[i] == 1 ? Direction.Buy : Direction.Sell, 55);
        }
    }

    private void Ichimoku()
    {
        double[] Middle(int period)
        {
            var (high, low) = (Highest(h, period), Lowest(l, period));
            return Each(n, i => (high[i] + low[i]) / 2);
        }

        var (tenkan, kijun, wide) = (Middle(9), Middle(26), Middle(52));
        var upper = Each(n, i => i < 26 ? double.NaN : Math.Max((tenkan[i - 26] + kijun[i - 26]) / 2, wide[i - 26]));
        var lower = Each(n, i => i < 26 ? double.NaN : Math.Min((tenkan[i - 26] + kijun[i - 26]) / 2, wide[i - 26]));
        Every(
            "ICHIMOKU_CLOUD_BREAK",
            FirstWithAll(tenkan, kijun, upper, lower),
            i => If(CrossUp(c, upper, i) && Gt(tenkan[i], kijun[i]), 75),
            i => If(CrossDown(c, lower, i) && Lt(tenkan[i], kijun[i]), 75));
    }

    private void HeikinAshi()
    {
        var close = Each(n, i => (o[i] + h[i] + l[i] + c[i]) / 4);
        var open = new double[n];
        for (var i = 0; i < n; i++)
        {
            open[i] = i == 0 ? (o[0] + c[0]) / 2 : (open[i - 1] + close[i - 1]) / 2;
        }

        bool ThreeBefore(int i, Func<double, double, bool> was) => i >= 3 && Enumerable.Range(i - 3, 3).All(j => was(close[j], open[j]));
        Every(
            "HEIKIN_ASHI_TREND",
            FirstWithAll(close, open),
            i => If(Gt(close[i], open[i]) && ThreeBefore(i, Lt) && Ge(l[i], open[i]), 60),
            i => If(Lt(close[i], open[i]) && ThreeBefore(i, Gt) && Le(h[i], open[i]), 60));
    }
}
