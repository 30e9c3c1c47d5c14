using System.Numerics;
using System.Runtime.InteropServices;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Momentum;

/// <summary>
/// Commodity channel index (Donald Lambert, 1980): the typical price's distance from its simple average, over 0.015 mean absolute
/// deviations; 0 when there is no deviation. O(period) a candle, since the mean deviation cannot be carried on.
/// </summary>
internal struct Cci(int period) : IIndicatorKernel<Cci>
{
    private readonly double[] ring = new double[period];
    private RollingMean mean = new(period);
    private int next;
    private double previous = double.NaN;
    private int equal;

    public static IndicatorInfo Info { get; } = new("cci", "Momentum", [IndicatorParameter.Period(20, min: 2)], ["cci"]);

    public readonly int WarmUp => period;

    public static Cci Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var typical = Prices.Typical(candle);
        ring[next] = typical;
        next = next + 1 == ring.Length ? 0 : next + 1;
        equal = typical == previous ? equal + 1 : 1;
        previous = typical;
        var center = mean.Add(typical);

        // The mean of equal prices may differ from them in its last digit, which is no deviation.
        outputs[0] = double.IsNaN(center) ? center
            : equal >= ring.Length ? 0
            : (typical - center) * ring.Length / (0.015 * Distances(ring, center));
    }

    private static double Distances(double[] values, double center)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var total = Vector<double>.Zero;
        var from = new Vector<double>(center);
        foreach (var vector in vectors)
        {
            total += Vector.Abs(vector - from);
        }

        var sum = Vector.Sum(total);
        for (var i = vectors.Length * Vector<double>.Count; i < values.Length; i++)
        {
            sum += Math.Abs(values[i] - center);
        }

        return sum;
    }
}
