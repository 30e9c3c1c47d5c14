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
        var change = Prices.WhereAbove(candle.Close, previousClose, candle.Volume) - Prices.WhereAbove(previousClose, candle.Close, candle.Volume);
        previousClose = candle.Close;
        return sum.Add(change);
    }
}
