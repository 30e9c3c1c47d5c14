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

    /// <summary>
    /// How soon a run that failed is tried again where the schedule comes later, in whole minutes; null, the default, leaves it to the
    /// schedule. For work that fails when others cannot be reached, and costs little then.
    /// </summary>
    TimeSpan? RetryAfter => null;

    /// <summary>How far the run under way has come; null for work that does not count its pieces.</summary>
    JobProgress? Progress => null;

    /// <summary>Does the work, outside any turn.</summary>
    /// <param name="grains">The grains it may call.</param>
    /// <param name="cancellation">Set when the program stops; the run then counts as interrupted.</param>
    /// <returns>What was done, in a sentence.</returns>
    Task<string> RunAsync(IGrains grains, CancellationToken cancellation);
}
