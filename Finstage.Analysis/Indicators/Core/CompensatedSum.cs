namespace Finstage.Analysis.Indicators.Core;

/// <summary>
/// A sum that grows for ever without losing digits: the rounding error of each addition is kept beside it (Neumaier 1974, with
/// Knuth's two-sum).
/// </summary>
internal struct CompensatedSum
{
    private double sum;
    private double lost;

    /// <summary>Adds a value and returns the sum.</summary>
    public double Add(double value)
    {
        var total = sum + value;
        var added = total - sum;
        lost += (sum - (total - added)) + (value - added);
        sum = total;
        return sum + lost;
    }
}
