using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <content>What is to be told to whom.</content>
public sealed partial class SqlStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Chat>> ReadChatsAsync(CancellationToken cancellation) =>
        chats.ReadAsync(cancellation);

    /// <inheritdoc/>
    public Task SeedChatsAsync(IReadOnlyList<Chat> chats, CancellationToken cancellation) =>
        this.chats.SeedAsync(chats, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxRow>> ReadWaitingAsync(string chat, int limit, CancellationToken cancellation) =>
        outbox.ReadWaitingAsync(chat, limit, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxRow>> ReadNewestAsync(string? chat, int limit, CancellationToken cancellation) =>
        outbox.ReadNewestAsync(chat, limit, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxRow>> ReadBeforeAsync(string? chat, OutboxState? state, long before, int limit, CancellationToken cancellation) =>
        outbox.ReadBeforeAsync(chat, state, before, limit, cancellation);

    /// <inheritdoc/>
    public Task<int> CountAloneAsync(
        string chat, string symbol, AlertStream stream, long from, long to, CancellationToken cancellation) =>
        outbox.CountAloneAsync(chat, symbol, stream, from, to, cancellation);

    /// <inheritdoc/>
    public Task<int> CountWaitingAsync(CancellationToken cancellation) =>
        outbox.CountWaitingAsync(cancellation);

    /// <inheritdoc/>
    public Task RouteAsync(IReadOnlyList<AlertRoute> routes, CancellationToken cancellation) =>
        outbox.RouteAsync(routes, cancellation);

    /// <inheritdoc/>
    public Task<long?> CloseBatchAsync(
        string chat, AlertStream stream, long asOf, IReadOnlyList<long> members, DateTimeOffset at, CancellationToken cancellation) =>
        outbox.CloseBatchAsync(chat, stream, asOf, members, at, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxRow>> ReadBatchAsync(long batchId, CancellationToken cancellation) =>
        outbox.ReadBatchAsync(batchId, cancellation);

    /// <inheritdoc/>
    public Task MarkSentAsync(long id, long? messageId, DateTimeOffset at, CancellationToken cancellation) =>
        outbox.MarkSentAsync(id, messageId, at, cancellation);

    /// <inheritdoc/>
    public Task MarkSentPlainAsync(long id, long? messageId, string reason, DateTimeOffset at, CancellationToken cancellation) =>
        outbox.MarkSentPlainAsync(id, messageId, reason, at, cancellation);

    /// <inheritdoc/>
    public Task SuppressAsync(IReadOnlyList<(long Id, string Reason)> rows, DateTimeOffset at, CancellationToken cancellation) =>
        outbox.SuppressAsync(rows, at, cancellation);

    /// <inheritdoc/>
    public Task<int> ExpireAsync(string chat, DateTimeOffset before, string reason, DateTimeOffset at, CancellationToken cancellation) =>
        outbox.ExpireAsync(chat, before, reason, at, cancellation);

    /// <inheritdoc/>
    public Task MarkRetryAsync(long id, string error, DateTimeOffset nextAttempt, CancellationToken cancellation) =>
        outbox.MarkRetryAsync(id, error, nextAttempt, cancellation);

    /// <inheritdoc/>
    public Task MarkFailedAsync(long id, string error, DateTimeOffset at, CancellationToken cancellation) =>
        outbox.MarkFailedAsync(id, error, at, cancellation);
}
