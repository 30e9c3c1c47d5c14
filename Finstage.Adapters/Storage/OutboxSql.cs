using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>The outbox's statements. States: 0 waiting, 1 in a batch, 2 sent, 3 failed, 4 suppressed.</summary>
internal static class OutboxSql
{
    public const string Waiting = $"{Rows} WHERE state = 0 AND chat = @chat ORDER BY priority DESC, id LIMIT @limit";

    public const string Members = $"{Rows} WHERE batch_id = @batchId ORDER BY id";

    // Alone, and sent or waiting to be: what was given up was never seen.
    public const string CountAlone =
        """
        SELECT COUNT(*) FROM outbox
        WHERE chat = @chat AND symbol = @symbol AND stream = @stream AND delivery = 1 AND as_of > @from AND as_of <= @to
              AND state IN (0, 2)
        """;

    public const string CountWaiting = "SELECT COUNT(*) FROM outbox WHERE state = 0";

    public const string IsWaiting =
        "SELECT COUNT(*) FROM outbox WHERE id = @id AND chat = @chat AND stream = @stream AND kind <> 1 AND state = 0";

    public const string Route = "UPDATE outbox SET delivery = @Delivery, due_at = @DueAt WHERE id = @Id AND state = 0";

    public const string Join = "UPDATE outbox SET state = 1, batch_id = @batchId WHERE id = @id AND state = 0";

    public const string Sent =
        """
        UPDATE outbox SET state = 2, sent_ms = @at, message_id = @messageId, last_error = NULL, next_attempt_ms = NULL
        WHERE id = @id AND state = 0
        """;

    public const string SentPlain =
        """
        UPDATE outbox SET state = 2, sent_ms = @at, message_id = @messageId, last_error = @error, next_attempt_ms = NULL
        WHERE id = @id AND state = 0
        """;

    public const string Suppress = "UPDATE outbox SET state = 4, failed_ms = @at, last_error = @error WHERE id = @id AND state = 0";

    public const string WaitingBefore =
        "SELECT id FROM outbox WHERE state = 0 AND chat = @chat AND created_ms < @before ORDER BY id LIMIT 1000";

    // What the members of a batch have gone through, the batch has.
    public const string Inherit =
        "UPDATE outbox SET attempts = @attempts, next_attempt_ms = @next, last_error = @error WHERE id = @batchId";

    public const string Tries =
        "SELECT attempts AS Attempts, next_attempt_ms AS NextAttemptMs, last_error AS LastError FROM outbox WHERE id = @id";

    public const string MembersSent =
        "UPDATE outbox SET state = 2, sent_ms = @at, message_id = @messageId WHERE batch_id = @id AND state = 1";

    public const string Retry =
        """
        UPDATE outbox SET attempts = attempts + 1, last_error = @error, next_attempt_ms = @next
        WHERE id = @id AND state = 0
        """;

    public const string Failed =
        """
        UPDATE outbox SET state = 3, failed_ms = @at, attempts = attempts + 1, last_error = @error, next_attempt_ms = NULL
        WHERE id = @id AND state = 0
        """;

    public const string MembersFailed =
        "UPDATE outbox SET state = 3, failed_ms = @at, last_error = @error WHERE batch_id = @id AND state = 1";

    /// <summary>The newest rows below a number: of all, of a chat, in a state, or both.</summary>
    public static string Before(bool ofChat, OutboxState? state)
    {
        // Nearly all are sent, and are met soon when going back by number; the few others are found by their state. A plus sign keeps
        // an index out of use.
        var below = state switch
        {
            null => "id < @before ORDER BY id",
            OutboxState.Sent => "+state = @state AND id < @before ORDER BY id",
            _ => "state = @state AND +id < @before ORDER BY +id",
        };
        return $"{Rows} WHERE {(ofChat ? "chat = @chat AND " : string.Empty)}{below} DESC LIMIT @limit";
    }

    private const string Rows =
        """
        SELECT id AS Id, chat AS Chat, alert_key AS AlertKey, kind AS Kind, symbol AS Symbol, priority AS Priority, stream AS Stream,
               as_of AS AsOf, due_at AS DueAt, delivery AS Delivery, payload AS Payload, state AS State, batch_id AS BatchId,
               attempts AS Attempts, next_attempt_ms AS NextAttemptMs, last_error AS LastError, created_ms AS CreatedMs,
               sent_ms AS SentMs
        FROM outbox
        """;
}
