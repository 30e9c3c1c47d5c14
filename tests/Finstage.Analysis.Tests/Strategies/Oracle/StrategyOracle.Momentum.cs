using Finstage.Analysis.Signals;
using static Finstage.Analysis.Tests.Strategies.Oracle.Naive;

namespace Finstage.Analysis.Tests.Strategies.Oracle;

internal sealed partial class StrategyOracle
{
    private void Momentum()
    {
        var ready = FirstWithAll(rsi);
        Enters("RSI_OVERSOLD_BOUNCE", ready, i => If(Lt(rsi[i], 30), 70), Never);
        Enters("RSI_OVERBOUGHT", ready, Never, i => If(Gt(rsi[i], 70), 70));
        Cross("RSI_MOMENTUM_50", rsi, Level(50), 55);
        var (sma, high, low) = (Sma(c, 50), Level(70), Level(30));
        Every(
            "RSI_MOMENTUM_70",
            FirstWithAll(rsi, sma),
            i => If(CrossUp(rsi, high, i) && Gt(c[i], sma[i]), 60),
            i => If(CrossDown(rsi, low, i) && Lt(c[i], sma[i]), 60));
        Divergence(ready);
        Macd();
        Stochastic();
    }

    private void Divergence(int ready)
    {
        foreach (var (direction, sign, price) in new[] { (Direction.Buy, 1, l), (Direction.Sell, -1, h) })
        {
            // With the sign changed, swing highs are swing lows and a falling RSI rises.
            bool IsSwing(int j) => j >= 3 && j + 3 < n && Enumerable.Range(1, 3).All(k =>
                Lt(sign * price[j], sign * price[j - k]) && Lt(sign * price[j], sign * price[j + k]));
            var swings = Enumerable.Range(0, n).Where(IsSwing).ToArray();
            for (var s = 1; s < swings.Length; s++)
            {
                var (before, at) = (swings[s - 1], swings[s]);
                var gain = sign * (rsi[at] - rsi[before]);
                if (at + 3 > ready && at - before >= 5 && at - before <= 60 && Lt(sign * price[at], sign * price[before]) && Ge(gain, 3))
                {
                    Add("RSI_DIVERGENCE", at + 3, direction, 70 + Math.Min(20, gain));
                }
            }
        }
    }

    private void Macd()
    {
        var (fast, slow) = (Ema(c, 12), Ema(c, 26));
        var macd = Each(n, i => fast[i] - slow[i]);
        var signal = Ema(macd, 9);
        var bars = Each(n, i => macd[i] - signal[i]);
        Every(
            "MACD_SIGNAL_CROSS",
            FirstWithAll(macd, signal),
            i => If(CrossUp(macd, signal, i), Lt(macd[i], 0) ? 75 : 65),
            i => If(CrossDown(macd, signal, i), Gt(macd[i], 0) ? 75 : 65));
        Cross("MACD_ZERO_CROSS", macd, Level(0), 65);
        bool Three(int i, Func<double, double, bool> moved) => i >= 4 && Enumerable.Range(1, 3).All(k => moved(bars[i - k], bars[i - k - 1]));
        Every(
            "MACD_HISTOGRAM_TURN",
            FirstWithAll(bars),
            i => If(Lt(bars[i], 0) && Gt(bars[i], bars[i - 1]) && Three(i, Lt), 55),
            i => If(Gt(bars[i], 0) && Lt(bars[i], bars[i - 1]) && Three(i, Gt), 55));
    }

    private void Stochastic()
    {
        var (high, low) = (Highest(h, 14), Lowest(l, 14));
        var raw = Each(n, i => high[i] == low[i] ? 50 : 100 * (c[i] - low[i]) / (high[i] - low[i]));
        var k = Sma(raw, 3);
        var d = Sma(k, 3);
        Every(
            "STOCHASTIC_CROSS",
            FirstWithAll(k, d),
            i => If(CrossUp(k, d, i) && Lt(d[i], 20), 60),
            i => If(CrossDown(k, d, i) && Gt(d[i], 80), 60));
    }
}
