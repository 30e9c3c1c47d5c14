using Finstage.Grains.Ports;

namespace Finstage.Adapters.Messengers;

/// <summary>Writes messages as plain text, a blank line after each. Thread-safe: messages never mix.</summary>
/// <param name="output">Where to write, such as <see cref="Console.Out"/>; it stays open.</param>
public sealed class ConsoleMessenger(TextWriter output) : IMessenger
{
    private readonly Lock gate = new();

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(string chat, OutgoingMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellation.ThrowIfCancellationRequested();
        var text = PlainText.Of(message.Html).TrimEnd('\n');
        try
        {
            lock (gate)
            {
                output.WriteLine(text);
                output.WriteLine();
                output.Flush();
            }

            return Task.FromResult(new SendResult(SendOutcome.Sent));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return Task.FromResult(new SendResult(SendOutcome.RetryLater, Error: $"The console takes nothing: {e.Message}"));
        }
    }
}
