namespace Finstage.Grains.Notifier;

/// <summary>
/// Keeps all that one process sends to Telegram within its pace: a least time between two messages to one chat, so many a minute to a group,
/// and so many a second in all. Whoever sends asks first, and says when the answer is there. The console has no pace. Thread-safe.
/// </summary>
public sealed class SendGate(NotifierOptions options, TimeProvider clock)
{
    // Far above any watch group; strangers whom the bot answers come and go.
    private const int MaxChats = 1_000;

    private readonly Lock gate = new();
    private readonly long origin = clock.GetTimestamp();
    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private readonly SendWindow total = new(Math.Max(1, options.TotalPerSecond / options.Silos), TimeSpan.FromSeconds(1));

    /// <summary>Takes the right to send one message now.</summary>
    /// <param name="chat">The chat.</param>
    /// <returns>Zero when it was taken, else how long to wait before asking again.</returns>
    public TimeSpan TryTake(string chat)
    {
        if (chat == Ports.Chat.ConsoleId)
        {
            return TimeSpan.Zero;
        }

        lock (gate)
        {
            var now = clock.GetElapsedTime(origin);
            var lane = LaneOf(chat, now);
            var wait = Longest(lane.Free - now, lane.Window?.Wait(now) ?? TimeSpan.Zero, total.Wait(now));
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            lane.Free = now + options.Pace;
            lane.Window?.Add(now);
            total.Add(now);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Says that the answer to a chat's message is there: the pace counts from it, since only then it has surely arrived.</summary>
    /// <param name="chat">The chat.</param>
    public void Answered(string chat) => Block(chat, options.Pace);

    /// <summary>Sends nothing to a chat for a while.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="wait">How long from now.</param>
    public void Block(string chat, TimeSpan wait)
    {
        lock (gate)
        {
            var now = clock.GetElapsedTime(origin);
            var lane = LaneOf(chat, now);
            lane.Free = lane.Free > now + wait ? lane.Free : now + wait;
        }
    }

    private Lane LaneOf(string chat, TimeSpan now)
    {
        if (lanes.TryGetValue(chat, out var known))
        {
            return known;
        }

        if (lanes.Count >= MaxChats)
        {
            foreach (var idle in lanes.Where(l => l.Value.Free < now - TimeSpan.FromMinutes(1)).Select(l => l.Key).ToList())
            {
                lanes.Remove(idle);
            }
        }

        var isGroup = chat.Length > 0 && chat[0] is '-' or '@';
        var lane = new Lane { Window = isGroup ? new SendWindow(options.GroupPerMinute, TimeSpan.FromMinutes(1)) : null };
        lanes.Add(chat, lane);
        return lane;
    }

    private static TimeSpan Longest(TimeSpan a, TimeSpan b, TimeSpan c) => a > b ? a > c ? a : c : b > c ? b : c;

    private sealed class Lane
    {
        public TimeSpan Free { get; set; }

        public SendWindow? Window { get; init; }
    }

    // At most so many within any span of this length.
    private sealed class SendWindow(int most, TimeSpan span)
    {
        private readonly Queue<TimeSpan> taken = new();

        public TimeSpan Wait(TimeSpan now)
        {
            while (taken.Count > 0 && taken.Peek() <= now - span)
            {
                taken.Dequeue();
            }

            return taken.Count < most ? TimeSpan.Zero : taken.Peek() + span - now;
        }

        public void Add(TimeSpan now) => taken.Enqueue(now);
    }
}
