using System.Numerics;
using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// The moments on which any of several series has something, numbered in order: what symbols that trade together have in common.
/// Immutable and thread-safe.
/// </summary>
internal sealed class TimeAxis
{
    private readonly long first;
    private readonly long unit;
    private readonly ulong[] marks;
    private readonly int[] before;

    /// <summary>Numbers moments.</summary>
    /// <param name="moments">The moments of each series, ascending.</param>
    /// <param name="unit">What divides all of them.</param>
    public TimeAxis(IReadOnlyList<long[]> moments, long unit)
    {
        this.unit = unit;
        var filled = moments.Where(m => m.Length > 0).ToArray();
        first = filled.Length == 0 ? 0 : filled.Min(m => m[0]);
        var last = filled.Length == 0 ? 0 : filled.Max(m => m[^1]);
        marks = new ulong[((last - first) / unit / 64) + 1];
        foreach (var own in filled)
        {
            foreach (var moment in own)
            {
                var at = (moment - first) / unit;
                marks[at >> 6] |= 1UL << (int)(at & 63);
            }
        }

        before = new int[marks.Length];
        for (var i = 0; i < marks.Length; i++)
        {
            before[i] = Count;
            Count += BitOperations.PopCount(marks[i]);
        }
    }

    /// <summary>How many moments there are.</summary>
    public int Count { get; }

    /// <summary>What divides the open times of an interval: intraday candles open on whole minutes, all others at midnight.</summary>
    public static long UnitOf(CandleInterval interval) => interval.IsIntraday() ? 60 : 86_400;

    /// <summary>The numbers of a series' moments.</summary>
    public int[] Of(long[] moments)
    {
        var numbers = new int[moments.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            var at = (moments[i] - first) / unit;
            numbers[i] = before[at >> 6] + BitOperations.PopCount(marks[at >> 6] & ((1UL << (int)(at & 63)) - 1));
        }

        return numbers;
    }
}
