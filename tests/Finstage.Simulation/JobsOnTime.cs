using Finstage.Grains.Jobs;

namespace Finstage.Simulation;

/// <summary>Whether every job ran when it should: at each moment that was due, once, and what was missed while the process was down once.</summary>
internal static class JobsOnTime
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    /// <summary>What went wrong since the start; empty when nothing did.</summary>
    /// <param name="silo">The program.</param>
    /// <param name="awaySince">Since when it was down before its start; null where it had never run.</param>
    /// <param name="until">The end of what is looked at: what was due shortly before may run yet.</param>
    public static IReadOnlyList<string> Faults(SimulatedSilo silo, DateTimeOffset? awaySince, DateTimeOffset until)
    {
        var faults = silo.Runs.Where(r => r.Error is not null).Select(r => $"{r.Job} failed at {r.EndedAt:u}: {r.Error}").ToList();
        foreach (var work in silo.Works)
        {
            // A run that is under way has begun as well; a job never overlaps itself, so it is the last.
            var begun = silo.Runs.Where(r => r.Job == work.Name).Select(r => r.BegunAt);
            var runs = (silo.UnderWay.TryGetValue(work.Name, out var current) ? begun.Append(current.Seen) : begun).Order().ToList();
            faults.AddRange(awaySince is not null && IsInterval(work)
                ? OutOfStep(work, runs.Where(at => at >= silo.ArmedAt).ToList(), silo.ArmedAt, until)
                : Missed(work, runs, silo.ArmedAt, until));
            faults.AddRange(runs.Zip(runs.Skip(1)).Where(pair => pair.Second - pair.First < TimeSpan.FromSeconds(30))
                .Select(pair => $"{work.Name} ran at {pair.First:u} and again at {pair.Second:u}"));
            if (awaySince is { } since && until - silo.ArmedAt > Late)
            {
                faults.AddRange(NotMadeUp(work, runs, since, silo.ArmedAt));
            }
        }

        return faults;
    }

    /// <summary>How many moments were due since the start, by job.</summary>
    public static IReadOnlyDictionary<string, int> Due(SimulatedSilo silo, DateTimeOffset until) => silo.Works
        .Select(w => (w.Name, Due: Moments(w.Schedule, silo.ArmedAt, until - Late).Count())).Where(w => w.Due > 0).ToDictionary(w => w.Name, w => w.Due);

    private static IEnumerable<string> Missed(IJobWork work, List<DateTimeOffset> runs, DateTimeOffset from, DateTimeOffset until) =>
        Moments(work.Schedule, from, until - Late)
            .Where(due => !runs.Exists(begun => begun >= due - Early && begun <= due + Late))
            .Select(due => $"{work.Name} was due at {due:u} and did not run");

    // After a restart an interval goes on counting from where it stood, which is not known here: its runs keep their distance. The first
    // makes up for what was missed, so the second may come sooner.
    private static IEnumerable<string> OutOfStep(IJobWork work, List<DateTimeOffset> runs, DateTimeOffset from, DateTimeOffset until)
    {
        var interval = work.Schedule.NextAfter(from)!.Value - from;
        foreach (var (first, second) in runs.Prepend(from).Zip(runs.Append(until)).Where(pair => pair.Second - pair.First > interval + Late))
        {
            yield return $"{work.Name} did not run from {first:u} to {second:u}";
        }

        foreach (var (first, second) in runs.Skip(1).Zip(runs.Skip(2)).Where(pair => pair.Second - pair.First < interval - Late))
        {
            yield return $"{work.Name} ran at {first:u} and again at {second:u}";
        }
    }

    private static bool IsInterval(IJobWork work) => work.Schedule.ToString().StartsWith("every ", StringComparison.Ordinal);

    private static IEnumerable<string> NotMadeUp(IJobWork work, List<DateTimeOffset> runs, DateTimeOffset since, DateTimeOffset start)
    {
        if (!Moments(work.Schedule, since + Late, start).Any())
        {
            yield break;
        }

        // The history job is set to work at every start besides, and an interval goes on counting from where it stood, so that one of its
        // moments may lie right behind the start.
        var made = runs.Count(begun => begun >= start && begun <= start + Late);
        var besides = work.Name == Grains.Prices.HistoryJob.JobName || IsInterval(work) ? 1 : 0;
        var most = 1 + Moments(work.Schedule, start, start + Late).Count() + besides;
        if (made < 1 || made > most)
        {
            yield return $"{work.Name} missed a run while the process was down, and ran {made} times in the {Late.TotalMinutes} minutes after its start at {start:u}";
        }
    }

    private static IEnumerable<DateTimeOffset> Moments(JobSchedule schedule, DateTimeOffset after, DateTimeOffset until)
    {
        for (var due = schedule.NextAfter(after); due <= until; due = schedule.NextAfter(due.Value, due.Value))
        {
            yield return due.Value;
        }
    }
}
