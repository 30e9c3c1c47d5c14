using NodaTime;

namespace Finstage.Analysis.Calendars;

/// <summary>The clocks of a time zone: which date they show, and when they show a time. Immutable and thread-safe.</summary>
public sealed class ZoneClock
{
    private readonly DateTimeZone rules;

    private ZoneClock(DateTimeZone rules) => this.rules = rules;

    /// <summary>Every IANA name that is known, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = DateTimeZoneProviders.Tzdb.Ids;

    /// <summary>The zone's IANA name, such as <c>Asia/Seoul</c>.</summary>
    public string Zone => rules.Id;

    /// <summary>The clocks of a zone; null when there is no such zone. Case counts.</summary>
    /// <param name="zone">An IANA name.</param>
    public static ZoneClock? Find(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } rules ? new ZoneClock(rules) : null;

    /// <summary>The date that the clocks show at a moment.</summary>
    public DateOnly DateAt(DateTimeOffset moment)
    {
        var date = Instant.FromDateTimeOffset(moment).InZone(rules).Date;
        return new DateOnly(date.Year, date.Month, date.Day);
    }

    /// <summary>
    /// When the clocks first show a time on a date, in UTC. A time that they show twice is meant the first time; one that they skip
    /// comes at the first moment after the gap.
    /// </summary>
    public DateTimeOffset When(DateOnly date, TimeOnly time)
    {
        var local = new LocalDate(date.Year, date.Month, date.Day) + LocalTime.FromTicksSinceMidnight(time.Ticks);
        var found = rules.MapLocal(local);
        var instant = found.Count > 0 ? found.First().ToInstant() : found.LateInterval.Start;
        return instant.ToDateTimeOffset();
    }
}
