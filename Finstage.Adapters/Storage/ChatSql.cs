namespace Finstage.Adapters.Storage;

/// <summary>The statements of chats and mutes.</summary>
internal static class ChatSql
{
    public const string All = $"{Rows} ORDER BY id";

    public const string One = $"{Rows} WHERE id = @id";

    public const string SwitchAllOff = "UPDATE chats SET enabled = 0";

    public const string Put =
        """
        UPDATE chats SET language = @language, enabled = @enabled, wishes = @wishes, fault = @fault, seed = @seed WHERE id = @id
        """;

    public const string PointTo = "UPDATE chats SET enabled = 0, fault = NULL, moved_to = @to WHERE id = @from";

    public const string Mutes =
        "SELECT chat AS Chat, symbol AS Symbol, until_ms AS Until FROM chat_mutes WHERE until_ms > @now ORDER BY chat, symbol";

    public const string MutesOfChat =
        """
        SELECT chat AS Chat, symbol AS Symbol, until_ms AS Until FROM chat_mutes
        WHERE until_ms > @now AND (chat = '' OR chat = @chat) ORDER BY chat, symbol
        """;

    public const string OwnMutes = "SELECT symbol AS Symbol, until_ms AS Until FROM chat_mutes WHERE chat = @from";

    public const string DropMutes = "DELETE FROM chat_mutes WHERE chat = @from";

    public const string Unmute = "DELETE FROM chat_mutes WHERE chat = @chat AND symbol = @symbol";

    // What both ids were told of: an alert exists once for a chat.
    public const string Twice =
        """
        SELECT o.id FROM outbox o JOIN outbox n ON n.chat = @to AND n.alert_key = o.alert_key
        WHERE o.chat = @from AND o.state IN (0, 1)
        """;

    public const string GiveUp =
        "UPDATE outbox SET state = 3, failed_ms = @at, last_error = @error, next_attempt_ms = NULL WHERE id = @id AND state IN (0, 1)";

    public const string Readdress = "UPDATE outbox SET chat = @to WHERE chat = @from AND state IN (0, 1)";

    private const string Rows =
        """
        SELECT id AS Id, language AS Language, enabled AS Enabled, wishes AS Wishes, fault AS Fault, moved_to AS MovedTo, seed AS Seed
        FROM chats
        """;
}
