using Finstage.Analysis.Signals;
using static Finstage.Analysis.Tests.Strategies.Oracle.Naive;

namespace Finstage.Analysis.Tests.Strategies.Oracle;

internal sealed partial class StrategyOracle
{
    private void Volatility()
    {
        var (middle, sigma) = (Sma(c, 20), Deviation(c, 20));
        var upper = Each(n, i => middle[i] + (2 * sigma[i]));
        var lower = Each(n, i => middle[i] - (2 * sigma[i]));
        var ready = FirstWithAll(middle, sigma);
        Enters(
            "BOLLINGER_UPPER_BREAK",
            ready,
            i => If(Gt(c[i], upper[i]), 60 + Math.Min(20, 10 * (c[i] - upper[i]) / sigma[i])),
            i => If(Lt(c[i], lower[i]), 60 + Math.Min(20, 10 * (lower[i] - c[i]) / sigma[i])));
        Every("BOLLINGER_LOWER_BOUNCE", ready, i => If(CrossUp(c, lower, i), 65), i => If(CrossDown(c, upper, i), 65));

        var b = Each(n, i => sigma[i] == 0 ? 0.5 : (c[i] - lower[i]) / (upper[i] - lower[i]));
        Enters(
            "BOLLINGER_REVERSAL",
            FirstWithAll(b, rsi),
            i => If(Lt(b[i], 0) && Lt(rsi[i], 35) && Gt(c[i], o[i]), 70),
            i => If(Gt(b[i], 1) && Gt(rsi[i], 65) && Lt(c[i], o[i]), 70));

        var (z, s200) = (Each(n, i => sigma[i] == 0 ? 0 : (c[i] - middle[i]) / sigma[i]), Sma(c, 200));
        Enters(
            "MEAN_REVERSION",
            FirstWithAll(z, s200),
            i => If(Lt(z[i], -2) && Gt(c[i], s200[i]), 60 + Math.Min(20, 10 * (Math.Abs(z[i]) - 2))),
            i => If(Gt(z[i], 2) && Lt(c[i], s200[i]), 60 + Math.Min(20, 10 * (Math.Abs(z[i]) - 2))));
        Squeeze(middle, upper, lower);
        Keltner(middle, upper, lower);
    }

    private void Squeeze(double[] middle, double[] upper, double[] lower)
    {
        // A share of a base that is not above zero is absent.
        var width = Each(n, i => middle[i] > 0 ? (upper[i] - lower[i]) / middle[i] : double.NaN);
        var least = Each(n, i => i < 119 || width[(i - 119)..(i + 1)].Any(double.IsNaN) ? double.NaN : width[(i - 119)..(i + 1)].Min());
        var ready = FirstWithAll(least);
        var isSpent = false;
        for (var i = 0; i < n; i++)
        {
            var isSqueeze = Enumerable.Range(Math.Max(0, i - 4), Math.Min(i, 4) + 1).Any(j => Eq(width[j], least[j]));
            var isOutside = Gt(c[i], upper[i]) || Lt(c[i], lower[i]);
            if (isSqueeze && isOutside && !isSpent && i > ready)
            {
                Add("BOLLINGER_SQUEEZE", i, Gt(c[i], upper[i]) ? Direction.Buy : Direction.Sell, 75);
            }

            isSpent = isSqueeze && (isSpent || isOutside);
        }
    }

    private void Keltner(double[] middle, double[] upper, double[] lower)
    {
        var (ema, atr) = (Ema(c, 20), Wilder(TrueRange(h, l, c), 20));
        bool IsInside(int i) => Lt(upper[i], ema[i] + (1.5 * atr[i])) && Gt(lower[i], ema[i] - (1.5 * atr[i]));
        bool Ends(int i) => i >= 6 && !IsInside(i) && Enumerable.Range(i - 6, 6).All(IsInside);
        Every(
            "KELTNER_SQUEEZE",
            FirstWithAll(middle, upper, lower, ema, atr),
            i => If(Ends(i) && Gt(c[i], middle[i]), 70),
            i => If(Ends(i) && Lt(c[i], middle[i]), 70));
    }
}
