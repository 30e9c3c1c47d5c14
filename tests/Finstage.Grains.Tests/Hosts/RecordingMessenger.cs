using Finstage.Grains.Ports;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>A message as the receiver got it, and when by the clock.</summary>
internal sealed record Message(string Chat, string Text, DateTimeOffset At)
{
    public bool IsPlain { get; init; }

    /// <summary>The number at the message's end.</summary>
    public string Number => Text[(Text.LastIndexOf('#') + 1)..];
}

/// <summary>Keeps what is sent and answers as the test says; without a word it accepts.</summary>
internal sealed class RecordingMessenger(TimeProvider clock) : IMessenger
{
    private readonly List<Message> messages = [];

    /// <summary>The answer to a message; it may throw, and the message counts as received all the same.</summary>
    public Func<Message, SendResult>? Answer { get; set; }

    /// <summary>What was received so far, oldest first.</summary>
    public IReadOnlyList<Message> Messages
    {
        get
        {
            lock (messages)
            {
                return [.. messages];
            }
        }
    }

    public Task<SendResult> SendAsync(string chat, OutgoingMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var received = new Message(chat, message.Html, clock.GetUtcNow()) { IsPlain = message.IsPlain };
        int number;
        lock (messages)
        {
            messages.Add(received);
            number = messages.Count;
        }

        return Task.FromResult(Answer?.Invoke(received) ?? new SendResult(SendOutcome.Sent, number));
    }
}
