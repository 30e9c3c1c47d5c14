using System.Data.Common;
using Dapper;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>The outbox.</summary>
internal sealed class Outbox(ISqlDatabase database)
{
    // Errors are for people to read; a server's page is not one.
    private const int MaxError = 500;

    private readonly AlertWriter writer = new(database.Dialect);

    public Task<IReadOnlyList<OutboxRow>> ReadWaitingAsync(string chat, int limit, CancellationToken cancellation) =>
        ReadAsync(OutboxSql.Waiting, new { chat, limit }, cancellation);

    public Task<IReadOnlyList<OutboxRow>> ReadNewestAsync(string? chat, int limit, CancellationToken cancellation) =>
        ReadBeforeAsync(chat, null, long.MaxValue, limit, cancellation);

    public Task<IReadOnlyList<OutboxRow>> ReadBeforeAsync(
        string? chat, OutboxState? state, long before, int limit, CancellationToken cancellation) =>
        ReadAsync(OutboxSql.Before(chat is not null, state), new { chat, state = (int?)state, before, limit }, cancellation);

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

    public Task MarkSentPlainAsync(long id, long? messageId, string reason, DateTimeOffset at, CancellationToken cancellation)
    {
        var row = new { id, messageId, error = Bounded(reason), at = at.ToUnixTimeMilliseconds() };
        return database.WriteAsync(c => c.Execute(OutboxSql.SentPlain, row) + c.Execute(OutboxSql.MembersSent, row), cancellation);
    }

    public Task SuppressAsync(IReadOnlyList<(long Id, string Reason)> rows, DateTimeOffset at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var ms = at.ToUnixTimeMilliseconds();
        return database.WriteAsync(
            c => rows.Sum(r => c.Execute(OutboxSql.Suppress, new { id = r.Id, error = Bounded(r.Reason), at = ms })), cancellation);
    }

    public Task<int> ExpireAsync(string chat, DateTimeOffset before, string reason, DateTimeOffset at, CancellationToken cancellation) =>
        database.WriteAsync(
            c =>
            {
                var ids = c.Query<long>(OutboxSql.WaitingBefore, new { chat, before = before.ToUnixTimeMilliseconds() }).ToList();
                foreach (var id in ids)
                {
                    var row = new { id, error = Bounded(reason), at = at.ToUnixTimeMilliseconds() };
                    c.Execute(OutboxSql.Failed, row);
                    c.Execute(OutboxSql.MembersFailed, row);
                }

                return ids.Count;
            },
            cancellation);

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
        var tries = waiting.Select(id => connection.QuerySingle<TriesData>(OutboxSql.Tries, new { id })).MaxBy(t => t.Attempts)!;
        if (tries.Attempts > 0)
        {
            connection.Execute(OutboxSql.Inherit, new { batchId, attempts = tries.Attempts, next = tries.NextAttemptMs, error = tries.LastError });
        }

        foreach (var id in waiting)
        {
            connection.Execute(OutboxSql.Join, new { id, batchId });
        }

        return batchId;
    }

    private static string Bounded(string error) => error.Length <= MaxError ? error : error[..MaxError];

    private sealed record TriesData(long Attempts, long? NextAttemptMs, string? LastError);
}
