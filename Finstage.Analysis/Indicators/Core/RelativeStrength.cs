namespace Finstage.Analysis.Indicators.Core;

/// <summary>Wilder's relative strength of a value, 0 to 100: the smoothed rises as a share of all smoothed changes.</summary>
internal struct RelativeStrength(int period)
{
    private ExponentialMean gain = ExponentialMean.Wilder(period);
    private ExponentialMean loss = ExponentialMean.Wilder(period);
    private double previous = double.NaN;

    /// <summary>Adds a value and returns the strength, 50 where nothing changed, NaN until <c>period</c> changes were seen.</summary>
    public double Add(double value)
    {
        var change = value - previous;
        previous = value;
        if (double.IsNaN(change))
        {
            return double.NaN;
        }

        var up = gain.Add(Prices.Larger(change, 0));
        var total = up + loss.Add(Prices.Larger(-change, 0));
        return total < Prices.Nothing ? 50 : 100 * up / total;
    }
}
