using Finstage.Grains.Jobs;
using Finstage.Hosting;

namespace Finstage.Grains.Tests.Jobs;

/// <summary>Work that a test starts, holds, ends and fails.</summary>
internal sealed class FakeWork(string name, JobSchedule schedule) : IJobWork
{
    private readonly Lock gate = new();
    private readonly List<Run> runs = [];

    public string Name => name;

    public JobSchedule Schedule => schedule;

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Ends every run as soon as it begins.</summary>
    public bool EndsAtOnce { get; set; }

    /// <summary>Brings a run to a good end when it is told to stop.</summary>
    public bool EndsWellWhenStopped { get; set; }

    /// <summary>The runs that began, oldest first.</summary>
    public IReadOnlyList<Run> Runs
    {
        get
        {
            lock (gate)
            {
                return [.. runs];
            }
        }
    }

    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        var run = new Run();
        lock (gate)
        {
            runs.Add(run);
        }

        if (EndsAtOnce)
        {
            return "done";
        }

        try
        {
            return await run.Outcome.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (EndsWellWhenStopped)
        {
            return "brought to its end";
        }
    }

    internal sealed class Run
    {
        public TaskCompletionSource<string> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
