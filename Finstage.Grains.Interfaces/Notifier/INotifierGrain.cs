using Finstage.Hosting;

namespace Finstage.Grains.Interfaces.Notifier;

/// <summary>Sends one chat's outbox. The key is the chat's id; the outbox in the store is the truth.</summary>
[Alias("finstage.INotifierGrain")]
public interface INotifierGrain : IKeyedGrain
{
    /// <summary>
    /// Says that there may be something to send; returns at once, the sending goes on outside the turn. Harmless when repeated or lost.
    /// </summary>
    /// <param name="replayedTo">How far a replay has come, Unix seconds; 0 when nothing is being replayed.</param>
    [Alias("Wake")]
    Task WakeAsync(long replayedTo);

    /// <summary>How the chat's sending stands.</summary>
    [Alias("Describe")]
    Task<NotifierView> DescribeAsync();
}

/// <summary>How one chat's sending stands.</summary>
/// <param name="Chat">The chat's id.</param>
/// <param name="Sending">Whether a sender is at work.</param>
/// <param name="Pending">Rows not yet sent.</param>
/// <param name="LastError">The last error, or null.</param>
[GenerateSerializer, Immutable, Alias("finstage.NotifierView")]
public sealed record NotifierView(
    [property: Id(0)] string Chat,
    [property: Id(1)] bool Sending,
    [property: Id(2)] int Pending,
    [property: Id(3)] string? LastError);
