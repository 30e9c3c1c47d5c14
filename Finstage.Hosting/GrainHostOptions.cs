namespace Finstage.Hosting;

/// <summary>How the grains' host behaves. Set while registering; read-only from then on.</summary>
public sealed class GrainHostOptions
{
    /// <summary>The most calls that may wait for one grain; one more fails at once. 1 to 1,000,000; default 10,000.</summary>
    public int MailboxLimit { get; set; } = 10_000;

    /// <summary>
    /// How long a caller waits for an answer, and how long a grain's token lets it activate or deactivate. 1 ms to 1 day; default 30 s.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a grain is kept without a call or work of its own. 1 s to 30 days; default 10 minutes.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The most pieces of work that one grain may have under way outside its turns. 1 to 10,000; default 64.</summary>
    public int OutsideLimit { get; set; } = 64;

    /// <summary>How often the embedded host looks for due reminders. 100 ms to 1 minute; default 1 s.</summary>
    public TimeSpan ReminderTick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most reminders that the embedded host starts to deliver at one tick. 1 to 10,000; default 100.</summary>
    public int ReminderBatch { get; set; } = 100;

    /// <summary>Throws with every fault at once.</summary>
    internal void Validate()
    {
        var faults = new List<string>();
        Check(nameof(MailboxLimit), MailboxLimit, 1, 1_000_000);
        Check(nameof(CallTimeout), CallTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        Check(nameof(IdleAfter), IdleAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        Check(nameof(OutsideLimit), OutsideLimit, 1, 10_000);
        Check(nameof(ReminderTick), ReminderTick, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Check(nameof(ReminderBatch), ReminderBatch, 1, 10_000);
        if (faults.Count > 0)
        {
            throw new ArgumentException($"The grain host's options are wrong: {string.Join("; ", faults)}.");
        }

        void Check<T>(string name, T value, T min, T max)
            where T : IComparable<T>
        {
            if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            {
                faults.Add(FormattableString.Invariant($"{name} is {value}, it must be {min} to {max}"));
            }
        }
    }
}
