namespace Finstage.Analysis.Statistics;

/// <summary>
/// Benjamini and Hochberg's procedure: of many tests, which to call discoveries so that the expected share of false ones among them
/// stays below a rate (J. R. Statist. Soc. B 57, 1995). Pure and thread-safe.
/// </summary>
public static class FalseDiscovery
{
    /// <summary>
    /// The q-value of each test: the smallest rate at which it would be a discovery, 0 to 1. NaN where the p-value is NaN; such tests
    /// were not made and do not count.
    /// </summary>
    /// <param name="pValues">The p-values, in any order.</param>
    public static double[] QValues(ReadOnlySpan<double> pValues)
    {
        var order = new int[pValues.Length];
        var keys = new double[pValues.Length];
        var made = 0;
        for (var i = 0; i < pValues.Length; i++)
        {
            if (!double.IsNaN(pValues[i]))
            {
                order[made] = i;
                keys[made++] = pValues[i];
            }
        }

        Array.Sort(keys, order, 0, made);
        var q = new double[pValues.Length];
        Array.Fill(q, double.NaN);
        var least = 1.0;
        for (var place = made; place >= 1; place--)
        {
            least = Math.Min(least, keys[place - 1] * made / place);
            q[order[place - 1]] = least;
        }

        return q;
    }
}
