namespace Finstage.Hosting.Embedded;

/// <summary>A call that somebody awaits, for a limited time or for as long as it takes.</summary>
internal sealed class Call<TResult> : Turn, IDisposable
{
    // The caller goes on elsewhere, not on the grain's scheduler.
    private readonly TaskCompletionSource<TResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<KeyedGrain, Task<TResult>> body;
    private readonly GrainRuntime runtime;
    private readonly GrainId id;
    private readonly ITimer? timer;
    private TResult? result;
    private Exception? error;

    public Call(GrainRuntime runtime, GrainId id, string[] chain, Func<KeyedGrain, Task<TResult>> body, TimeSpan? timeout)
        : base(chain)
    {
        (this.runtime, this.id, this.body) = (runtime, id, body);
        if (timeout is { } limit)
        {
            timer = runtime.Time.CreateTimer(static call => ((Call<TResult>)call!).GiveUp(), this, limit, Timeout.InfiniteTimeSpan);
        }
    }

    public Task<TResult> Answer => answer.Task;

    public override async Task<bool> RunAsync(Mailbox mailbox)
    {
        try
        {
            result = await body(await mailbox.GrainAsync());
            return true;
        }
        catch (Exception thrown)
        {
            error = thrown;
            return false;
        }
    }

    public override void Complete()
    {
        Dispose();
        if (!(error is null ? answer.TrySetResult(result!) : answer.TrySetException(error)))
        {
            HostLog.EndedLate(runtime.Log, error, id.Kind, id.Key);
        }
    }

    public void Dispose() => timer?.Dispose();

    private void GiveUp() => answer.TrySetException(new TimeoutException(FormattableString.Invariant(
        $"{id} did not answer within {runtime.Options.CallTimeout.TotalSeconds:0.###} s. The outcome is unknown: the call may still take effect.")));
}
