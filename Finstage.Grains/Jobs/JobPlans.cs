namespace Finstage.Grains.Jobs;

/// <summary>What is settled of one job.</summary>
/// <param name="Schedule">When it runs; null for its own schedule.</param>
/// <param name="Enabled">Whether it runs by itself; by hand it may be run either way.</param>
public sealed record JobPlan(JobSchedule? Schedule, bool Enabled);

/// <summary>When jobs run, where it was settled otherwise than they say themselves. Immutable and thread-safe.</summary>
/// <param name="plans">The plans by the jobs' names.</param>
public sealed class JobPlans(IReadOnlyDictionary<string, JobPlan> plans)
{
    /// <summary>Every job as it says itself.</summary>
    public static JobPlans None { get; } = new(new Dictionary<string, JobPlan>());

    /// <summary>Whether a job runs by itself.</summary>
    public bool IsEnabled(string job) => !plans.TryGetValue(job, out var plan) || plan.Enabled;

    /// <summary>When a job runs; by hand alone when it is switched off.</summary>
    public JobSchedule ScheduleOf(IJobWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return !plans.TryGetValue(work.Name, out var plan) ? work.Schedule
            : plan.Enabled ? plan.Schedule ?? work.Schedule
            : JobSchedule.Manual;
    }
}
