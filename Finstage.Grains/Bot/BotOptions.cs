namespace Finstage.Grains.Bot;

/// <summary>Whom the bot obeys.</summary>
public sealed class BotOptions
{
    /// <summary>The people, by Telegram's user ids, who may give commands in the chats that are told alerts. Without any the bot only alerts.</summary>
    public IReadOnlyList<long> UserIds { get; set; } = [];

    /// <summary>The first wait after updates could not be asked for; it doubles up to a minute. Default 2 s.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether it takes commands at all.</summary>
    public bool IsOn => UserIds.Count > 0;
}
