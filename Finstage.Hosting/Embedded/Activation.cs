using Microsoft.Extensions.DependencyInjection;

namespace Finstage.Hosting.Embedded;

/// <summary>One life of a grain's object: from its constructor to its disposal.</summary>
internal sealed class Activation
{
    [ThreadStatic]
    private static Activation? creating;

    private readonly List<IStoredState> states = [];
    private readonly AsyncServiceScope scope;
    private readonly CancellationTokenSource ending;
    private readonly CancellationToken ended;
    private readonly Action touch;
    private KeyedGrain? grain;
    private int outside;

    private Activation(GrainDirectory directory, GrainId id, Action touch)
    {
        (Runtime, Grains, Id, this.touch) = (directory.Runtime, directory, id, touch);
        scope = Runtime.Services.CreateAsyncScope();
        ending = CancellationTokenSource.CreateLinkedTokenSource(Runtime.Lifetime.Stopping);
        ended = ending.Token;
    }

    /// <summary>The activation whose grain's constructor runs on this thread.</summary>
    public static Activation Creating => creating
        ?? throw new InvalidOperationException("A grain is created by its host: call it through IGrains.Get.");

    public GrainRuntime Runtime { get; }

    public IGrains Grains { get; }

    public GrainId Id { get; }

    public KeyedGrain Grain => grain!;

    public bool IsWorkingOutside => Volatile.Read(ref outside) > 0;

    /// <summary>Makes the grain, reads its state and activates it.</summary>
    public static async Task<Activation> StartAsync(GrainDirectory directory, GrainContract contract, GrainId id, Action touch)
    {
        var activation = new Activation(directory, id, touch);
        try
        {
            activation.Create(contract);
            await activation.Runtime.WithinTimeoutAsync(activation.ActivateAsync);
            activation.Runtime.Metrics.Began(id.Kind);
            return activation;
        }
        catch
        {
            await activation.ReleaseAsync();
            throw;
        }
    }

    /// <summary>Deactivates the grain and lets everything go; a failure is logged.</summary>
    /// <returns>Whether it went well.</returns>
    public async Task<bool> EndAsync()
    {
        var well = true;
        Runtime.Metrics.Ended(Id.Kind);
        try
        {
            await Runtime.WithinTimeoutAsync(Grain.RunDeactivateAsync);
        }
        catch (Exception error)
        {
            well = false;
            HostLog.DeactivationFailed(Runtime.Log, error, Id.Kind, Id.Key);
        }

        await ReleaseAsync();
        return well;
    }

    /// <summary>Adds a state while the grain is being constructed.</summary>
    public IDurableState<T> AddState<T>(string name)
        where T : class, new()
    {
        if (creating != this)
        {
            throw new InvalidOperationException($"{Id} asks for its state {name} too late: ask in the constructor.");
        }

        if (states.Any(s => s.Name == name))
        {
            throw new InvalidOperationException($"{Id} has two states named {name}.");
        }

        var state = new DurableState<T>(Runtime, Id, name);
        states.Add(state);
        return state;
    }

    /// <summary>Starts work outside the turns.</summary>
    public void RunOutside(Func<CancellationToken, Task> work)
    {
        if (Interlocked.Increment(ref outside) > Runtime.Options.OutsideLimit)
        {
            Interlocked.Decrement(ref outside);
            throw new InvalidOperationException($"{Id} has {Runtime.Options.OutsideLimit} pieces of work under way outside its turns and may start no more.");
        }

        try
        {
            Runtime.Lifetime.Enter(fromOutside: false);
        }
        catch
        {
            Interlocked.Decrement(ref outside);
            throw;
        }

        CallContext.StartClean(() => Task.Run(() => WorkAsync(work)));
    }

    private void Create(GrainContract contract)
    {
        var outer = creating;
        creating = this;
        try
        {
            grain = contract.Create(scope.ServiceProvider);
        }
        finally
        {
            creating = outer;
        }
    }

    private async Task ActivateAsync(CancellationToken cancellation)
    {
        foreach (var state in states)
        {
            await state.ReadAsync(cancellation);
        }

        await Grain.RunActivateAsync(cancellation);
    }

    private async Task WorkAsync(Func<CancellationToken, Task> work)
    {
        CallContext.Chain = [];
        try
        {
            await work(ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // It was told to end.
        }
        catch (Exception error)
        {
            HostLog.OutsideWorkFailed(Runtime.Log, error, Id.Kind, Id.Key);
        }
        finally
        {
            touch();
            Interlocked.Decrement(ref outside);
            Runtime.Lifetime.Exit();
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await ending.CancelAsync();
            ending.Dispose();
            switch (grain)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }

            await scope.DisposeAsync();
        }
        catch (Exception error)
        {
            HostLog.ReleaseFailed(Runtime.Log, error, Id.Kind, Id.Key);
        }
    }
}
