using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Indicators.Core;

/// <summary>On-balance volume, from 0 at the first candle.</summary>
internal struct BalanceVolume()
{
    private CompensatedSum sum;
    private double previousClose = double.NaN;

    /// <summary>Adds a candle and returns the balance.</summary>
    public double Add(in Candle candle)
    {
        var isUp = candle.Close > previousClose;
        var isDown = candle.Close < previousClose;
        previousClose = candle.Close;
        return sum.Add(isUp ? candle.Volume : isDown ? -candle.Volume : 0);
    }
}
