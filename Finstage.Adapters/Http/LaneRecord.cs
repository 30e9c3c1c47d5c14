using Finstage.Grains.Ports;

namespace Finstage.Adapters.Http;

/// <summary>Counts the requests to one host. Thread-safe.</summary>
internal sealed class LaneRecord(TimeProvider time)
{
    private readonly Lock gate = new();
    private int running;
    private long requests;
    private long failures;
    private DateTimeOffset? lastAnswer;
    private (FeedFailure Failure, DateTimeOffset At)? lastFailure;

    public void Start()
    {
        lock (gate)
        {
            running++;
            requests++;
        }
    }

    /// <summary>Counts a request that has ended.</summary>
    /// <param name="result">What it gave; null where it was cancelled.</param>
    public void End(FeedResult? result)
    {
        lock (gate)
        {
            running--;
            if (result?.Failure is { } failure)
            {
                failures++;
                lastFailure = (failure, time.GetUtcNow());
            }
            else if (result is not null)
            {
                lastAnswer = time.GetUtcNow();
            }
        }
    }

    public HostStatus Status(string host, bool isSuspended, int waiting)
    {
        lock (gate)
        {
            return new HostStatus(
                host, isSuspended, running, waiting, requests, failures, lastAnswer, lastFailure?.Failure, lastFailure?.At);
        }
    }
}
