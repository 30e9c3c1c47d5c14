using System.Reflection;
using Finstage.Adapters.Prices.Drop;
using Finstage.Analysis.Text;
using Finstage.Grains.Jobs;

namespace Finstage.Silo;

/// <summary>Reads when jobs run: <c>Jobs:NAME:Schedule</c> and <c>Jobs:NAME:Enabled</c>.</summary>
internal static class JobSettings
{
    private const string Section = "Jobs";

    private static readonly string[] Words = ["Schedule", "Enabled"];

    /// <summary>Every job that this program has, whether the settings leave it in place or not: found, so that no list can forget one.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. new[] { typeof(IJobWork).Assembly, typeof(DropJob).Assembly, typeof(JobSettings).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(t => t.IsAssignableTo(typeof(IJobWork)) && t is { IsClass: true, IsAbstract: false })
            .Select(NameOf)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The plans; what cannot be used is added to the faults.</summary>
    public static JobPlans Read(IConfiguration configuration, List<string> faults)
    {
        var plans = new Dictionary<string, JobPlan>();
        foreach (var job in configuration.GetSection(Section).GetChildren())
        {
            if (Names.FirstOrDefault(n => n.Equals(job.Key, StringComparison.OrdinalIgnoreCase)) is not { } name)
            {
                faults.Add($"{job.Path}: there is no job '{job.Key}'; the jobs are {string.Join(", ", Names)}.{Nearest.Hint(job.Key, Names)}");
                continue;
            }

            plans[name] = ReadOne(job, faults);
        }

        return new JobPlans(plans);
    }

    private static JobPlan ReadOne(IConfigurationSection job, List<string> faults)
    {
        if (job.Value is not null)
        {
            faults.Add($"{job.Path}: write {job.Path}:Schedule or {job.Path}:Enabled.");
        }

        faults.AddRange(job.GetChildren().Where(c => !Words.Contains(c.Key, StringComparer.OrdinalIgnoreCase))
            .Select(c => $"{c.Path}: a job has no '{c.Key}', but {string.Join(" and ", Words)}."));
        JobSchedule? schedule = null;
        if (job["Schedule"] is { } text && !JobScheduleText.TryParse(text, $"{job.Path}:Schedule", out schedule, out var fault))
        {
            faults.Add(fault);
        }

        var isEnabled = true;
        if (job["Enabled"] is { } word && !bool.TryParse(word, out isEnabled))
        {
            faults.Add($"{job.Path}:Enabled: '{word}' is neither true nor false.");
        }

        return new JobPlan(schedule, isEnabled);
    }

    private static string NameOf(Type work) =>
        work.GetField("JobName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
        ?? throw new InvalidOperationException($"{work.FullName} has no constant JobName.");
}
