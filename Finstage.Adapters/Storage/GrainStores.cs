using Dapper;
using Finstage.Hosting;

namespace Finstage.Adapters.Storage;

/// <summary>The embedded host's reminders.</summary>
internal sealed class ReminderStore(ISqlDatabase database) : IReminderStore
{
    private const string Due =
        """
        SELECT grain_kind AS Kind, grain_key AS GrainKey, name AS Name, next_due_ms AS NextDueMs, period_ms AS PeriodMs
        FROM reminders WHERE next_due_ms <= @Now ORDER BY next_due_ms LIMIT @Limit
        """;

    private const string Update =
        """
        UPDATE reminders SET next_due_ms = @NextDue, period_ms = @Period
        WHERE grain_kind = @Kind AND grain_key = @Key AND name = @Name
        """;

    private const string Remove = "DELETE FROM reminders WHERE grain_kind = @kind AND grain_key = @key AND name = @name";

    private readonly string insert =
        $"""
        {database.Dialect.InsertNew} reminders (grain_kind, grain_key, name, next_due_ms, period_ms)
        VALUES (@Kind, @Key, @Name, @NextDue, @Period) {database.Dialect.IfNew}
        """;

    public Task<IReadOnlyList<ReminderRow>> ReadDueAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<ReminderRow>>(
            connection =>
            [
                .. connection.Query<Row>(Due, new { Now = now.ToUnixTimeMilliseconds(), Limit = limit }).Select(r => new ReminderRow(
                    r.Kind, r.GrainKey, r.Name, DateTimeOffset.FromUnixTimeMilliseconds(r.NextDueMs), TimeSpan.FromMilliseconds(r.PeriodMs))),
            ],
            cancellation);

    public Task UpsertAsync(ReminderRow reminder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        var row = new
        {
            reminder.Kind, reminder.Key, reminder.Name, NextDue = reminder.NextDue.ToUnixTimeMilliseconds(),
            Period = (long)reminder.Period.TotalMilliseconds,
        };
        return database.WriteAsync(c => c.Execute(insert, row) == 1 ? 1 : c.Execute(Update, row), cancellation);
    }

    public Task RemoveAsync(string kind, string key, string name, CancellationToken cancellation) =>
        database.WriteAsync(c => c.Execute(Remove, new { kind, key, name }), cancellation);

    private sealed record Row(string Kind, string GrainKey, string Name, long NextDueMs, long PeriodMs);
}

/// <summary>The embedded host's grain state.</summary>
internal sealed class GrainStateStore(ISqlDatabase database) : IGrainStateStore
{
    private const string Read =
        "SELECT json FROM grain_state WHERE grain_kind = @kind AND grain_key = @key AND name = @name";

    private const string Update =
        "UPDATE grain_state SET json = @json WHERE grain_kind = @kind AND grain_key = @key AND name = @name";

    private const string Replace =
        "UPDATE grain_state SET json = @json WHERE grain_kind = @kind AND grain_key = @key AND name = @name AND json = @known";

    private readonly string insert =
        $"""
        {database.Dialect.InsertNew} grain_state (grain_kind, grain_key, name, json) VALUES (@kind, @key, @name, @json)
        {database.Dialect.IfNew}
        """;

    public Task<string?> ReadAsync(string kind, string key, string name, CancellationToken cancellation) =>
        database.ReadAsync(c => c.QuerySingleOrDefault<string?>(Read, new { kind, key, name }), cancellation);

    public Task WriteAsync(string kind, string key, string name, string json, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(json);
        return database.WriteAsync(
            c => c.Execute(insert, new { kind, key, name, json }) == 1 ? 1 : c.Execute(Update, new { kind, key, name, json }), cancellation);
    }

    public Task<bool> ReplaceAsync(string kind, string key, string name, string json, string? known, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(json);
        return database.WriteAsync(
            c => c.Execute(known is null ? insert : Replace, new { kind, key, name, json, known }) == 1, cancellation);
    }
}
