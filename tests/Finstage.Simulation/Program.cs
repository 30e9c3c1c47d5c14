using System.Globalization;
using Finstage.Simulation;

// Runs the program under a clock that is moved by hand, in a process of its own, so that it can be killed:
//   Finstage.Simulation DATA FEED-URL START END [AWAY-SINCE]
// It prints each simulated hour as it passes, and what did not run when it should. AWAY-SINCE is when the one before it was killed.
var (data, feed, start, end) = (args[0], args[1], Time(args[2]), Time(args[3]));
DateTimeOffset? awaySince = args.Length > 4 ? Time(args[4]) : null;
await using var silo = await SimulatedSilo.StartAsync(data, feed, start);
Console.WriteLine("ready");
var (hour, told) = (start, new HashSet<string>());
while (hour < end)
{
    hour = hour.AddHours(1) < end ? hour.AddHours(1) : end;
    await silo.AdvanceToAsync(hour);
    foreach (var fault in JobsOnTime.Faults(silo, awaySince, hour).Where(told.Add))
    {
        Console.WriteLine($"fault: {fault}");
    }

    Console.WriteLine($"at {hour.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {Environment.WorkingSet / 1048576} MB, {silo.Runs.Count} runs of {silo.Runs.Select(r => r.Job).Distinct().Count()} jobs");
}

Console.WriteLine("done");

static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
