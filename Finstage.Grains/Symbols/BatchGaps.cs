using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Symbols;

namespace Finstage.Grains.Symbols;

/// <summary>What a batch leaves out, by its exchange's calendar. Pure and thread-safe.</summary>
internal static class BatchGaps
{
    /// <summary>The most gaps that are told, the newest of them.</summary>
    public const int Max = 20;

    /// <summary>
    /// The runs of sessions that lie between the last candle before the batch and its last candle, and have none. The sessions at either
    /// end are not counted: their other candles may be stored already, or still to come.
    /// </summary>
    /// <param name="context">The interval and the calendar.</param>
    /// <param name="before">Open time of the last candle before the batch; null where there is none.</param>
    /// <param name="added">The batch's new candles, ascending.</param>
    /// <returns>The gaps, ascending; null when there are none.</returns>
    public static SeriesGap[]? Of(SeriesContext context, long? before, ReadOnlySpan<Candle> added)
    {
        var (calendar, interval) = (context.Calendar, context.Interval);
        if (added.Length == 0 || interval > CandleInterval.OneDay)
        {
            return null;
        }

        var first = SessionGaps.DateOf(calendar, interval, before ?? added[0].Time);
        var last = SessionGaps.DateOf(calendar, interval, added[^1].Time);
        var missing = SessionGaps.Find(calendar, interval, added, first.AddDays(1), last.AddDays(-1));
        var gaps = new List<SeriesGap>();
        for (var i = 0; i < missing.Count; i++)
        {
            var (from, to) = (missing[i], missing[i]);
            var sessions = 1;
            while (i + 1 < missing.Count && missing[i + 1] == calendar.NextSession(to))
            {
                to = missing[++i];
                sessions++;
            }

            gaps.Add(new SeriesGap(SessionGaps.OpenOf(calendar, interval, from), SessionGaps.OpenOf(calendar, interval, to), sessions));
        }

        return gaps.Count == 0 ? null : [.. gaps.TakeLast(Max)];
    }
}
