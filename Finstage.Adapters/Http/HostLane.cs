using System.Globalization;
using System.Threading.RateLimiting;
using Finstage.Grains.Ports;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Finstage.Adapters.Http;

/// <summary>The way to one host. Thread-safe.</summary>
internal sealed class HostLane : IDisposable
{
    private readonly string host;
    private readonly HttpGateOptions options;
    private readonly RequestPacer pacer;
    private readonly ConcurrencyLimiter limiter;
    private readonly ResiliencePipeline<FeedResult> repeat;
    private readonly ResiliencePipeline<FeedResult> breaker;
    private readonly CircuitBreakerStateProvider circuit = new();
    private readonly LaneRecord record;
    private TaskCompletionSource? trialEnds;

    public HostLane(string host, HttpGateOptions options, TimeProvider time)
    {
        (this.host, this.options) = (host, options);
        pacer = new RequestPacer(options.Spacing, time);
        record = new LaneRecord(time);
        limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.MaxConcurrent, QueueLimit = options.MaxWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        breaker = new ResiliencePipelineBuilder<FeedResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<FeedResult>
            {
                ShouldHandle = args => ValueTask.FromResult(SpeaksAgainstHost(args.Outcome.Result?.Failure)),
                FailureRatio = options.BreakRatio,
                MinimumThroughput = options.BreakRequests,
                SamplingDuration = options.BreakWindow,
                BreakDuration = options.BreakPause,
                StateProvider = circuit,
                OnClosed = _ => TrialEnded(),
                OnOpened = _ => TrialEnded(),
            })
            .Build();
        repeat = options.Retries == 0
            ? ResiliencePipeline<FeedResult>.Empty
            : new ResiliencePipelineBuilder<FeedResult> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<FeedResult>
            {
                Randomizer = options.Random.NextDouble,
                ShouldHandle = args => ValueTask.FromResult(MayRepeat(args.Outcome.Result?.Failure)),
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = static args => ValueTask.FromResult(args.Outcome.Result?.Failure?.RetryAfter),
            })
            .Build();
    }

    public HostStatus Status
    {
        get
        {
            var queued = limiter.GetStatistics()?.CurrentQueuedCount ?? 0;
            var isSuspended = pacer.Pause > TimeSpan.Zero || circuit.CircuitState is CircuitState.Open;
            return record.Status(host, isSuspended, (int)queued);
        }
    }

    public async Task<FeedResult> RunAsync(Func<CancellationToken, Task<FeedResult>> attempt, CancellationToken cancellation) =>
        await repeat.ExecuteAsync(
            static async (state, token) => await state.Lane.TryAsync(state.Attempt, token), (Lane: this, Attempt: attempt), cancellation);

    public void Dispose() => limiter.Dispose();

    private async ValueTask<FeedResult> TryAsync(Func<CancellationToken, Task<FeedResult>> attempt, CancellationToken cancellation)
    {
        using var turn = await limiter.AcquireAsync(1, cancellation);
        if (!turn.IsAcquired)
        {
            return Suspended(string.Create(CultureInfo.InvariantCulture, $"{options.MaxWaiting} questions wait for {host} already."), null);
        }

        if (pacer.Pause is var pause && pause > options.MaxPause)
        {
            return Suspended($"{host} asked for a pause that has not ended.", pause);
        }

        while (true)
        {
            try
            {
                return await breaker.ExecuteAsync(
                    static async (state, token) => await state.Lane.AskAsync(state.Attempt, token), (Lane: this, Attempt: attempt), cancellation);
            }
            catch (BrokenCircuitException) when (circuit.CircuitState is CircuitState.HalfOpen)
            {
                // One question tries the host again; what it finds holds for those that came meanwhile, instead of failing them all.
                await TrialAsync(cancellation);
            }
            catch (BrokenCircuitException e)
            {
                var last = record.Status(host, isSuspended: true, waiting: 0).LastFailure is { } failure ? " " + failure.Message : string.Empty;
                return Suspended($"{host} failed too often just now and is left alone for a while.{last}", e.RetryAfter);
            }
        }
    }

    private async Task TrialAsync(CancellationToken cancellation)
    {
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ends = Interlocked.CompareExchange(ref trialEnds, fresh, null) ?? fresh;

        // Looked at once more: a trial that ended before there was anybody to tell tells nobody.
        if (circuit.CircuitState is CircuitState.HalfOpen)
        {
            await ends.Task.WaitAsync(cancellation);
        }
    }

    private ValueTask TrialEnded()
    {
        Interlocked.Exchange(ref trialEnds, null)?.TrySetResult();
        return default;
    }

    private async ValueTask<FeedResult> AskAsync(Func<CancellationToken, Task<FeedResult>> attempt, CancellationToken cancellation)
    {
        if (await pacer.WaitAsync(options.MaxPause, cancellation) is { } pause)
        {
            return Suspended($"{host} asked for a pause that has not ended.", pause);
        }

        record.Start();
        FeedResult? result = null;
        try
        {
            result = await attempt(cancellation);
            if (result.Failure?.RetryAfter is { } wait)
            {
                pacer.PauseFor(wait);
            }

            return result;
        }
        finally
        {
            record.End(result);
        }
    }

    private bool MayRepeat(FeedFailure? failure) =>
        failure?.Fault is FeedFault.RateLimited or FeedFault.Unavailable or FeedFault.Unreachable or FeedFault.Timeout or FeedFault.Malformed
        && !(failure.RetryAfter > options.MaxPause);

    // A host that answers, if only with something that cannot be read, is there.
    private static bool SpeaksAgainstHost(FeedFailure? failure) =>
        failure?.Fault is FeedFault.RateLimited or FeedFault.Unavailable or FeedFault.Unreachable or FeedFault.Timeout;

    private static FeedResult<object> Suspended(string message, TimeSpan? wait) => new(new FeedFailure(FeedFault.Suspended, message, wait));
}
