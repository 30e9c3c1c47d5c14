using Microsoft.Extensions.Logging;

namespace Finstage.Hosting.Embedded;

/// <summary>What mailboxes and grains share.</summary>
internal sealed class GrainRuntime(
    GrainHostOptions options, CallTable table, TimeProvider time, IServiceProvider services, IGrainStateStore states,
    ReminderBook reminders, HostLifetime lifetime, HostMetrics metrics, ILogger<GrainRuntime> log)
{
    public GrainHostOptions Options => options;

    public CallTable Table => table;

    public TimeProvider Time => time;

    public IServiceProvider Services => services;

    public IGrainStateStore States => states;

    public ReminderBook Reminders => reminders;

    public HostLifetime Lifetime => lifetime;

    public HostMetrics Metrics => metrics;

    public ILogger Log => log;

    /// <summary>Runs a step with a token that fires after the call timeout or when the host gives up.</summary>
    public async Task WithinTimeoutAsync(Func<CancellationToken, Task> step)
    {
        using var late = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, lifetime.Stopped);
        await step(either.Token);
    }
}
