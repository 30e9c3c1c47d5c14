using Finstage.Analysis.Candles;
using static Finstage.Analysis.Tests.Strategies.Oracle.Naive;

namespace Finstage.Analysis.Tests.Strategies.Oracle;

internal sealed partial class StrategyOracle
{
    private void Volume()
    {
        double Surge(int i) => 60 + Math.Min(25, 5 * ((v[i] / v20[i]) - 2));
        Every(
            "VOLUME_SURGE",
            FirstWithAll(v20),
            i => If(VolumeGe(2, i) && c[i - 1] > 0 && Ge(c[i], c[i - 1] * 1.01), Surge(i)),
            i => If(VolumeGe(2, i) && c[i - 1] > 0 && Le(c[i], c[i - 1] * 0.99), Surge(i)));

        var sma = Sma(c, 20);
        Every(
            "VOLUME_MA_BREAK",
            FirstWithAll(sma, v20),
            i => If(CrossUp(c, sma, i) && VolumeGe(1.5, i), 65),
            i => If(CrossDown(c, sma, i) && VolumeGe(1.5, i), 65));

        var obv = Obv(c, v);
        var obvAverage = Sma(obv, 20);
        Every(
            "OBV_TREND",
            FirstWithAll(obv, obvAverage, sma),
            i => If(Known(i) && CrossUp(obv, obvAverage, i) && Gt(c[i], sma[i]), 60),
            i => If(Known(i) && CrossDown(obv, obvAverage, i) && Lt(c[i], sma[i]), 60));

        var (cmf, above, below) = (Cmf(h, l, c, v, 20), Level(0.05), Level(-0.05));
        Every(
            "SMART_MONEY_FLOW",
            FirstWithAll(cmf, obv, obvAverage),
            i => If(Known(i) && CrossUp(cmf, above, i) && Gt(obv[i], obvAverage[i]), 65),
            i => If(Known(i) && CrossDown(cmf, below, i) && Lt(obv[i], obvAverage[i]), 65));

        Vwap();
    }

    private void Vwap()
    {
        var isIntraday = interval < CandleInterval.OneDay;
        var vwap = Each(n, i =>
        {
            var first = isIntraday ? Array.IndexOf(date, date[i]) : i - 19;
            if (first < 0)
            {
                return double.NaN;
            }

            var (paid, volume) = (0.0, 0.0);
            for (var j = first; j <= i; j++)
            {
                paid += (h[j] + l[j] + c[j]) / 3 * v[j];
                volume += v[j];
            }

            return volume == 0 ? double.NaN : paid / volume;
        });
        bool MayFire(int i) => VolumeGt(1, i) && (!isIntraday || date[i] == date[i - 1]);
        Every(
            "VWAP_RECLAIM",
            FirstWithAll(vwap, v20),
            i => If(MayFire(i) && CrossUp(c, vwap, i), 60),
            i => If(MayFire(i) && CrossDown(c, vwap, i), 60));
    }
}
