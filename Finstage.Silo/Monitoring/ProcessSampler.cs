using System.Diagnostics;

namespace Finstage.Silo.Monitoring;

/// <summary>What the process used at one moment.</summary>
/// <param name="CpuSeconds">Processor time since its start.</param>
/// <param name="MemoryBytes">Its working set.</param>
internal readonly record struct ProcessUse(double CpuSeconds, long MemoryBytes)
{
    /// <summary>What it uses now.</summary>
    public static ProcessUse Now()
    {
        using var process = Process.GetCurrentProcess();
        return new ProcessUse(process.TotalProcessorTime.TotalSeconds, process.WorkingSet64);
    }
}

/// <summary>What the samples of the process say together. Shares are of one processor: two that are busy are 2.</summary>
/// <param name="Count">Samples taken.</param>
/// <param name="CpuLast">The share between the last two.</param>
/// <param name="CpuMax">The largest share.</param>
/// <param name="CpuAverage">The share since the first sample.</param>
/// <param name="MemoryLast">The working set, in bytes.</param>
/// <param name="MemoryMax">The largest.</param>
/// <param name="MemoryAverage">The mean.</param>
internal sealed record ProcessSamples(
    long Count, double CpuLast, double CpuMax, double CpuAverage, long MemoryLast, long MemoryMax, double MemoryAverage);

/// <summary>Looks at the process every fifteen seconds. Thread-safe.</summary>
internal sealed class ProcessSampler(TimeProvider clock, Func<ProcessUse>? use = null) : BackgroundService
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(15);

    private readonly Func<ProcessUse> read = use ?? ProcessUse.Now;
    private readonly Lock gate = new();
    private (long Stamp, double Cpu) first;
    private (long Stamp, double Cpu) before;
    private ProcessSamples samples = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>What was seen so far.</summary>
    public ProcessSamples Samples
    {
        get
        {
            lock (gate)
            {
                return samples;
            }
        }
    }

    /// <summary>Takes a sample.</summary>
    public void Take()
    {
        var (now, seen) = (clock.GetTimestamp(), read());
        lock (gate)
        {
            var count = samples.Count + 1;
            if (count == 1)
            {
                first = before = (now, seen.CpuSeconds);
            }

            var share = Share(before, now, seen.CpuSeconds);
            samples = new ProcessSamples(
                count, share, Math.Max(samples.CpuMax, share), Share(first, now, seen.CpuSeconds), seen.MemoryBytes,
                Math.Max(samples.MemoryMax, seen.MemoryBytes), samples.MemoryAverage + ((seen.MemoryBytes - samples.MemoryAverage) / count));
            before = (now, seen.CpuSeconds);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Spacing, clock);
        try
        {
            do
            {
                Take();
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    private double Share((long Stamp, double Cpu) since, long now, double cpu)
    {
        var seconds = clock.GetElapsedTime(since.Stamp, now).TotalSeconds;
        return seconds <= 0 ? 0 : (cpu - since.Cpu) / seconds;
    }
}
