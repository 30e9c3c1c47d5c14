using Finstage.Analysis.Reports;
using Finstage.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Notifier;

/// <summary>What a pump works with; one set for all chats.</summary>
/// <param name="Outbox">The rows.</param>
/// <param name="Chats">The chats.</param>
/// <param name="Messenger">Where messages go.</param>
/// <param name="Gate">The pace that all chats share.</param>
/// <param name="Options">The settings.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Logger">Where it is told what went wrong.</param>
/// <param name="Moved">Hears the new id of a chat that has moved.</param>
internal sealed record PumpTools(
    IOutbox Outbox, IChatStore Chats, IMessenger Messenger, SendGate Gate, NotifierOptions Options, TimeProvider Clock, ILogger Logger,
    Func<string, Task> Moved)
{
    /// <summary>Whether somebody hears the buttons under an alert.</summary>
    public bool HasButtons { get; init; }
}

/// <summary>Puts one row into words, sends it, and marks what became of it.</summary>
internal sealed partial class OutboxSender(string chat, PumpTools tools)
{
    /// <summary>What one message takes after parsing; a longer text goes in several.</summary>
    private const int MaxLength = 4_096;

    // The row that goes as plain text next, and why; and how much of a row in several messages is sent. Forgotten in a restart, when a
    // refused text is refused once more and a long one begins again.
    private (long Row, string Reason) plain;
    private (long Row, int Parts) sent;
    private string? lastError;

    /// <summary>Why sending failed last; null since the last success.</summary>
    public string? LastError => Volatile.Read(ref lastError);

    /// <summary>The receiver's number of the message that the last attempt brought there; null where it brought none.</summary>
    public long? SentAs { get; private set; }

    /// <summary>Makes one attempt.</summary>
    /// <returns>Whether the row is done with, sent or given up.</returns>
    public async Task<bool> SendAsync(OutboxRow row, string language, CancellationToken cancellation)
    {
        SentAs = null;
        if (await TextAsync(row, language, cancellation) is not { } text)
        {
            return true;
        }

        IReadOnlyList<string> parts = text.Length <= MaxLength ? [text] : HtmlPages.Cut(text, MaxLength);
        var place = sent.Row == row.Id ? Math.Min(sent.Parts, parts.Count - 1) : 0;
        var message = new OutgoingMessage(parts[place]) 
        {
            IsPlain = plain.Row == row.Id,
            Buttons = tools.HasButtons && place == parts.Count - 1 ? AlertButtons.Of(row, language) : [],
        };

        // A message that is on its way is waited for, also when the program is stopping: cut off, it would be sent again.
        var result = await tools.Messenger.SendAsync(chat, message, CancellationToken.None);
        tools.Gate.Answered(chat);
        Volatile.Write(ref lastError, result.Outcome == SendOutcome.Sent ? null : result.Error);
        SentAs = result.Outcome == SendOutcome.Sent ? result.MessageId : null;
        if (result.Outcome == SendOutcome.Sent && place + 1 < parts.Count)
        {
            sent = (row.Id, place + 1);
            return false;
        }

        return await MarkAsync(row, result);
    }

    /// <summary>Gives a row up that cannot be told: what another version wrote in a form of its own must not hold up the chat.</summary>
    public async Task<bool> GiveUpIfUntellableAsync(OutboxRow row, string language, CancellationToken cancellation)
    {
        if (AlertFormatter.Fault(row, language) is not { } fault)
        {
            return false;
        }

        await tools.Outbox.MarkFailedAsync(row.Id, $"It cannot be put into words: {fault}", tools.Clock.GetUtcNow(), cancellation);
        LogUntellable(tools.Logger, chat, row.Id, fault);
        return true;
    }

    // What was accepted is marked even when the program is stopping: the mark is what keeps it from being sent again.
    private async Task<bool> MarkAsync(OutboxRow row, SendResult result)
    {
        var now = tools.Clock.GetUtcNow();
        var error = result.Error ?? "not accepted";
        switch (result.Outcome)
        {
            case SendOutcome.Sent when plain.Row == row.Id:
                await tools.Outbox.MarkSentPlainAsync(row.Id, result.MessageId, $"Sent as plain text: {plain.Reason}", now, CancellationToken.None);
                return true;
            case SendOutcome.Sent:
                await tools.Outbox.MarkSentAsync(row.Id, result.MessageId, now, CancellationToken.None);
                return true;
            case SendOutcome.Unparsable when plain.Row != row.Id:
                plain = (row.Id, error);
                LogUnparsable(tools.Logger, chat, row.Id, error);
                await tools.Outbox.MarkRetryAsync(row.Id, error, now, CancellationToken.None);
                return false;
            case SendOutcome.Rejected or SendOutcome.Unparsable:
                await tools.Outbox.MarkFailedAsync(row.Id, error, now, CancellationToken.None);
                LogRejected(tools.Logger, chat, row.Id, error);
                return true;
            case SendOutcome.ChatClosed:
                LogClosed(tools.Logger, chat, error);
                await tools.Outbox.MarkRetryAsync(row.Id, error, now, CancellationToken.None);
                await tools.Chats.ChangeAsync(chat, known => known with { Enabled = false, Fault = error }, CancellationToken.None);
                return false;
            case SendOutcome.Moved when result.MovedTo is { } to:
                LogMoved(tools.Logger, chat, to);
                await tools.Chats.MoveAsync(chat, to, now, CancellationToken.None);
                await tools.Moved(to);
                return false;
            default:
                return await RetryAsync(row, result, error, now);
        }
    }

    private async Task<bool> RetryAsync(OutboxRow row, SendResult result, string error, DateTimeOffset now)
    {
        if (result is { Outcome: SendOutcome.RetryLater, RetryAfter: null } && row.CreatedAt < now - tools.Options.GiveUpAfter)
        {
            // Whatever is as old would only fail as well, one wait after the other.
            var reason = $"Given up after {tools.Options.GiveUpAfter.TotalHours:0.##} h: {error}";
            var count = await tools.Outbox.ExpireAsync(chat, now - tools.Options.GiveUpAfter, reason, now, CancellationToken.None);
            LogGivenUp(tools.Logger, chat, count, reason);
        }

        var wait = result.RetryAfter ?? Backoff(row.Attempts);
        tools.Gate.Block(chat, wait);
        await tools.Outbox.MarkRetryAsync(row.Id, error, now + wait, CancellationToken.None);
        LogRetry(tools.Logger, chat, row.Id, wait.TotalSeconds, error);
        return false;
    }

    private async Task<string?> TextAsync(OutboxRow row, string language, CancellationToken cancellation)
    {
        if (row.Alert.Kind == AlertKind.Batch)
        {
            return AlertFormatter.Batch(await tools.Outbox.ReadBatchAsync(row.Id, cancellation), language, row.Id);
        }

        return await GiveUpIfUntellableAsync(row, language, cancellation) ? null : AlertFormatter.Alone(row, language);
    }

    private TimeSpan Backoff(int attempts)
    {
        var wait = tools.Options.FirstRetry * Math.Pow(2, Math.Min(attempts, 20));
        return wait < tools.Options.LongestRetry ? wait : tools.Options.LongestRetry;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chat {Chat} did not accept message #{Id}; again in {Seconds} s: {Error}")]
    private static partial void LogRetry(ILogger logger, string chat, long id, double seconds, string? error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message #{Id} of chat {Chat} cannot be put into words and is given up: {Fault}")]
    private static partial void LogUntellable(ILogger logger, string chat, long id, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chat {Chat} refuses message #{Id} for good: {Error}")]
    private static partial void LogRejected(ILogger logger, string chat, long id, string? error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chat {Chat} refuses the entities of message #{Id}; it goes as plain text: {Error}")]
    private static partial void LogUnparsable(ILogger logger, string chat, long id, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chat {Chat} takes nothing any more and is switched off: {Error}")]
    private static partial void LogClosed(ILogger logger, string chat, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chat {Chat} has the id {To} now; its messages go there.")]
    private static partial void LogMoved(ILogger logger, string chat, string to);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chat {Chat}: {Count} messages are lost: {Reason}")]
    private static partial void LogGivenUp(ILogger logger, string chat, int count, string reason);
}
