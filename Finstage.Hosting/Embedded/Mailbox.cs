namespace Finstage.Hosting.Embedded;

/// <summary>
/// The turns of one key, one after the other, in the order they came. It outlives the grain's object: a call that comes while the
/// object is being deactivated waits here and makes a new one. With no object and no turns it retires, and the directory makes another.
/// </summary>
internal sealed class Mailbox(GrainDirectory directory, GrainContract contract, GrainId id)
{
    private readonly Lock gate = new();
    private readonly Queue<Turn> queue = new();
    private readonly TaskScheduler scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
    private readonly GrainRuntime runtime = directory.Runtime;

    // Written in turns; read elsewhere under the gate and only while no turn runs.
    private Activation? current;
    private bool running;
    private bool retired;
    private long lastUse;

    public GrainId Id => id;

    /// <summary>How many turns wait.</summary>
    public int Length
    {
        get
        {
            lock (gate)
            {
                return queue.Count;
            }
        }
    }

    /// <summary>Queues a turn that has been counted in. False when the mailbox has retired.</summary>
    public bool TryPost(Turn turn)
    {
        lock (gate)
        {
            if (retired)
            {
                return false;
            }

            if (queue.Count >= runtime.Options.MailboxLimit)
            {
                throw new InvalidOperationException($"{id} has {queue.Count} calls waiting and takes no more.");
            }

            queue.Enqueue(turn);
            if (running)
            {
                return true;
            }

            running = true;
        }

        Start();
        return true;
    }

    /// <summary>Deactivates the grain if nothing runs; with <paramref name="onlyIdle"/> only when it has been idle for long.</summary>
    public void End(bool onlyIdle)
    {
        lock (gate)
        {
            if (running || current is null || (onlyIdle && !IsIdle(current)))
            {
                return;
            }

            runtime.Lifetime.Enter(fromOutside: false);
            queue.Enqueue(new Deactivation(id));
            running = true;
        }

        Start();
    }

    /// <summary>The grain, made now if there is none. Called in a turn.</summary>
    public async Task<KeyedGrain> GrainAsync()
    {
        current ??= await Activation.StartAsync(directory, contract, id, Touch);
        return current.Grain;
    }

    /// <summary>Deactivates the grain. Called in a turn.</summary>
    public async Task<bool> DropAsync()
    {
        var ending = current!;
        var well = await ending.EndAsync();
        current = null;
        return well;
    }

    private bool IsIdle(Activation activation) =>
        !activation.IsWorkingOutside && runtime.Time.GetElapsedTime(Volatile.Read(ref lastUse)) >= runtime.Options.IdleAfter;

    private void Touch() => Volatile.Write(ref lastUse, runtime.Time.GetTimestamp());

    // The pump and every turn run on the grain's own scheduler, so that what a turn awaits goes on there, one piece at a time.
    private void Start() => CallContext.StartClean(() => Task.Factory.StartNew(
        PumpAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler));

    private async Task PumpAsync()
    {
        bool more;
        do
        {
            await RunAsync(Next());
            bool retire;
            lock (gate)
            {
                more = running = queue.Count > 0;
                retire = retired = !more && current is null;
            }

            if (retire)
            {
                directory.Remove(this);
            }

            // Counted out last: when nothing is under way, every mailbox is at rest.
            runtime.Lifetime.Exit();
        }
        while (more);
    }

    private Turn Next()
    {
        lock (gate)
        {
            return queue.Dequeue();
        }
    }

    private async Task RunAsync(Turn turn)
    {
        CallContext.Chain = turn.Chain;
        var start = runtime.Time.GetTimestamp();
        var well = await turn.RunAsync(this);
        Touch();
        runtime.Metrics.Turn(id.Kind, well, runtime.Time.GetElapsedTime(start));
        turn.Complete();
    }
}
