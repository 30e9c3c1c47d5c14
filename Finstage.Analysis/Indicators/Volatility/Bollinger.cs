using System.Numerics;
using System.Runtime.InteropServices;
using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Indicators.Volatility;

/// <summary>
/// Bollinger bands (John Bollinger, Bollinger on Bollinger Bands, 2001): the simple average of the closes, plus and minus a multiple
/// of their population deviation. %B says where the close lies between the bands (0.5 when they touch), width their distance as a
/// share of the average, z the close's distance from the average in deviations (0 when there is none).
/// </summary>
internal struct Bollinger(int period, double multiplier) : IIndicatorKernel<Bollinger>
{
    private readonly double[] ring = new double[period];
    private int next;
    private int count;

    public static IndicatorInfo Info { get; } = new(
        "bollinger",
        "Volatility",
        [new IndicatorParameter("period", 20, 2, 10_000), new IndicatorParameter("multiplier", 2, 0.01, 100, IsInteger: false)],
        ["middle", "upper", "lower", "percentB", "width", "z", "deviation"]);

    public readonly int WarmUp => period;

    public static Bollinger Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new((int)parameters[0], parameters[1]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        ring[next] = candle.Close;
        next = next + 1 == ring.Length ? 0 : next + 1;
        if (count < ring.Length && ++count < ring.Length)
        {
            outputs.Fill(double.NaN);
            return;
        }

        // Two passes over the ring, four closes at a time: exact after any spike, and no slower than running sums for usual periods.
        var mean = Sum(ring, 0, squared: false) / ring.Length;
        var deviation = Math.Sqrt(Sum(ring, mean, squared: true) / ring.Length);
        var reach = multiplier * deviation;
        outputs[6] = deviation;
        outputs[5] = deviation == 0 ? 0 : (candle.Close - mean) / deviation;
        outputs[4] = 2 * reach / mean;
        outputs[3] = reach == 0 ? 0.5 : (candle.Close - (mean - reach)) / (2 * reach);
        outputs[2] = mean - reach;
        outputs[1] = mean + reach;
        outputs[0] = mean;
    }

    private static double Sum(double[] values, double origin, bool squared)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var total = Vector<double>.Zero;
        var from = new Vector<double>(origin);
        foreach (var vector in vectors)
        {
            var distance = vector - from;
            total += squared ? distance * distance : distance;
        }

        var sum = Vector.Sum(total);
        for (var i = vectors.Length * Vector<double>.Count; i < values.Length; i++)
        {
            var distance = values[i] - origin;
            sum += squared ? distance * distance : distance;
        }

        return sum;
    }
}
