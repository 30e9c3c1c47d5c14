namespace Finstage.Grains.Ports;

/// <summary>What a bot hears, beside what it sends. Thread-safe. Failures are results, not exceptions.</summary>
public interface IBotApi
{
    /// <summary>The bot's name without its @; null until Telegram has told it.</summary>
    string? Name { get; }

    /// <summary>Waits for updates.</summary>
    /// <param name="offset">The number of the first one wanted: all before are confirmed, and never come again.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<BotUpdates> GetUpdatesAsync(long offset, CancellationToken cancellation);

    /// <summary>Says which commands there are.</summary>
    /// <param name="language">For people of this language; null for all others.</param>
    /// <param name="commands">Each command with a few words on it.</param>
    /// <param name="cancellation">Cancels the call.</param>
    Task<SendResult> SetCommandsAsync(string? language, IReadOnlyList<(string Name, string Text)> commands, CancellationToken cancellation);

    /// <summary>Says that a pressed button was understood.</summary>
    /// <param name="press">The press.</param>
    /// <param name="text">What is shown, or null.</param>
    /// <param name="cancellation">Cancels the call.</param>
    Task<SendResult> AnswerButtonAsync(string press, string? text, CancellationToken cancellation);
}

/// <summary>What was heard.</summary>
/// <param name="Outcome">Sent when it could be asked, else what stands in the way.</param>
/// <param name="Items">The updates, in order; those that are neither text nor a pressed button have neither.</param>
/// <param name="RetryAfter">How long to wait before asking again, where the receiver says so.</param>
/// <param name="Error">What stands in the way, without secrets.</param>
public sealed record BotUpdates(SendOutcome Outcome, IReadOnlyList<BotUpdate> Items, TimeSpan? RetryAfter = null, string? Error = null);

/// <summary>One update.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Chat">The chat it came from; empty where there is none.</param>
/// <param name="User">Who sent it; 0 where nobody did.</param>
/// <param name="Text">The text, or the data of the button; null for anything else.</param>
/// <param name="Press">The press of a button, to be answered; null for a text.</param>
public sealed record BotUpdate(long Id, string Chat, long User, string? Text, string? Press);

/// <summary>A button under a message.</summary>
/// <param name="Text">What stands on it.</param>
/// <param name="Data">What comes back when it is pressed, 1 to 64 bytes.</param>
public sealed record MessageButton(string Text, string Data);

/// <summary>Watches symbols on behalf of people who ask for it. Thread-safe.</summary>
public interface IWatchRequests
{
    /// <summary>Watches a symbol that a feed knows, and fetches its history.</summary>
    Task<WatchOutcome> WatchAsync(string symbol, CancellationToken cancellation);
}

/// <summary>What became of a wish to watch a symbol.</summary>
public enum WatchOutcome
{
    /// <summary>It is watched.</summary>
    Watched,

    /// <summary>No feed knows it.</summary>
    Unknown,

    /// <summary>It could not be checked now.</summary>
    Unchecked,

    /// <summary>Too many are watched already.</summary>
    TooMany,
}
