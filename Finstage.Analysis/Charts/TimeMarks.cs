using System.Globalization;
using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Charts;

/// <summary>Where a new year, month, day or hour begins: what is written under a chart. Times are UTC. Pure and thread-safe.</summary>
internal static class TimeMarks
{
    private const int Most = 7;

    private static readonly (Func<DateTimeOffset, long> Part, string Format)[] Levels =
    [
        (t => (t.UtcTicks / TimeSpan.TicksPerHour), "HH:mm"),
        (t => t.UtcTicks / TimeSpan.TicksPerDay, "MM-dd"),
        (t => (t.Year * 12) + t.Month, "yyyy-MM"),
        (t => t.Year, "yyyy"),
    ];

    /// <summary>The candles at which something begins, on the finest level that leaves room to write.</summary>
    public static IReadOnlyList<(int Index, string Text)> Of(ReadOnlySpan<Candle> candles, CandleInterval interval)
    {
        List<(int, string)> marks = [];
        foreach (var (part, format) in Levels.AsSpan(interval.IsIntraday() ? 0 : 1))
        {
            marks.Clear();
            for (var i = 1; i < candles.Length; i++)
            {
                if (part(candles[i].OpenTime) != part(candles[i - 1].OpenTime))
                {
                    marks.Add((i, candles[i].OpenTime.ToString(format, CultureInfo.InvariantCulture)));
                }
            }

            if (marks.Count <= Most)
            {
                break;
            }
        }

        var every = (marks.Count + Most - 1) / Most;
        return [.. marks.Where((_, i) => i % Math.Max(1, every) == 0)];
    }
}
