namespace Finstage.Grains.Ports;

/// <summary>Carries a message to a chat. Thread-safe.</summary>
public interface IMessenger
{
    /// <summary>Sends one message.</summary>
    /// <param name="chat">The chat's id.</param>
    /// <param name="html">The text with Telegram's HTML entities, at most 4,096 characters after parsing.</param>
    /// <param name="cancellation">Cancels the attempt; its outcome is then unknown.</param>
    /// <returns>What became of it. Failures are results, not exceptions.</returns>
    Task<SendResult> SendAsync(string chat, string html, CancellationToken cancellation);
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

    /// <summary>This message, or this chat, will never be accepted.</summary>
    Rejected,
}

/// <summary>The result of an attempt to send.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="MessageId">The receiver's number of the message, when it was accepted and has one.</param>
/// <param name="RetryAfter">How long the receiver asks to wait, when it says so.</param>
/// <param name="Error">Why it failed, without secrets; null when sent.</param>
public sealed record SendResult(SendOutcome Outcome, long? MessageId = null, TimeSpan? RetryAfter = null, string? Error = null);
