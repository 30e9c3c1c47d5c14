using Finstage.Grains.Jobs;

namespace Finstage.Grains.Insights;

/// <summary>Turns a share that is done into a job's steps, a hundred of them. Thread-safe.</summary>
internal sealed class PercentProgress(JobProgress progress, string word) : IProgress<double>
{
    private readonly Lock gate = new();
    private int done;

    public void Report(double value)
    {
        lock (gate)
        {
            for (var percent = (int)(100 * Math.Clamp(value, 0, 1)); done < percent; done++)
            {
                progress.Step(word);
            }
        }
    }
}
