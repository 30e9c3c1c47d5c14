using System.Collections.Concurrent;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Http;

/// <summary>
/// The one way out to other people's servers: at most so many requests at once and so far apart for each host, repeated where a failure
/// was chance, with the pauses that hosts ask for, and none at all for a while after a host has failed too often. Thread-safe. It sends
/// nothing itself; <see cref="FeedClient"/> does.
/// </summary>
public sealed class HttpGate : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<HostLane>> lanes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HttpGateOptions options;
    private readonly TimeProvider time;

    /// <summary>Creates the gate; hosts get their lanes when they are first asked.</summary>
    /// <exception cref="ArgumentException">The options have faults; the message names them.</exception>
    public HttpGate(HttpGateOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var faults = options.Validate();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        (this.options, this.time) = (options, time);
    }

    /// <summary>How every host that was asked so far stands, by name.</summary>
    public IReadOnlyList<HostStatus> Hosts => [.. lanes.Values.Select(l => l.Value.Status).OrderBy(s => s.Host, StringComparer.Ordinal)];

    /// <summary>Does a request when its turn has come, and again where it failed by chance.</summary>
    /// <typeparam name="T">What is asked for.</typeparam>
    /// <param name="host">The host, with its port where it is not the usual one.</param>
    /// <param name="attempt">One request. It throws nothing but cancellation.</param>
    /// <param name="cancellation">Cancels the request, its waits and its repetitions.</param>
    /// <returns>What the last attempt gave, or <see cref="FeedFault.Suspended"/> when none was made.</returns>
    public async Task<FeedResult<T>> RunAsync<T>(
        string host, Func<CancellationToken, Task<FeedResult<T>>> attempt, CancellationToken cancellation)
        where T : class
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentNullException.ThrowIfNull(attempt);
        var lane = lanes.GetOrAdd(host, name => new Lazy<HostLane>(() => new HostLane(name, options, time))).Value;
        var result = await lane.RunAsync(async token => await attempt(token), cancellation);

        // What the lane itself refuses has no type of its own.
        return result as FeedResult<T> ?? new FeedResult<T>(result.Failure!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var lane in lanes.Values)
        {
            lane.Value.Dispose();
        }
    }
}

/// <summary>How one host stands. Immutable.</summary>
/// <param name="Host">The host, with its port where it is not the usual one.</param>
/// <param name="IsSuspended">Whether it is left alone: it failed too often just now, or asked for a pause that has not ended.</param>
/// <param name="Running">Requests under way.</param>
/// <param name="Waiting">Questions that wait for their turn.</param>
/// <param name="Requests">Requests made so far, repetitions included.</param>
/// <param name="Failures">Requests among them that gave no answer.</param>
/// <param name="LastAnswer">When a request last gave an answer; null before the first.</param>
/// <param name="LastFailure">The last failure; null before the first.</param>
/// <param name="LastFailureAt">When it happened.</param>
public sealed record HostStatus(
    string Host, bool IsSuspended, int Running, int Waiting, long Requests, long Failures, DateTimeOffset? LastAnswer,
    FeedFailure? LastFailure, DateTimeOffset? LastFailureAt);
