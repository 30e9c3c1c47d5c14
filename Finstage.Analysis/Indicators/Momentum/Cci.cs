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
    private int next;
    private int count;

    public static IndicatorInfo Info { get; } = new("cci", "Momentum", [IndicatorParameter.Period(20, min: 2)], ["cci"]);

    public readonly int WarmUp => period;

    public static Cci Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var typical = Prices.Typical(candle);
        ring[next] = typical;
        next = next + 1 == ring.Length ? 0 : next + 1;
        if (count < ring.Length && ++count < ring.Length)
        {
            outputs[0] = double.NaN;
            return;
        }

        // Distances from the newest price first: equal prices then have exactly their own value as mean.
        var fromMean = -Sum(ring, typical, absolute: false) / ring.Length;
        var deviation = Sum(ring, typical - fromMean, absolute: true) / ring.Length;
        outputs[0] = deviation == 0 ? 0 : fromMean / (0.015 * deviation);
    }

    private static double Sum(double[] values, double origin, bool absolute)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var total = Vector<double>.Zero;
        var from = new Vector<double>(origin);
        foreach (var vector in vectors)
        {
            var distance = vector - from;
            total += absolute ? Vector.Abs(distance) : distance;
        }

        var sum = Vector.Sum(total);
        for (var i = vectors.Length * Vector<double>.Count; i < values.Length; i++)
        {
            var distance = values[i] - origin;
            sum += absolute ? Math.Abs(distance) : distance;
        }

        return sum;
    }
}
