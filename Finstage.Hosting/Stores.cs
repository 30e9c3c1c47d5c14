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

/// <summary>Where a host keeps grain state, as JSON text. Implementations are thread-safe.</summary>
public interface IGrainStateStore
{
    /// <summary>The state's text, or null when it was never written.</summary>
    Task<string?> ReadAsync(string kind, string key, string name, CancellationToken cancellation);

    /// <summary>Writes the state's text.</summary>
    Task WriteAsync(string kind, string key, string name, string json, CancellationToken cancellation);

    /// <summary>Writes the state's text where the stored one is what the writer knows, so that of two writers one finds out.</summary>
    /// <param name="kind">The grain's kind.</param>
    /// <param name="key">The grain's key.</param>
    /// <param name="name">The state's name within the grain.</param>
    /// <param name="json">The new text.</param>
    /// <param name="known">The text as the writer read or wrote it last; null when there was none.</param>
    /// <param name="cancellation">Gives up before the writing begins.</param>
    /// <returns>Whether it was written; otherwise somebody else has written since.</returns>
    Task<bool> ReplaceAsync(string kind, string key, string name, string json, string? known, CancellationToken cancellation);
}
