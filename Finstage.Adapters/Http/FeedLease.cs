using Finstage.Grains.Ports;

namespace Finstage.Adapters.Http;

/// <summary>
/// The right to ask feeds, which one process at a time has: pacing holds only when nobody else asks. All questions of this process share
/// it; it is taken with the first, renewed while some are under way and let go after the last. Thread-safe.
/// </summary>
public sealed class FeedLease : IDisposable
{
    /// <summary>The lease's name.</summary>
    public const string Name = "feeds";

    /// <summary>How long it lasts unless it is renewed: longer than a request may take, so that a stalled process asks nothing after it.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    /// <summary>How long a question waits for another process to let go.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly ILeases leases;
    private readonly TimeProvider time;
    private readonly string owner;
    private readonly TimeSpan spacing;
    private readonly SemaphoreSlim gate = new(1, 1);
    private CancellationTokenSource? held;
    private Task renewing = Task.CompletedTask;
    private CancellationTokenSource? stopRenewing;
    private int users;

    /// <summary>Creates the right; nothing is taken yet.</summary>
    /// <param name="leases">Where leases are kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="owner">This process's name, like no other's.</param>
    /// <param name="spacing">How long nobody else may ask after the last question.</param>
    public FeedLease(ILeases leases, TimeProvider time, string owner, TimeSpan spacing)
    {
        ArgumentNullException.ThrowIfNull(leases);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        (this.leases, this.time, this.owner, this.spacing) = (leases, time, owner, spacing);
    }

    /// <summary>Asks while the right is held.</summary>
    /// <typeparam name="T">What is asked for.</typeparam>
    /// <param name="ask">The question; its token fires when the right is lost.</param>
    /// <param name="cancellation">Cancels the waiting and the question.</param>
    /// <returns>The answer, or <see cref="FeedFault.Suspended"/> when another process has the right or took it.</returns>
    internal async Task<FeedResult<T>> WithinAsync<T>(
        Func<CancellationToken, Task<FeedResult<T>>> ask, CancellationToken cancellation)
        where T : class
    {
        CancellationToken right;
        try
        {
            if (await EnterAsync(cancellation) is not { } token)
            {
                return Suspended<T>("Another process asks the feeds and did not let go in time.");
            }

            right = token;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Suspended<T>($"The right to ask the feeds could not be taken: {e.Message}");
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, right);
            return await ask(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Suspended<T>("Another process has taken the right to ask the feeds.");
        }
        finally
        {
            await LeaveAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gate.Dispose();
        held?.Dispose();
        stopRenewing?.Dispose();
    }

    private async Task<CancellationToken?> EnterAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await gate.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }

        try
        {
            if (users == 0)
            {
                while (!await HoldAsync(either.Token))
                {
                    await Task.Delay(Look, time, either.Token);
                }

                held?.Dispose();
                stopRenewing?.Dispose();
                held = new CancellationTokenSource();
                stopRenewing = new CancellationTokenSource();
                renewing = RenewAsync(held, stopRenewing.Token);
            }

            users++;
            return held!.Token;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task LeaveAsync()
    {
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            if (--users > 0)
            {
                return;
            }

            await stopRenewing!.CancelAsync();
            await renewing;
            if (!held!.IsCancellationRequested)
            {
                await leases.ReleaseAsync(Name, owner, time.GetUtcNow() + spacing, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // It ends by itself.
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task RenewAsync(CancellationTokenSource right, CancellationToken stop)
    {
        var end = time.GetUtcNow() + Length;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Renewal, time, stop);
                if (!await HoldAsync(stop))
                {
                    break;
                }

                end = time.GetUtcNow() + Length;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception) when (time.GetUtcNow() < end)
            {
                // The store does not answer just now; the right lasts yet.
            }
            catch (Exception)
            {
                break;
            }
        }

        if (!stop.IsCancellationRequested)
        {
            await right.CancelAsync();
        }
    }

    private Task<bool> HoldAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return leases.TryHoldAsync(Name, owner, now, now + Length, cancellation);
    }

    private static FeedResult<T> Suspended<T>(string message)
        where T : class => new(new FeedFailure(FeedFault.Suspended, message));
}
