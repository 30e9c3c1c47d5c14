using Microsoft.Extensions.Hosting;

namespace Finstage.Hosting.Embedded;

/// <summary>
/// The host's life in the application. Reminders and the dropping of idle grains begin when every service has started and end before
/// any service stops; the grains drain when it is this service's turn to stop.
/// </summary>
internal sealed class EmbeddedHost(GrainDirectory directory, IReadOnlyList<GrainContract> contracts) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly GrainRuntime runtime = directory.Runtime;
    private Task loops = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        HostLog.Started(runtime.Log, string.Join(", ", contracts.Select(c => c.Kind).Order(StringComparer.Ordinal)));
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        loops = Task.WhenAll(
            LoopAsync("Dropping idle grains", SweepPeriod(runtime.Options.IdleAfter), EndIdleAsync),
            LoopAsync("Delivering reminders", runtime.Options.ReminderTick, RemindAsync));
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await ending.CancelAsync();
        await loops.WaitAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await ending.CancelAsync();
        await directory.DrainAsync(cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => ending.Dispose();

    private static TimeSpan SweepPeriod(TimeSpan idleAfter) =>
        TimeSpan.FromSeconds(Math.Clamp(idleAfter.TotalSeconds / 4, 1, 60));

    private async Task LoopAsync(string name, TimeSpan period, Func<CancellationToken, Task> tickAsync)
    {
        using var timer = new PeriodicTimer(period, runtime.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(ending.Token))
            {
                try
                {
                    await tickAsync(ending.Token);
                }
                catch (Exception error) when (!ending.IsCancellationRequested)
                {
                    HostLog.TickFailed(runtime.Log, error, name);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private Task EndIdleAsync(CancellationToken cancellation)
    {
        directory.EndIdle();
        return Task.CompletedTask;
    }

    private async Task RemindAsync(CancellationToken cancellation)
    {
        foreach (var beat in await runtime.Reminders.TakeDueAsync(runtime.Options.ReminderBatch, cancellation))
        {
            // Not awaited: one slow grain must not hold up the others. The drain waits for it.
            runtime.Lifetime.Enter(fromOutside: false);
            _ = DeliverAsync(beat);
        }
    }

    private async Task DeliverAsync(ReminderBook.Beat beat)
    {
        try
        {
            await directory.RemindAsync(beat);
        }
        catch (Exception error)
        {
            HostLog.ReminderFailed(runtime.Log, error, beat.Id.Kind, beat.Id.Key, beat.Row.Name);
        }

        try
        {
            await runtime.Reminders.EndAsync(beat);
        }
        catch (Exception error)
        {
            HostLog.ReminderStuck(runtime.Log, error, beat.Id.Kind, beat.Id.Key, beat.Row.Name);
        }
        finally
        {
            runtime.Lifetime.Exit();
        }
    }
}
