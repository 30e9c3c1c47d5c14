using System.Globalization;
using Finstage.Simulation;

// Runs the program under a clock that is moved by hand, in a process of its own, so that it can be killed:
//   Finstage.Simulation DATA FEED-URL START END [SYMBOLS-FILE]
// It prints each simulated hour as it passes.
var (data, feed, start, end) = (args[0], args[1], Time(args[2]), Time(args[3]));
(string, string)[] settings = args.Length > 4 ? [("Silo:Symbols", args[4])] : [];
await using var silo = await SimulatedSilo.StartAsync(data, feed, start, settings);
Console.WriteLine("ready");
var hour = start;
while (hour < end)
{
    hour = hour.AddHours(1) < end ? hour.AddHours(1) : end;
    await silo.AdvanceToAsync(hour);
    Console.WriteLine($"at {hour.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {Environment.WorkingSet / 1048576} MB");
}

foreach (var run in silo.Runs.Where(r => r.Error is not null))
{
    Console.WriteLine($"failed {run.Job} {run.EndedAt:O} {run.Error}");
}

Console.WriteLine("done");

static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
