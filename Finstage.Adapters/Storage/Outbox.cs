using System.Data.Common;
using Dapper;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>The outbox and its chats.</summary>
internal sealed class Outbox(ISqlDatabase database) : IOutbox
{
    // Errors are for people to read; a server's page is not one.
    private const int MaxError = 500;

    private readonly AlertWriter writer = new(database.Dialect);

    private readonly string insertChat =
        $"{database.Dialect.InsertNew} chats (id, language, enabled) VALUES (@Id, @Language, @Enabled) {database.Dialect.IfNew}";

    public Task<IReadOnlyList<Chat>> ReadChatsAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Chat>>(
            c => [.. c.Query<(string Id, string Language, long Enabled)>(OutboxSql.Chats).Select(r => new Chat(r.Id, r.Language, r.Enabled != 0))],
            cancellation);

    public Task SeedChatsAsync(IReadOnlyList<Chat> chats, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chats);
        return database.WriteAsync(
            c =>
            {
                c.Execute(OutboxSql.SwitchAllOff);
                foreach (var chat in chats)
                {
                    var row = new { chat.Id, chat.Language, Enabled = chat.Enabled ? 1 : 0 };
                    if (c.Execute(insertChat, row) == 0)
                    {
                        c.Execute(OutboxSql.SwitchChat, row);
                    }
                }

                return chats.Count;
            },
            cancellation);
    }

    public Task<IReadOnlyList<OutboxRow>> ReadWaitingAsync(string chat, int limit, CancellationToken cancellation) =>
        ReadAsync(OutboxSql.Waiting, new { chat, limit }, cancellation);

    public Task<IReadOnlyList<OutboxRow>> ReadNewestAsync(string? chat, int limit, CancellationToken cancellation) =>
        ReadAsync(chat is null ? OutboxSql.Newest : OutboxSql.NewestOfChat, new { chat, limit }, cancellation);

    public Task<IReadOnlyList<OutboxRow>> ReadBatchAsync(long batchId, CancellationToken cancellation) =>
        ReadAsync(OutboxSql.Members, new { batchId }, cancellation);

    public Task<int> CountAloneAsync(
        string chat, string symbol, AlertStream stream, long from, long to, CancellationToken cancellation) =>
        database.ReadAsync(
            c => c.ExecuteScalar<int>(OutboxSql.CountAlone, new { chat, symbol, stream = (int)stream, from, to }), cancellation);

    public Task<int> CountWaitingAsync(CancellationToken cancellation) =>
        database.ReadAsync(c => c.ExecuteScalar<int>(OutboxSql.CountWaiting), cancellation);

    public Task RouteAsync(IReadOnlyList<AlertRoute> routes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return database.WriteAsync(
            c => routes.Sum(r => c.Execute(OutboxSql.Route, new { r.Id, Delivery = (int)r.Delivery, r.DueAt })), cancellation);
    }

    public Task<long?> CloseBatchAsync(
        string chat, AlertStream stream, long asOf, IReadOnlyList<long> members, DateTimeOffset at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(members);
        return database.WriteAsync(c => CloseBatch(c, chat, stream, asOf, members, at), cancellation);
    }

    public Task MarkSentAsync(long id, long? messageId, DateTimeOffset at, CancellationToken cancellation)
    {
        var row = new { id, messageId, at = at.ToUnixTimeMilliseconds() };
        return database.WriteAsync(c => c.Execute(OutboxSql.Sent, row) + c.Execute(OutboxSql.MembersSent, row), cancellation);
    }

    public Task MarkRetryAsync(long id, string error, DateTimeOffset nextAttempt, CancellationToken cancellation)
    {
        var row = new { id, error = Bounded(error), next = nextAttempt.ToUnixTimeMilliseconds() };
        return database.WriteAsync(c => c.Execute(OutboxSql.Retry, row), cancellation);
    }

    public Task MarkFailedAsync(long id, string error, DateTimeOffset at, CancellationToken cancellation)
    {
        var row = new { id, error = Bounded(error), at = at.ToUnixTimeMilliseconds() };
        return database.WriteAsync(c => c.Execute(OutboxSql.Failed, row) + c.Execute(OutboxSql.MembersFailed, row), cancellation);
    }

    private Task<IReadOnlyList<OutboxRow>> ReadAsync(string sql, object values, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<OutboxRow>>(c => [.. c.Query<OutboxData>(sql, values).Select(r => r.ToRow())], cancellation);

    private long? CloseBatch(
        DbConnection connection, string chat, AlertStream stream, long asOf, IReadOnlyList<long> members, DateTimeOffset at)
    {
        var waiting = members.Distinct()
            .Where(id => connection.ExecuteScalar<long>(OutboxSql.IsWaiting, new { id, chat, stream = (int)stream }) == 1)
            .ToList();
        if (waiting.Count == 0)
        {
            return null;
        }

        // A row is a member of one batch at most, so the first member's number names the batch.
        var batch = new Alert(
            $"batch:{waiting.Min()}", AlertKind.Batch, string.Empty, AlertPriority.Medium, stream, asOf, asOf, AlertDelivery.Alone, "{}");
        writer.Insert(connection, chat, batch, at);
        var batchId = connection.ExecuteScalar<long>(database.Dialect.LastId);
        foreach (var id in waiting)
        {
            connection.Execute(OutboxSql.Join, new { id, batchId });
        }

        return batchId;
    }

    private static string Bounded(string error) => error.Length <= MaxError ? error : error[..MaxError];
}
