using NodaTime;

namespace Finstage.Analysis.Calendars;

/// <summary>
/// Dates and clock times of one zone. The offset that holds at a moment is remembered together with the time for which it holds, so
/// that a run over many candles asks the zone's rules twice a year. Thread-safe: the memory is replaced whole.
/// </summary>
internal sealed class ZoneDates(string zone)
{
    private const int Day = 86_400;

    private readonly DateTimeZone rules = DateTimeZoneProviders.Tzdb[zone];
    private Span? last;

    /// <summary>The zone's date at a moment, in days since 1970-01-01.</summary>
    public int DateAt(long time) => LocalAt(time).Date;

    /// <summary>The zone's date at a moment, in days since 1970-01-01, and the seconds that its clocks show since midnight.</summary>
    public (int Date, int Seconds) LocalAt(long time)
    {
        var span = last;
        if (span is null || time < span.From || time >= span.Until)
        {
            last = span = SpanOf(time);
        }

        var local = time + span.Offset;
        var (days, seconds) = Math.DivRem(local, Day);
        return seconds < 0 ? ((int)days - 1, (int)seconds + Day) : ((int)days, (int)seconds);
    }

    /// <summary>The moment at which the zone's clocks show a time on a date; a time that they skip counts from before the change.</summary>
    public long TimeAt(DateOnly date, int hour, int minute) => rules
        .AtLeniently(new LocalDateTime(date.Year, date.Month, date.Day, hour, minute))
        .ToInstant()
        .ToUnixTimeSeconds();

    private Span SpanOf(long time)
    {
        var interval = rules.GetZoneInterval(Instant.FromUnixTimeSeconds(time));
        return new Span(
            interval.HasStart ? interval.Start.ToUnixTimeSeconds() : long.MinValue,
            interval.HasEnd ? interval.End.ToUnixTimeSeconds() : long.MaxValue,
            interval.WallOffset.Seconds);
    }

    private sealed record Span(long From, long Until, int Offset);
}
