using Finstage.Grains.Interfaces.Market;
using Finstage.Hosting;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>A grain of the tests' own, to see what the host does. The call table knows nothing of it, so it may call nobody.</summary>
[Alias("finstage.tests.IProbeGrain")]
public interface IProbeGrain : IKeyedGrain
{
    /// <summary>Calls the market's grain, against the table.</summary>
    [Alias("CallMarket")]
    Task<int> CallMarketAsync();

    /// <summary>Does nothing.</summary>
    [Alias("Ping")]
    Task PingAsync();
}

/// <summary>What the probe is told to do, and what became of it.</summary>
internal sealed class ProbeHooks
{
    /// <summary>Whether the next activation starts work outside its turns and fails then.</summary>
    public bool FailActivation { get; set; }

    /// <summary>Set when the token of that work fired.</summary>
    public TaskCompletionSource WorkEnded { get; } = Waiting.Signal();

    /// <summary>What the call of the last reminder's turn ended in.</summary>
    public TaskCompletionSource<Exception?> Reminded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed class ProbeGrain(ProbeHooks hooks) : KeyedGrain, IProbeGrain
{
    protected override Task ActivateAsync(CancellationToken cancellation)
    {
        if (!hooks.FailActivation)
        {
            return Task.CompletedTask;
        }

        hooks.FailActivation = false;
        RunOutside(async ended =>
        {
            await using var registration = ended.Register(() => hooks.WorkEnded.TrySetResult());
            await hooks.WorkEnded.Task;
        });
        throw new FormatException("planted: no activation");
    }

    protected override async Task RemindAsync(string reminder)
    {
        try
        {
            await CallMarketAsync();
            hooks.Reminded.TrySetResult(null);
        }
        catch (Exception error)
        {
            hooks.Reminded.TrySetResult(error);
        }
    }

    public async Task<int> CallMarketAsync() => (await Grains.Get<IMarketGrain>(IMarketGrain.Main).ListAsync()).Length;

    public Task PingAsync() => Task.CompletedTask;
}
