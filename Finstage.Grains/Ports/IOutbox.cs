using Finstage.Analysis.Signals;

namespace Finstage.Grains.Ports;

/// <summary>
/// What is to be told to whom: the truth about alerts. Thread-safe. Every method is one unit of work that commits or rolls back whole.
/// </summary>
public interface IOutbox
{
    /// <summary>Every chat.</summary>
    Task<IReadOnlyList<Chat>> ReadChatsAsync(CancellationToken cancellation);

    /// <summary>
    /// Makes the chats what the settings say: new ones are added and those not named switched off. A known one takes the settings'
    /// language and wishes only where they have changed since the last time: what people chose meanwhile stays.
    /// </summary>
    Task SeedChatsAsync(IReadOnlyList<Chat> chats, CancellationToken cancellation);

    /// <summary>
    /// The chat's rows that wait, the most urgent first and then the oldest, at most <paramref name="limit"/>: a backlog never hides
    /// a high alert.
    /// </summary>
    Task<IReadOnlyList<OutboxRow>> ReadWaitingAsync(string chat, int limit, CancellationToken cancellation);

    /// <summary>The newest rows of a chat or of all, newest first, in any state: for people to look at.</summary>
    Task<IReadOnlyList<OutboxRow>> ReadNewestAsync(string? chat, int limit, CancellationToken cancellation);

    /// <summary>The same of rows with numbers below one, in one state or in any: the page after.</summary>
    Task<IReadOnlyList<OutboxRow>> ReadBeforeAsync(string? chat, OutboxState? state, long before, int limit, CancellationToken cancellation);

    /// <summary>How many rows of this chat and symbol went alone (sent or chosen to be), with <c>AsOf</c> in (from, to], in the same stream.</summary>
    Task<int> CountAloneAsync(string chat, string symbol, AlertStream stream, long from, long to, CancellationToken cancellation);

    /// <summary>How many rows wait, over all chats.</summary>
    Task<int> CountWaitingAsync(CancellationToken cancellation);

    /// <summary>Fixes for rows whether they go alone or in the batch that is due at <c>DueAt</c>.</summary>
    Task RouteAsync(IReadOnlyList<AlertRoute> routes, CancellationToken cancellation);

    /// <summary>
    /// Closes a batch: writes one row for it and makes the given rows its members, in one transaction. Rows that are no longer
    /// waiting are left out; when none is left, nothing is written. The batch goes on with the attempts and the wait that its members
    /// had.
    /// </summary>
    /// <returns>The batch row's id, or null when nothing was written.</returns>
    Task<long?> CloseBatchAsync(
        string chat, AlertStream stream, long asOf, IReadOnlyList<long> members, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>The members of a batch row, in the order they were written.</summary>
    Task<IReadOnlyList<OutboxRow>> ReadBatchAsync(long batchId, CancellationToken cancellation);

    /// <summary>Marks a row, and the members of a batch with it, as sent; what went before in vain is then forgotten.</summary>
    Task MarkSentAsync(long id, long? messageId, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>The same for a row that went as plain text only, with the reason.</summary>
    Task MarkSentPlainAsync(long id, long? messageId, string reason, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Marks waiting rows as not told because the chat does not wish them, each with its reason.</summary>
    Task SuppressAsync(IReadOnlyList<(long Id, string Reason)> rows, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Gives up, with the reason, what has waited in a chat since before a moment, at most 1,000 rows with their members.</summary>
    /// <returns>How many rows were given up, members not counted.</returns>
    Task<int> ExpireAsync(string chat, DateTimeOffset before, string reason, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Counts an attempt that failed and says when the next may be made.</summary>
    Task MarkRetryAsync(long id, string error, DateTimeOffset nextAttempt, CancellationToken cancellation);

    /// <summary>Marks a row, and the members of a batch with it, as given up, with the reason.</summary>
    Task MarkFailedAsync(long id, string error, DateTimeOffset at, CancellationToken cancellation);
}

/// <summary>Which time an alert follows. The numbers are stored.</summary>
public enum AlertStream
{
    /// <summary>The clock.</summary>
    Live = 0,

    /// <summary>The replayed candles' time.</summary>
    Replay = 1,
}

/// <summary>How an alert goes out. The numbers are stored.</summary>
public enum AlertDelivery
{
    /// <summary>Not decided yet: a high alert that the cap may move into the batch.</summary>
    Undecided = 0,

    /// <summary>In a message of its own.</summary>
    Alone = 1,

    /// <summary>In the batch of its quarter of an hour.</summary>
    Batch = 2,
}

/// <summary>Where an outbox row stands. The numbers are stored.</summary>
public enum OutboxState
{
    /// <summary>Not sent yet.</summary>
    Waiting = 0,

    /// <summary>A member of a closed batch that is not sent yet.</summary>
    InBatch = 1,

    /// <summary>Sent.</summary>
    Sent = 2,

    /// <summary>Given up, for the reason in the last error.</summary>
    Failed = 3,

    /// <summary>Not told, because the chat does not wish it; the reason stands in the last error.</summary>
    Suppressed = 4,
}

/// <summary>What a row tells of. The numbers are stored.</summary>
public enum AlertKind
{
    /// <summary>A strategy's signal.</summary>
    Signal = 0,

    /// <summary>Several alerts in one message.</summary>
    Batch = 1,

    /// <summary>What a price did.</summary>
    Price = 2,

    /// <summary>One message of a report; it is written in its chat's language already.</summary>
    Report = 3,

    /// <summary>The new headlines of one crawl.</summary>
    News = 4,
}

/// <summary>Something to be told, before it is known to whom.</summary>
/// <param name="Key">Unique per chat: the same key is written once, ever.</param>
/// <param name="Kind">What it tells of.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="Priority">Medium or high; low never enters the outbox.</param>
/// <param name="Stream">Which time it follows.</param>
/// <param name="AsOf">When it happened, in that time, Unix seconds.</param>
/// <param name="DueAt">When it may go out, in that time, Unix seconds: at once when high, at its quarter's end when medium.</param>
/// <param name="Delivery">How it goes out.</param>
/// <param name="Payload">What happened, as JSON: the sentences are made when it is sent, in the chat's language.</param>
public sealed record Alert(
    string Key, AlertKind Kind, string Symbol, AlertPriority Priority, AlertStream Stream, long AsOf, long DueAt,
    AlertDelivery Delivery, string Payload);

/// <summary>A row's way out, decided by the notifier.</summary>
public sealed record AlertRoute(long Id, AlertDelivery Delivery, long DueAt);

/// <summary>One message to one chat, or a part of one.</summary>
/// <param name="Id">Its number, shown at the message's end.</param>
/// <param name="Chat">The chat.</param>
/// <param name="Alert">What it tells.</param>
/// <param name="State">Where it stands.</param>
/// <param name="BatchId">The batch it belongs to, or null.</param>
/// <param name="Attempts">Attempts that failed.</param>
/// <param name="NextAttempt">Not before this moment, or null.</param>
/// <param name="LastError">Why the last attempt failed, or null.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="SentAt">When it was sent, or null.</param>
public sealed record OutboxRow(
    long Id, string Chat, Alert Alert, OutboxState State, long? BatchId, int Attempts, DateTimeOffset? NextAttempt,
    string? LastError, DateTimeOffset CreatedAt, DateTimeOffset? SentAt);
