using System.Globalization;
using Finstage.Hosting;

namespace Finstage.Grains.Jobs;

/// <summary>
/// What a job does. Register one per job; its name is the job's key. A scheduled run that was cut off by a crash is started again, so the work
/// must be safe to repeat.
/// </summary>
public interface IJobWork
{
    /// <summary>The job's name, such as <c>optimize</c>.</summary>
    string Name { get; }

    /// <summary>When it runs.</summary>
    JobSchedule Schedule { get; }

    /// <summary>Does the work, outside any turn.</summary>
    /// <param name="grains">The grains it may call.</param>
    /// <param name="cancellation">Set when the program stops; the run then counts as interrupted.</param>
    /// <returns>What was done, in a sentence.</returns>
    Task<string> RunAsync(IGrains grains, CancellationToken cancellation);
}

/// <summary>When a job runs: at an interval, or by hand alone.</summary>
/// <param name="Interval">The time between the starts of two runs, at least a minute; null for by hand alone.</param>
public sealed record JobSchedule(TimeSpan? Interval)
{
    /// <summary>By hand alone.</summary>
    public static JobSchedule Manual { get; } = new((TimeSpan?)null);

    /// <summary>At an interval.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is less than a minute.</exception>
    public static JobSchedule Every(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromMinutes(1));
        return new JobSchedule(interval);
    }

    /// <summary>The first moment after <paramref name="time"/> on which a run is due; null for by hand alone.</summary>
    /// <param name="time">Now.</param>
    /// <param name="due">A moment on which a run was due, which a run that started late does not shift; null before the first.</param>
    public DateTimeOffset? After(DateTimeOffset time, DateTimeOffset? due = null)
    {
        if (Interval is not { } interval)
        {
            return null;
        }

        return due is { } last && last <= time ? last + (interval * (((time - last).Ticks / interval.Ticks) + 1)) : time + interval;
    }

    /// <inheritdoc/>
    public override string ToString() => Interval is { } interval
        ? string.Create(CultureInfo.InvariantCulture, $"every {interval:c}")
        : "by hand";
}
