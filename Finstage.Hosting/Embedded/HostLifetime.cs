namespace Finstage.Hosting.Embedded;

/// <summary>Counts what is under way and says what may still begin. Thread-safe.</summary>
internal sealed class HostLifetime : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource stopped = new();
    private TaskCompletionSource? idle;
    private int pending;
    private Phase phase;

    public HostLifetime() => (Stopping, Stopped) = (stopping.Token, stopped.Token);

    private enum Phase
    {
        Running,
        Draining,
        Stopped,
    }

    /// <summary>Fires when the host begins to stop.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Fires when the host has stopped, whether or not everything ended.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Turns that wait or run, and work outside turns.</summary>
    public int Pending
    {
        get
        {
            lock (gate)
            {
                return pending;
            }
        }
    }

    /// <summary>Counts something in, or refuses it. While the host drains, only what the grains themselves begin may begin.</summary>
    public void Enter(bool fromOutside)
    {
        lock (gate)
        {
            if (phase == Phase.Stopped || (fromOutside && phase == Phase.Draining))
            {
                throw new InvalidOperationException("The grain host is stopping and takes no more calls.");
            }

            pending++;
        }
    }

    /// <summary>Counts something out.</summary>
    public void Exit()
    {
        TaskCompletionSource? reached = null;
        lock (gate)
        {
            if (--pending == 0)
            {
                (reached, idle) = (idle, null);
            }
        }

        reached?.TrySetResult();
    }

    /// <summary>Ends when nothing is under way.</summary>
    public Task IdleAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (pending == 0)
            {
                return Task.CompletedTask;
            }

            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Refuses calls from outside and tells work outside turns to end.</summary>
    public Task DrainAsync()
    {
        lock (gate)
        {
            phase = Phase.Draining;
        }

        return stopping.CancelAsync();
    }

    /// <summary>Refuses everything.</summary>
    public Task StopAsync()
    {
        lock (gate)
        {
            phase = Phase.Stopped;
        }

        return stopped.CancelAsync();
    }

    public void Dispose()
    {
        stopping.Dispose();
        stopped.Dispose();
    }
}
