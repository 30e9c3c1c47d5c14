using Finstage.Grains.Ports;

namespace Finstage.Adapters.Messengers;

/// <summary>Sends the console's messages to the console and all others to Telegram. Thread-safe.</summary>
/// <param name="console">The console.</param>
/// <param name="telegram">Telegram, or null where no bot is configured: its chats are then refused until one is.</param>
public sealed class RoutingMessenger(IMessenger console, IMessenger? telegram) : IMessenger
{
    private static readonly SendResult NoBot = new(SendOutcome.Unauthorized, Error: "No Telegram bot is configured.");

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(string chat, OutgoingMessage message, CancellationToken cancellation) =>
        chat == Chat.ConsoleId ? console.SendAsync(chat, message, cancellation)
        : telegram is null ? Task.FromResult(NoBot)
        : telegram.SendAsync(chat, message, cancellation);

    /// <inheritdoc/>
    public Task<SendResult> SendPhotoAsync(string chat, OutgoingPhoto photo, CancellationToken cancellation) =>
        chat == Chat.ConsoleId ? console.SendPhotoAsync(chat, photo, cancellation)
        : telegram is null ? Task.FromResult(NoBot)
        : telegram.SendPhotoAsync(chat, photo, cancellation);
}
