namespace Finstage.Silo.Live;

/// <summary>Looks every second for what has changed, as long as somebody listens, and tells the hub.</summary>
/// <param name="hub">Who is told.</param>
/// <param name="look">Gives what has changed since it was last asked.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class LiveFollower(
    LiveHub hub, Func<CancellationToken, Task<IReadOnlyList<LiveChange>>> look, TimeProvider clock, ILogger<LiveFollower> logger)
    : BackgroundService
{
    /// <summary>How long between two looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private bool isFailing;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await hub.ListenedToAsync(stopping);
                await FollowAsync(stopping);
                hub.Forget();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        // What was there before the first look is nobody's news; who came in meanwhile may have read too early.
        while (await LookAsync(stopping) is null)
        {
            await Task.Delay(Period, clock, stopping);
        }

        hub.Publish([new LiveChange(LiveHub.Reset, new { reason = "start" })]);
        while (hub.IsWanted)
        {
            await Task.Delay(Period, clock, stopping);
            hub.Publish(await LookAsync(stopping) ?? []);
        }
    }

    /// <summary>What has changed; null when it cannot be told now, and then it is told later.</summary>
    private async Task<IReadOnlyList<LiveChange>?> LookAsync(CancellationToken stopping)
    {
        try
        {
            var found = await look(stopping);
            isFailing = false;
            return found;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            if (!isFailing)
            {
                isFailing = true;
                LogFault(fault);
            }

            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event stream cannot see what has changed; it looks again every second.")]
    private partial void LogFault(Exception fault);
}
