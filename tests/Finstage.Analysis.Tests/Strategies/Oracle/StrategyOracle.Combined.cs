using Finstage.Analysis.Candles;
using static Finstage.Analysis.Tests.Strategies.Oracle.Naive;

namespace Finstage.Analysis.Tests.Strategies.Oracle;

internal sealed partial class StrategyOracle
{
    private void Combined()
    {
        var s200 = Sma(c, 200);
        Enters(
            "TRIPLE_CONFIRMATION",
            FirstWithAll(s200, rsi, v20),
            i => If(s200[i] > 0 && Gt(c[i], s200[i] * 1.02) && Lt(rsi[i], 30) && VolumeGe(1.5, i), 85),
            i => If(s200[i] > 0 && Lt(c[i], s200[i] * 0.98) && Gt(rsi[i], 70) && VolumeGe(1.5, i), 85));

        var (high, low) = (Highest(h, 20, before: 1), Lowest(l, 20, before: 1));
        var roc = Each(n, i => i < 10 || c[i - 10] <= 0 ? double.NaN : 100 * (c[i] - c[i - 10]) / c[i - 10]);
        Enters(
            "MOMENTUM_BREAKOUT",
            FirstWithAll(high, low, roc, v20),
            i => If(Gt(c[i], high[i]) && Gt(roc[i], 5) && VolumeGt(1.5, i), 75),
            i => If(Lt(c[i], low[i]) && Lt(roc[i], -5) && VolumeGt(1.5, i), 75));
        MultiTimeframe();
    }

    private void MultiTimeframe()
    {
        if (interval is not (CandleInterval.OneHour or CandleInterval.OneDay))
        {
            return;
        }

        // The key of the longer candle: the session's date, or the date of the ISO week's Monday (day 0 was a Monday).
        var key = interval == CandleInterval.OneHour ? date : [.. date.Select(d => d - (d % 7))];
        var isLast = Enumerable.Range(0, n).Select(i => i + 1 < n && key[i + 1] != key[i]).ToArray();
        double[] upperCloses = [.. Enumerable.Range(0, n).Where(i => isLast[i]).Select(i => c[i])];
        var (upperSma, upperRsi) = (Sma(upperCloses, 20), Rsi(upperCloses, 14));
        var closed = new int[n];
        for (var i = 0; i < n; i++)
        {
            closed[i] = i == 0 ? -1 : closed[i - 1] + (isLast[i - 1] ? 1 : 0);
        }

        double[] At(double[] x) => Each(n, i => closed[i] < 0 ? double.NaN : x[closed[i]]);
        var (sma, wideClose, wideSma, wideRsi) = (Sma(c, 20), At(upperCloses), At(upperSma), At(upperRsi));
        Rule Of(Func<double, double, bool> beyond) => i => If(
            beyond(c[i], sma[i]) && beyond(rsi[i], 50) && beyond(wideClose[i], wideSma[i]) && beyond(wideRsi[i], 50), 75);
        Enters("MULTI_TIMEFRAME_TREND", FirstWithAll(sma, rsi, wideSma, wideRsi), Of(Gt), Of(Lt));
    }
}
