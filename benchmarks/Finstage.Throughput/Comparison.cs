using System.Diagnostics;
using System.Globalization;

namespace Finstage.Throughput;

/// <summary>The two hosts' builds in turn, each round a process of its own, so that a busy neighbour disturbs both alike.</summary>
internal static class Comparison
{
    private const int Rounds = 3;
    private const char Separator = '|';

    /// <summary>One work's result, as another process reads it.</summary>
    public static string Line(string work, double perSecond) =>
        string.Create(CultureInfo.InvariantCulture, $"{work}{Separator}{perSecond:F1}");

    /// <summary>Measures both and prints the medians.</summary>
    public static async Task RunAsync(string own, string other, TextWriter output)
    {
        var (first, second) = (new Dictionary<string, List<double>>(), new Dictionary<string, List<double>>());
        for (var round = 0; round < Rounds; round++)
        {
            await AddAsync(own, first);
            await AddAsync(other, second);
        }

        output.WriteLine($"candles a second, median of {Rounds} rounds in turn, {Environment.ProcessorCount} processors");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"work",-36} {Finstage.Hosting.GrainHost.Name,10} {"the other",10} {"ratio",7}"));
        foreach (var (work, rates) in first)
        {
            var (mine, theirs) = (Median(rates), Median(second[work]));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work,-36} {mine,10:N0} {theirs,10:N0} {mine / theirs,7:F2}"));
        }
    }

    private static async Task AddAsync(string program, Dictionary<string, List<double>> rates)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} does not start.");
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        foreach (var fields in text.Split('\n').Select(line => line.Split(Separator)).Where(fields => fields.Length == 2))
        {
            if (!rates.TryGetValue(fields[0], out var list))
            {
                rates[fields[0]] = list = [];
            }

            list.Add(double.Parse(fields[1], CultureInfo.InvariantCulture));
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed with exit code {process.ExitCode}.");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
