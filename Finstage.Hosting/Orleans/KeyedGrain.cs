using Finstage.Hosting.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Finstage.Hosting;

/// <summary>
/// A grain: one object for each key in the whole cluster, made by its first call. Its turns never overlap, and everything that is
/// awaited in a turn goes on in that turn, so a grain needs no locks. A turn never blocks, and its code never awaits with
/// <c>ConfigureAwait(false)</c>.
/// </summary>
public abstract class KeyedGrain : Grain, IRemindable
{
    // A grain with work of its own is kept for this long at least; then the next call or heartbeat brings it back.
    private static readonly TimeSpan KeptForWork = TimeSpan.FromDays(1);

    private readonly OutsideWork outside;

    /// <summary>Takes the key from the host that creates the grain; key, grains and state can be used in derived constructors.</summary>
    protected KeyedGrain() => outside = ActivatorUtilities.CreateInstance<OutsideWork>(ServiceProvider);

    /// <summary>The grain's key, 1 to 200 characters.</summary>
    protected string Key => this.GetPrimaryKeyString();

    /// <summary>The other grains.</summary>
    protected IGrains Grains => ServiceProvider.GetRequiredService<IGrains>();

    private string Kind => GrainId.KindOf(TravellingChain.ContractOf(GetType())!);

    private HostMetrics Metrics => ServiceProvider.GetRequiredService<HostMetrics>();

    /// <summary>The host's own way to say that the grain begins.</summary>
    public sealed override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ActivateAsync(cancellationToken);
            Metrics.Began(Kind);
        }
        catch
        {
            // A grain that never began is never told to end either: its work would go on beside that of the next activation.
            await outside.EndAsync(cancellationToken);
            outside.Dispose();
            throw;
        }
    }

    /// <summary>The host's own way to say that the grain ends.</summary>
    public sealed override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Metrics.Ended(Kind);
        await outside.EndAsync(cancellationToken);
        await DeactivateAsync(cancellationToken);
        outside.Dispose();
    }

    /// <summary>The host's own way to say that a reminder is due.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status) => RemindAsync(reminderName);

    /// <summary>
    /// Runs before the first turn, when the state has been read. If it fails, the caller gets the exception and the next call tries
    /// again with a new grain.
    /// </summary>
    /// <param name="cancellation">Fires when the host gives up.</param>
    protected virtual Task ActivateAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Runs as the last turn when the grain was idle or the host stops: best effort, never after a crash.</summary>
    /// <param name="cancellation">Fires when the host gives up.</param>
    protected virtual Task DeactivateAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Runs as a turn when a reminder is due. It may come late, twice, or once for several missed periods.</summary>
    /// <param name="reminder">The reminder's name.</param>
    protected virtual Task RemindAsync(string reminder) => Task.CompletedTask;

    /// <summary>Sets a durable heartbeat that wakes the grain even after a restart, or changes it.</summary>
    /// <param name="name">The reminder's name, 1 to 200 characters.</param>
    /// <param name="due">The time to the first beat, zero or more.</param>
    /// <param name="period">The time between two beats, at least a minute.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    protected Task SetReminderAsync(string name, TimeSpan due, TimeSpan period)
    {
        GrainId.Check(name, nameof(name));
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMinutes(1));
        return this.RegisterOrUpdateReminder(name, due, period);
    }

    /// <summary>Removes a reminder, if it is there.</summary>
    /// <param name="name">The reminder's name, 1 to 200 characters.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    protected async Task ClearReminderAsync(string name)
    {
        GrainId.Check(name, nameof(name));
        if (await this.GetReminder(name) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    /// <summary>A piece of state that outlives the grain. Call it in the constructor; it is read before <see cref="ActivateAsync"/>.</summary>
    /// <typeparam name="T">A type with a public parameterless constructor that serializes as JSON.</typeparam>
    /// <param name="name">The state's name within the grain, 1 to 200 characters.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    protected IDurableState<T> State<T>(string name)
        where T : class, new()
    {
        GrainId.Check(name, nameof(name));
        var factory = ServiceProvider.GetRequiredService<IPersistentStateFactory>();
        return new DurableState<T>(factory.Create<T>(GrainContext, new PersistentStateAttribute(name, ClusterSetup.StorageName)));
    }

    /// <summary>
    /// Starts work outside the turns and returns at once: for what takes long. The work must not touch the grain's fields; it tells
    /// the grain its result by calling it through <see cref="Grains"/>, which starts a new call chain. While it runs the grain is not
    /// idle. An exception is logged. The grain's end waits for it.
    /// </summary>
    /// <param name="work">The work; its token fires when the grain is deactivated or the host stops.</param>
    /// <exception cref="InvalidOperationException">Too much work of this grain is under way.</exception>
    protected void RunOutside(Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        DelayDeactivation(KeptForWork);
        outside.Run($"{GetType().Name}/{Key}", work);
    }
}
