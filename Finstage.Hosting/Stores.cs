namespace Finstage.Hosting;

/// <summary>A durable heartbeat of a grain. Times are UTC.</summary>
/// <param name="Kind">The grain's kind, such as <c>Job</c>.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="Name">The reminder's name within the grain.</param>
/// <param name="NextDue">When it is due next.</param>
/// <param name="Period">The time between two beats, at least a minute.</param>
public sealed record ReminderRow(string Kind, string Key, string Name, DateTimeOffset NextDue, TimeSpan Period);

/// <summary>Where the embedded host keeps reminders. Implementations are thread-safe.</summary>
public interface IReminderStore
{
    /// <summary>Every reminder that is due at or before <paramref name="now"/>, earliest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<ReminderRow>> ReadDueAsync(DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>Adds the reminder or changes it.</summary>
    Task UpsertAsync(ReminderRow reminder, CancellationToken cancellation);

    /// <summary>Removes the reminder, if it is there.</summary>
    Task RemoveAsync(string kind, string key, string name, CancellationToken cancellation);
}

/// <summary>Where a host on this machine keeps grain state, as JSON text. Implementations are thread-safe.</summary>
public interface IGrainStateStore
{
    /// <summary>The state's text, or null when it was never written.</summary>
    Task<string?> ReadAsync(string kind, string key, string name, CancellationToken cancellation);

    /// <summary>Writes the state's text.</summary>
    Task WriteAsync(string kind, string key, string name, string json, CancellationToken cancellation);
}
