using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Finstage.Analysis.Statistics;

/// <summary>Order statistics without sorting. Pure but for the order of the values; thread-safe on values of one's own.</summary>
internal static class Selection
{
    private const int FewEnoughToSort = 24;
    private const int EnoughToSample = 1_000;
    private const int EnoughForLargeSample = 8_000;

    // For each choice of four, their places in order.
    private static readonly Vector256<long>[] Packing =
    [
        .. Enumerable.Range(0, 16).Select(mask =>
        {
            var places = Enumerable.Range(0, 4).Where(i => (mask & (1 << i)) != 0).Concat([0, 0, 0, 0]).Take(4).ToArray();
            return Vector256.Create((long)places[0], places[1], places[2], places[3]);
        }),
    ];

    /// <summary>The median; of an even number the mean of the two in the middle; NaN of none. The values may change their order.</summary>
    public static double Median(Span<double> values)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }

        return values.Length >= EnoughToSample && TrySampled(values, out var median)
            ? median
            : Middle(values, (values.Length - 1) / 2, values.Length / 2);
    }

    /// <summary>
    /// The value that would stand at a place in ascending order (C. A. R. Hoare, Algorithm 65, 1961). Afterwards it stands there, none
    /// before it is larger and none after it smaller.
    /// </summary>
    public static double Pick(Span<double> values, int place)
    {
        var (first, end) = (0, values.Length);
        while (end - first > FewEnoughToSort)
        {
            var part = values[first..end];
            var pivot = MedianOfThree(part[0], part[part.Length / 2], part[^1]);
            var below = PutBelowFirst(part, pivot);
            if (place - first < below)
            {
                end = first + below;
                continue;
            }

            // Those equal to the pivot stand together next: with many equal values that is the end of it.
            var equal = PutEqualFirst(part[below..], pivot);
            if (place - first < below + equal)
            {
                return pivot;
            }

            first += below + equal;
        }

        values[first..end].Sort();
        return values[place];
    }

    // The mean of the values at two neighbouring places, or at one.
    private static double Middle(Span<double> values, int lower, int upper)
    {
        var high = Pick(values, upper);
        if (lower == upper)
        {
            return high;
        }

        // Everything before the place is no larger: the other one in the middle is the largest there.
        var low = values[0];
        for (var i = 1; i < upper; i++)
        {
            low = Math.Max(low, values[i]);
        }

        return low + ((high - low) / 2);
    }

    /// <summary>
    /// The median of many values in about one pass, as in R. W. Floyd and R. L. Rivest's Algorithm 489 (1975): a sample says between which two
    /// values it should lie, and only those between are looked at again. False where the sample misled.
    /// </summary>
    private static bool TrySampled(ReadOnlySpan<double> values, out double median)
    {
        // The rank of the median in the sample varies by ½√size; three times that is seldom passed.
        var size = values.Length < EnoughForLargeSample ? 64 : 256;
        var margin = size < 256 ? 12 : 24;
        Span<double> sample = stackalloc double[size];
        var step = values.Length / size;
        for (var i = 0; i < size; i++)
        {
            sample[i] = values[i * step];
        }

        sample.Sort();
        var (low, high) = (sample[(size / 2) - margin], sample[(size / 2) + margin]);
        var between = ArrayPool<double>.Shared.Rent(values.Length + Vector256<double>.Count);
        var (below, count) = Between(values, low, high, between);
        var (lower, upper) = (((values.Length - 1) / 2) - below, (values.Length / 2) - below);
        var isThere = lower >= 0 && upper < count;
        median = isThere ? Middle(between.AsSpan(0, count), lower, upper) : double.NaN;
        ArrayPool<double>.Shared.Return(between);
        return isThere;
    }

    // Copies what lies between two values, both included, and counts what is below; four at a time, packed by a table of places.
    private static (int Below, int Count) Between(ReadOnlySpan<double> values, double low, double high, Span<double> into)
    {
        var (lows, highs) = (Vector256.Create(low), Vector256.Create(high));
        var below = Vector256<long>.Zero;
        var (count, i) = (0, 0);
        for (; i + 4 <= values.Length; i += 4)
        {
            var four = Vector256.Create(values[i..]);
            below -= Vector256.LessThan(four, lows).AsInt64();
            var mask = (Vector256.GreaterThanOrEqual(four, lows) & Vector256.LessThanOrEqual(four, highs)).ExtractMostSignificantBits();
            Vector256.Shuffle(four, Packing[mask]).CopyTo(into[count..]);
            count += BitOperations.PopCount(mask);
        }

        var under = (int)Vector256.Sum(below);
        for (; i < values.Length; i++)
        {
            into[count] = values[i];
            under += values[i] < low ? 1 : 0;
            count += values[i] >= low && values[i] <= high ? 1 : 0;
        }

        return (under, count);
    }

    // Without a branch that could be guessed wrong (N. Lomuto's scheme); so is the next one.
    private static int PutBelowFirst(Span<double> values, double pivot)
    {
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            values[i] = values[count];
            values[count] = value;
            count += value < pivot ? 1 : 0;
        }

        return count;
    }

    private static int PutEqualFirst(Span<double> values, double pivot)
    {
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            values[i] = values[count];
            values[count] = value;
            count += value <= pivot ? 1 : 0;
        }

        return count;
    }

    private static double MedianOfThree(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
