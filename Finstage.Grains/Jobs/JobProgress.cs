using Finstage.Grains.Interfaces.Jobs;

namespace Finstage.Grains.Jobs;

/// <summary>How far a run of a job has come, for those who watch. Thread-safe.</summary>
public sealed class JobProgress
{
    private readonly Lock gate = new();
    private JobProgressView? view;

    /// <summary>How far it has come; null while nothing runs.</summary>
    public JobProgressView? View
    {
        get
        {
            lock (gate)
            {
                return view;
            }
        }
    }

    /// <summary>Begins a run.</summary>
    /// <param name="total">The pieces of work, zero or more.</param>
    /// <param name="word">What is being done, in a word or two.</param>
    public void Begin(int total, string word)
    {
        lock (gate)
        {
            view = new JobProgressView(0, total, word);
        }
    }

    /// <summary>Counts a piece as done.</summary>
    /// <param name="word">What was done, in a word or two.</param>
    public JobProgressView Step(string word)
    {
        lock (gate)
        {
            var done = (view?.Done ?? 0) + 1;
            return view = new JobProgressView(done, Math.Max(done, view?.Total ?? 0), word);
        }
    }

    /// <summary>Ends the run.</summary>
    public void End()
    {
        lock (gate)
        {
            view = null;
        }
    }
}
