namespace Finstage.Adapters.Http;

/// <summary>
/// Lets requests start one after the other, at least so far apart, and none while a pause lasts. Counts on the monotonic clock, so that
/// a wall clock that jumps changes nothing. Thread-safe.
/// </summary>
internal sealed class RequestPacer(TimeSpan spacing, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);
    private static readonly TimeSpan OneTick = TimeSpan.FromMilliseconds(1);

    private readonly Lock gate = new();
    private readonly long origin = time.GetTimestamp();
    private TimeSpan nextStart;
    private TimeSpan pauseEnd;

    /// <summary>How long the pause lasts yet; zero where there is none.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (gate)
            {
                return Left(pauseEnd);
            }
        }
    }

    /// <summary>Starts a pause, or makes it longer; never shorter, and a day at most.</summary>
    public void PauseFor(TimeSpan length)
    {
        lock (gate)
        {
            var end = time.GetElapsedTime(origin) + (length < LongestPause ? length : LongestPause);
            pauseEnd = end > pauseEnd ? end : pauseEnd;
        }
    }

    /// <summary>Waits for the turn to start.</summary>
    /// <returns>Null when the turn has come; how long the pause lasts where that is more than <paramref name="patience"/>.</returns>
    public async ValueTask<TimeSpan?> WaitAsync(TimeSpan patience, CancellationToken cancellation)
    {
        while (true)
        {
            TimeSpan start;
            lock (gate)
            {
                if (Left(pauseEnd) is var pause && pause > patience)
                {
                    return pause;
                }

                var now = time.GetElapsedTime(origin);
                start = nextStart > now ? nextStart : now;
                start = pauseEnd > start ? pauseEnd : start;
                nextStart = start + spacing;
            }

            while (Left(start) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left > OneTick ? left : OneTick, time, cancellation);
            }

            // A pause that began meanwhile takes the turn away.
            if (Pause == TimeSpan.Zero)
            {
                return null;
            }
        }
    }

    private TimeSpan Left(TimeSpan moment)
    {
        var left = moment - time.GetElapsedTime(origin);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
