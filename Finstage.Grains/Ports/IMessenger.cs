namespace Finstage.Grains.Ports;

/// <summary>Carries a message to a chat. Thread-safe.</summary>
public interface IMessenger
{
    /// <summary>Sends one message.</summary>
    /// <param name="chat">The chat's id.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Cancels the attempt; its outcome is then unknown.</param>
    /// <returns>What became of it. Failures are results, not exceptions.</returns>
    Task<SendResult> SendAsync(string chat, OutgoingMessage message, CancellationToken cancellation);

    /// <summary>Sends a picture, where chats show any; else it is rejected.</summary>
    /// <param name="chat">The chat's id.</param>
    /// <param name="photo">The picture.</param>
    /// <param name="cancellation">Cancels the attempt; its outcome is then unknown.</param>
    /// <returns>What became of it. Failures are results, not exceptions.</returns>
    Task<SendResult> SendPhotoAsync(string chat, OutgoingPhoto photo, CancellationToken cancellation) =>
        Task.FromResult(new SendResult(SendOutcome.Rejected, Error: "No pictures are shown here."));
}

/// <summary>A picture to be sent.</summary>
/// <param name="Png">The PNG file.</param>
/// <param name="CaptionHtml">What stands under it, with Telegram's HTML entities, at most 1,024 characters after parsing; may be empty.</param>
/// <param name="ReplyTo">The message that it answers, or null; when that is gone, it goes all the same.</param>
public sealed record OutgoingPhoto(ReadOnlyMemory<byte> Png, string CaptionHtml, long? ReplyTo = null);

/// <summary>A message to be sent.</summary>
/// <param name="Html">The text with Telegram's HTML entities, at most 4,096 characters after parsing.</param>
public sealed record OutgoingMessage(string Html)
{
    /// <summary>Whether it goes without entities, as the plain text that a reader would see: for a text that was refused with them.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The buttons under it, in one row; none without any.</summary>
    public IReadOnlyList<MessageButton> Buttons { get; init; } = [];
}

/// <summary>What became of an attempt to send.</summary>
public enum SendOutcome
{
    /// <summary>Accepted.</summary>
    Sent,

    /// <summary>Not accepted now; the same message may be sent again after <see cref="SendResult.RetryAfter"/>.</summary>
    RetryLater,

    /// <summary>The token was refused: nothing can be sent until it is mended.</summary>
    Unauthorized,

    /// <summary>This message will never be accepted.</summary>
    Rejected,

    /// <summary>The entities of this message are refused; as plain text it may be accepted.</summary>
    Unparsable,

    /// <summary>This chat takes nothing: the bot was blocked or removed, or there is no such chat.</summary>
    ChatClosed,

    /// <summary>The chat has another id now, <see cref="SendResult.MovedTo"/>.</summary>
    Moved,
}

/// <summary>The result of an attempt to send.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="MessageId">The receiver's number of the message, when it was accepted and has one.</param>
/// <param name="RetryAfter">How long the receiver asks to wait, when it says so.</param>
/// <param name="Error">Why it failed, without secrets; null when sent.</param>
/// <param name="MovedTo">The chat's new id, when it has one.</param>
public sealed record SendResult(
    SendOutcome Outcome, long? MessageId = null, TimeSpan? RetryAfter = null, string? Error = null, string? MovedTo = null);
