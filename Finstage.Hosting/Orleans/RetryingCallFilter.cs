using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace Finstage.Hosting.Cluster;

/// <summary>
/// Makes a call again whose silo died or went away before it answered, for as long as a caller waits: by then the grain lives elsewhere.
/// Whether the lost call took effect is unknown, which is why a grain's methods must bear being called twice.
/// </summary>
internal sealed class RetryingCallFilter(GrainHostOptions options) : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // As the cluster itself, in real time.
    private static readonly TimeProvider Clock = TimeProvider.System;

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (!TravellingChain.IsOurs(context.InterfaceMethod.DeclaringType))
        {
            await context.Invoke();
            return;
        }

        var started = Clock.GetTimestamp();
        for (var wait = FirstWait; ; wait = wait < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception lost) when (IsLost(lost) && Clock.GetElapsedTime(started) + wait < options.CallTimeout)
            {
                await Task.Delay(wait, Clock);
            }
        }
    }

    // Not a time-out: the grain may be at work still, and would only get more of it.
    private static bool IsLost(Exception failure) =>
        failure is SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException;
}
