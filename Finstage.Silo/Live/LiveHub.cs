using System.Globalization;
using System.Text.Json;

namespace Finstage.Silo.Live;

/// <summary>
/// Hands what has happened to everybody who listens, and remembers the last of it for those who come back. A listener that does not
/// keep up is let go, so that it never holds up the others. Thread-safe.
/// </summary>
internal sealed class LiveHub(TimeProvider clock)
{
    /// <summary>The event that says: something may be missing before it, read everything again.</summary>
    public const string Reset = "reset";

    /// <summary>Events remembered for those who come back.</summary>
    public const int Remembered = 1_024;

    /// <summary>Events that may wait for one listener.</summary>
    public const int Backlog = 256;

    /// <summary>Listeners at a time.</summary>
    public const int MaxListeners = 64;

    /// <summary>How long the last listener is expected back.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Queue<LiveEvent> ring = new();
    private readonly HashSet<LiveListener> listeners = [];

    // Numbers begin anew with each process: one of another process is told apart by this.
    private readonly string epoch = Guid.NewGuid().ToString("n")[..8];
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? deserted;
    private long last;

    /// <summary>How many listen.</summary>
    public int Listeners
    {
        get
        {
            lock (gate)
            {
                return listeners.Count;
            }
        }
    }

    /// <summary>Whether somebody listens, or is expected back.</summary>
    public bool IsWanted
    {
        get
        {
            lock (gate)
            {
                return IsWantedNow;
            }
        }
    }

    private bool IsWantedNow => listeners.Count > 0 || (deserted is { } since && clock.GetElapsedTime(since) < Linger);

    /// <summary>Waits until somebody listens.</summary>
    public async Task ListenedToAsync(CancellationToken cancellation)
    {
        Task waiting;
        lock (gate)
        {
            waiting = IsWantedNow ? Task.CompletedTask : arrival.Task;
        }

        await waiting.WaitAsync(cancellation);
    }

    /// <summary>Begins to listen, after an event that was heard before or from now on.</summary>
    /// <param name="after">The id of the last event that was heard; null or empty for none.</param>
    /// <returns>The listener, to be disposed; null when there are too many.</returns>
    public LiveListener? Listen(string? after)
    {
        lock (gate)
        {
            if (listeners.Count >= MaxListeners)
            {
                return null;
            }

            var number = NumberOf(after);
            var missed = number is null ? [] : ring.Where(e => e.Number > number).ToList();
            var isGap = !string.IsNullOrEmpty(after) && number is null;
            var listener = new LiveListener(this, IdOf(number ?? last), isGap, missed, Backlog);
            listeners.Add(listener);
            arrival.TrySetResult();
            return listener;
        }
    }

    /// <summary>Tells everybody what has happened.</summary>
    public void Publish(IReadOnlyList<LiveChange> changes)
    {
        lock (gate)
        {
            foreach (var change in changes)
            {
                var told = new LiveEvent(++last, IdOf(last), change.Kind, Json(change.Korean), Json(change.English));
                ring.Enqueue(told);
                if (ring.Count > Remembered)
                {
                    ring.Dequeue();
                }

                listeners.RemoveWhere(listener => !listener.Offer(told));
            }

            Desert();
        }
    }

    /// <summary>Forgets what happened: from now on it is not known any more.</summary>
    public void Forget()
    {
        lock (gate)
        {
            // The number that nobody has heard is the gap.
            last++;
            ring.Clear();
        }
    }

    /// <summary>Lets a listener go.</summary>
    public void Leave(LiveListener listener)
    {
        lock (gate)
        {
            if (listeners.Remove(listener))
            {
                Desert();
            }
        }
    }

    private static string Json(object value) => JsonSerializer.Serialize(value, value.GetType(), JsonSerializerOptions.Web);

    private void Desert()
    {
        if (listeners.Count == 0 && arrival.Task.IsCompleted)
        {
            deserted = clock.GetTimestamp();
            arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{epoch}-{number}");

    // Null for an id after which something is not remembered any more, or which this process never gave.
    private long? NumberOf(string? id)
    {
        var first = ring.TryPeek(out var oldest) ? oldest.Number - 1 : last;
        return id is not null && id.StartsWith(epoch, StringComparison.Ordinal) && id.Length > epoch.Length + 1
            && long.TryParse(id.AsSpan(epoch.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= first && number <= last ? number : null;
    }
}

/// <summary>Something that has happened.</summary>
/// <param name="Kind">What kind of event it is.</param>
/// <param name="Korean">What is told of it in Korean, as it goes into JSON.</param>
/// <param name="English">The same in English.</param>
internal sealed record LiveChange(string Kind, object Korean, object English)
{
    /// <summary>Something that is told alike in all languages.</summary>
    public LiveChange(string kind, object told)
        : this(kind, told, told)
    {
    }
}

/// <summary>Something that was told.</summary>
internal sealed record LiveEvent(long Number, string Id, string Kind, string Korean, string English);
