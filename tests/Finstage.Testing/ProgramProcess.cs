using System.Collections.Concurrent;
using System.Diagnostics;

namespace Finstage.Testing;

/// <summary>The program as a process of its own, as a user starts it; killed when disposed.</summary>
public sealed class ProgramProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> error = new();

    private ProgramProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, e) => Keep(output, e.Data);
        process.ErrorDataReceived += (_, e) => Keep(error, e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it printed so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>What it complained of so far.</summary>
    public string Error => string.Join('\n', error);

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Starts a program in a folder.</summary>
    /// <param name="assembly">The program's assembly file.</param>
    /// <param name="folder">The working directory.</param>
    /// <param name="environment">Variables to add.</param>
    /// <param name="words">The command line.</param>
    public static ProgramProcess Start(
        string assembly, string folder, IReadOnlyDictionary<string, string>? environment, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.ArgumentList.Add(assembly);
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        // No test asks other people's servers.
        start.Environment["FINSTAGE__Feeds__Enabled"] = "false";
        start.Environment["FINSTAGE__Silo__FirstInsights"] = "false";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ProgramProcess(new Process { StartInfo = start });
    }

    /// <summary>Waits until it has printed a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="patience">How long at most; two minutes when left out.</param>
    public async Task<string> SeeAsync(string text, TimeSpan? patience = null)
    {
        var deadline = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (HasEnded || deadline.Elapsed > (patience ?? Patience))
            {
                // What was printed last may still be on its way.
                await Task.Delay(200);
                if (!Output.Contains(text, StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"'{text}' was never printed.\n{Output}\n{Error}");
                }
            }

            await Task.Delay(20);
        }

        return Output;
    }

    /// <summary>Waits for its end, two minutes at most, and returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Interrupts it as Ctrl-C does; not on Windows.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await EndAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
