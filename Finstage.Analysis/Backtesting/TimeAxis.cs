using System.Numerics;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// The moments on which any of several series has a candle, numbered in order: what symbols that trade together have in common.
/// Immutable and thread-safe.
/// </summary>
internal sealed class TimeAxis
{
    private readonly long first;
    private readonly long unit;
    private readonly ulong[] marks;
    private readonly int[] before;

    /// <summary>Numbers the times of a set.</summary>
    public TimeAxis(OutcomeSet set)
    {
        // Intraday candles open on whole minutes, all others at midnight.
        unit = set.Series.Count > 0 && set.Series[0].Context.Interval < Candles.CandleInterval.OneDay ? 60 : 86_400;
        var filled = set.Series.Where(s => s.Times.Length > 0).ToArray();
        first = filled.Length == 0 ? 0 : filled.Min(s => s.Times[0]);
        var last = filled.Length == 0 ? 0 : filled.Max(s => s.Times[^1]);
        marks = new ulong[((last - first) / unit / 64) + 1];
        foreach (var series in filled)
        {
            foreach (var time in series.Times)
            {
                var at = (time - first) / unit;
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

    /// <summary>The number of a candle's open time.</summary>
    public int this[long time]
    {
        get
        {
            var at = (time - first) / unit;
            return before[at >> 6] + BitOperations.PopCount(marks[at >> 6] & ((1UL << (int)(at & 63)) - 1));
        }
    }

    /// <summary>The numbers of a series' candles, by row.</summary>
    public int[] Of(OutcomeSeries series)
    {
        var numbers = new int[series.Times.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = this[series.Times[i]];
        }

        return numbers;
    }
}
