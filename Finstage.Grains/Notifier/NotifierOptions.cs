namespace Finstage.Grains.Notifier;

/// <summary>How fast chats are written to, and how long what fails is tried again. All waits follow the clock.</summary>
public sealed class NotifierOptions
{
    /// <summary>The least time between two messages to one Telegram chat. Default 1 s, 0 to 1 min; the console has none.</summary>
    public TimeSpan Pace { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most messages a minute to one group or channel, whose ids are negative or names. Default 20, 1 to 100,000.</summary>
    public int GroupPerMinute { get; set; } = 20;

    /// <summary>The most messages a second over all chats. Default 25, 1 to 100,000.</summary>
    public int TotalPerSecond { get; set; } = 25;

    /// <summary>Processes that share <see cref="TotalPerSecond"/>, each with its part: the silos of a cluster. Default 1, 1 to 100.</summary>
    public int Silos { get; set; } = 1;

    /// <summary>The most alerts an hour that one symbol may send alone to one chat; the rest joins the batch. Default 3, 1 to 100,000.</summary>
    public int AlonePerHour { get; set; } = 3;

    /// <summary>How long a high alert may wait to be sent before it joins a digest. Default 30 min, 1 s to 24 h.</summary>
    public TimeSpan DigestAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether a high alert is followed by its chart. Default true.</summary>
    public bool Charts { get; set; } = true;

    /// <summary>The wait after the first failed attempt; it doubles with each further one. Default 2 s, 10 ms to 10 min.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between two attempts. Default 5 min, at least <see cref="FirstRetry"/>.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How old a message may become while the receiver fails or cannot be reached; then it is given up with the reason. A refused token and
    /// a receiver that asks to wait do not count. Default 24 h, 1 min to 30 days.
    /// </summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a replay may be silent before its open batches go out as they are. Default 20 min.</summary>
    public TimeSpan ReplaySilence { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Every fault of these options; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Check(nameof(Pace), Pace, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Check(nameof(GroupPerMinute), GroupPerMinute, 1, 100_000);
        Check(nameof(TotalPerSecond), TotalPerSecond, 1, 100_000);
        Check(nameof(Silos), Silos, 1, 100);
        Check(nameof(AlonePerHour), AlonePerHour, 1, 100_000);
        Check(nameof(DigestAfter), DigestAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        Check(nameof(FirstRetry), FirstRetry, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10));
        Check(nameof(LongestRetry), LongestRetry, FirstRetry, TimeSpan.FromHours(24));
        Check(nameof(GiveUpAfter), GiveUpAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        Check(nameof(ReplaySilence), ReplaySilence, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(24));
        return faults;

        void Check<T>(string name, T value, T min, T max)
            where T : IComparable<T>
        {
            if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            {
                faults.Add($"Notifier:{name} is {value}; it must be from {min} to {max}.");
            }
        }
    }
}
