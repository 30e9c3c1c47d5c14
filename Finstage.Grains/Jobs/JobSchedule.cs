using System.Globalization;
using Finstage.Analysis.Calendars;

namespace Finstage.Grains.Jobs;

/// <summary>
/// When a job runs: at an interval, daily at a time of a zone, after each session of exchanges, or by hand alone. Pure: it knows no
/// clock. Two schedules with the same text are the same schedule. Immutable and thread-safe.
/// </summary>
public abstract class JobSchedule : IEquatable<JobSchedule>
{
    /// <summary>How long after a session's close its candles are taken as final.</summary>
    public static readonly TimeSpan DefaultDelay = TimeSpan.FromMinutes(20);

    /// <summary>How soon work that could reach nobody is tried again.</summary>
    public static readonly TimeSpan RetryWhenUnreachable = TimeSpan.FromMinutes(10);

    /// <summary>The shortest interval.</summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromMinutes(1);

    /// <summary>The longest interval.</summary>
    public static readonly TimeSpan MaxInterval = TimeSpan.FromDays(31);

    /// <summary>The longest delay after a session's close.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromHours(12);

    private protected JobSchedule()
    {
    }

    /// <summary>By hand alone.</summary>
    public static JobSchedule Manual { get; } = new ManualSchedule();

    /// <summary>At an interval: whole minutes, at least one and at most 31 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is outside these limits.</exception>
    public static JobSchedule Every(TimeSpan interval)
    {
        CheckMinutes(interval, MinInterval, MaxInterval, nameof(interval));
        return new IntervalSchedule(interval);
    }

    /// <summary>
    /// Daily at a local time. A time that the zone's clocks skip comes at the first moment after the gap; one that they show twice
    /// comes once, the first time.
    /// </summary>
    /// <param name="time">Hours and minutes.</param>
    /// <param name="zone">An IANA name, such as <c>Asia/Seoul</c>.</param>
    /// <exception cref="ArgumentException">There is no such zone, or the time has seconds.</exception>
    public static JobSchedule Daily(TimeOnly time, string zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (time.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw new ArgumentException("A daily time is hours and minutes.", nameof(time));
        }

        return new DailySchedule(time, ZoneClock.Find(zone) ?? throw new ArgumentException($"'{zone}' is no IANA time zone.", nameof(zone)));
    }

    /// <summary>After each session of the calendars, <see cref="DefaultDelay"/> after its close.</summary>
    /// <exception cref="ArgumentException">There is no calendar.</exception>
    public static JobSchedule AfterSession(params IReadOnlyList<TradingCalendar> calendars) => AfterSession(DefaultDelay, calendars);

    /// <summary>After each session of the calendars; sessions that close together count once.</summary>
    /// <param name="delay">The time after the close: whole minutes, at most 12 hours.</param>
    /// <param name="calendars">The exchanges.</param>
    /// <exception cref="ArgumentException">There is no calendar, or the delay is outside its limits.</exception>
    public static JobSchedule AfterSession(TimeSpan delay, params IReadOnlyList<TradingCalendar> calendars)
    {
        ArgumentNullException.ThrowIfNull(calendars);
        CheckMinutes(delay, TimeSpan.Zero, MaxDelay, nameof(delay));
        return calendars.Count > 0
            ? new SessionSchedule(delay, [.. calendars.DistinctBy(c => c.Name)])
            : throw new ArgumentException("At least one exchange is needed.", nameof(calendars));
    }

    /// <summary>
    /// The first moment after <paramref name="time"/> at which a run is due; null for by hand alone.
    /// </summary>
    /// <param name="time">The moment after which to look.</param>
    /// <param name="anchor">
    /// Where intervals are counted from, such as the moment that was due last, so that a late heartbeat does not move all that follow;
    /// the others have no use for it. Null counts from <paramref name="time"/>.
    /// </param>
    public abstract DateTimeOffset? NextAfter(DateTimeOffset time, DateTimeOffset? anchor = null);

    /// <summary>
    /// The latest moment that a sane clock can have as next due at <paramref name="now"/>: what is stored beyond it stems from a clock
    /// that was set back since. Null for by hand alone.
    /// </summary>
    internal abstract DateTimeOffset? LatestDue(DateTimeOffset now);

    /// <summary>The schedule as settings write it; <see cref="JobScheduleText.TryParse"/> reads it back.</summary>
    public abstract override string ToString();

    /// <inheritdoc/>
    public bool Equals(JobSchedule? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JobSchedule);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static void CheckMinutes(TimeSpan value, TimeSpan min, TimeSpan max, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
        if (value.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw new ArgumentOutOfRangeException(name, value, "Whole minutes are needed.");
        }
    }
}

/// <summary>By hand alone.</summary>
internal sealed class ManualSchedule : JobSchedule
{
    public override DateTimeOffset? NextAfter(DateTimeOffset time, DateTimeOffset? anchor = null) => null;

    internal override DateTimeOffset? LatestDue(DateTimeOffset now) => null;

    public override string ToString() => "manual";
}

/// <summary>At an interval.</summary>
internal sealed class IntervalSchedule(TimeSpan interval) : JobSchedule
{
    public TimeSpan Interval => interval;

    public override DateTimeOffset? NextAfter(DateTimeOffset time, DateTimeOffset? anchor = null)
    {
        if (anchor is not { } from || from > time)
        {
            return time + interval;
        }

        var periods = ((time - from).Ticks / interval.Ticks) + 1;
        return from + (interval * periods);
    }

    internal override DateTimeOffset? LatestDue(DateTimeOffset now) => now + interval;

    public override string ToString() => "every " + JobScheduleText.Length(interval);
}

/// <summary>Daily at a local time.</summary>
internal sealed class DailySchedule(TimeOnly time, ZoneClock clock) : JobSchedule
{
    public TimeOnly Time => time;

    public string Zone => clock.Zone;

    public override DateTimeOffset? NextAfter(DateTimeOffset after, DateTimeOffset? anchor = null)
    {
        var date = clock.DateAt(after).AddDays(-1);
        DateTimeOffset due;
        do
        {
            due = clock.When(date, time);
            date = date.AddDays(1);
        }
        while (due <= after);
        return due;
    }

    // One moment may lie between: that whose work was done before the clock went back by less than a day.
    internal override DateTimeOffset? LatestDue(DateTimeOffset now) => NextAfter(NextAfter(now)!.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"daily {time:HH:mm} {clock.Zone}");
}

/// <summary>After each session of exchanges.</summary>
internal sealed class SessionSchedule(TimeSpan delay, IReadOnlyList<TradingCalendar> calendars) : JobSchedule
{
    public TimeSpan Delay => delay;

    public IEnumerable<string> Exchanges => calendars.Select(c => c.Name);

    public override DateTimeOffset? NextAfter(DateTimeOffset time, DateTimeOffset? anchor = null) =>
        calendars.Min(calendar => NextOf(calendar, time));

    internal override DateTimeOffset? LatestDue(DateTimeOffset now) => NextAfter(NextAfter(now)!.Value);

    public override string ToString() => $"after session {string.Join(", ", Exchanges)} + {JobScheduleText.Length(delay)}";

    private DateTimeOffset NextOf(TradingCalendar calendar, DateTimeOffset time)
    {
        var date = calendar.PreviousSession(calendar.DateOf((time - delay).ToUnixTimeSeconds()));
        DateTimeOffset due;
        do
        {
            due = DateTimeOffset.FromUnixTimeSeconds(calendar.HoursOf(date).Close) + delay;
            date = calendar.NextSession(date);
        }
        while (due <= time);
        return due;
    }
}
