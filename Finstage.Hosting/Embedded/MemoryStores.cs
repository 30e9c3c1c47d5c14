using System.Collections.Concurrent;

namespace Finstage.Hosting.Embedded;

/// <summary>Keeps reminders while the process lives: for hosts without a store.</summary>
internal sealed class MemoryReminderStore : IReminderStore
{
    private readonly ConcurrentDictionary<(string Kind, string Key, string Name), ReminderRow> rows = new();

    public Task<IReadOnlyList<ReminderRow>> ReadDueAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ReminderRow>>(
            [.. rows.Values.Where(r => r.NextDue <= now).OrderBy(r => r.NextDue).Take(limit)]);

    public Task UpsertAsync(ReminderRow reminder, CancellationToken cancellation)
    {
        rows[(reminder.Kind, reminder.Key, reminder.Name)] = reminder;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string kind, string key, string name, CancellationToken cancellation)
    {
        rows.TryRemove((kind, key, name), out _);
        return Task.CompletedTask;
    }
}

/// <summary>Keeps grain state while the process lives: for hosts without a store.</summary>
internal sealed class MemoryGrainStateStore : IGrainStateStore
{
    private readonly ConcurrentDictionary<(string Kind, string Key, string Name), string> texts = new();

    public Task<string?> ReadAsync(string kind, string key, string name, CancellationToken cancellation) =>
        Task.FromResult(texts.GetValueOrDefault((kind, key, name)));

    public Task WriteAsync(string kind, string key, string name, string json, CancellationToken cancellation)
    {
        texts[(kind, key, name)] = json;
        return Task.CompletedTask;
    }

    public Task<bool> ReplaceAsync(string kind, string key, string name, string json, string? known, CancellationToken cancellation) =>
        Task.FromResult(known is null ? texts.TryAdd((kind, key, name), json) : texts.TryUpdate((kind, key, name), json, known));
}
