using Finstage.Hosting;

namespace Finstage.Adapters.Storage;

/// <content>The reminders and the state of the embedded host.</content>
public sealed partial class SqlStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ReminderRow>> ReadDueAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        reminders.ReadDueAsync(now, limit, cancellation);

    /// <inheritdoc/>
    public Task UpsertAsync(ReminderRow reminder, CancellationToken cancellation) =>
        reminders.UpsertAsync(reminder, cancellation);

    /// <inheritdoc/>
    public Task RemoveAsync(string kind, string key, string name, CancellationToken cancellation) =>
        reminders.RemoveAsync(kind, key, name, cancellation);

    /// <inheritdoc/>
    public Task<string?> ReadAsync(string kind, string key, string name, CancellationToken cancellation) =>
        grainState.ReadAsync(kind, key, name, cancellation);

    /// <inheritdoc/>
    public Task WriteAsync(string kind, string key, string name, string json, CancellationToken cancellation) =>
        grainState.WriteAsync(kind, key, name, json, cancellation);

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(string kind, string key, string name, string json, string? known, CancellationToken cancellation) =>
        grainState.ReplaceAsync(kind, key, name, json, known, cancellation);
}
