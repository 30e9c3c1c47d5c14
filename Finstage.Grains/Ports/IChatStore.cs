using Finstage.Analysis.Signals;

namespace Finstage.Grains.Ports;

/// <summary>Who is told, and what they wish. Thread-safe. Every method is one unit of work that commits or rolls back whole.</summary>
public interface IChatStore
{
    /// <summary>One chat, or null when it is unknown.</summary>
    Task<Chat?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Changes a chat's language and wishes, and switches it on or off.</summary>
    /// <param name="id">The chat.</param>
    /// <param name="change">Makes the new chat of the stored one; only the language, the wishes, the switch and the fault are kept of it.</param>
    /// <param name="cancellation">Gives up before it begins.</param>
    /// <returns>The chat as it is now, or null when it is unknown.</returns>
    Task<Chat?> ChangeAsync(string id, Func<Chat, Chat> change, CancellationToken cancellation);

    /// <summary>
    /// Follows a chat to its new id: its wishes, mutes and waiting rows go there, the old id is switched off and points to the new one. A
    /// row that the new chat has already is given up.
    /// </summary>
    Task MoveAsync(string from, string to, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Mutes a symbol, or lets it be heard again.</summary>
    /// <param name="chat">The chat; null for every chat.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="until">Until when; null lets it be heard again.</param>
    /// <param name="cancellation">Gives up before it begins.</param>
    Task MuteAsync(string? chat, string symbol, DateTimeOffset? until, CancellationToken cancellation);

    /// <summary>The mutes that have not ended: those of every chat, and the chat's own; all of them without a chat.</summary>
    Task<IReadOnlyList<SymbolMute>> ReadMutesAsync(string? chat, DateTimeOffset now, CancellationToken cancellation);
}

/// <summary>Somebody to tell.</summary>
/// <param name="Id">Telegram's chat id, or <see cref="ConsoleId"/>.</param>
/// <param name="Language"><c>ko</c> or <c>en</c>.</param>
/// <param name="Enabled">Whether new alerts are written for it.</param>
public sealed record Chat(string Id, string Language, bool Enabled)
{
    /// <summary>The chat that is the program's own console.</summary>
    public const string ConsoleId = "console";

    /// <summary>What it wishes to be told, and when.</summary>
    public ChatWishes Wishes { get; init; } = ChatWishes.Everything;

    /// <summary>Why it was switched off, when it was not by a person: the bot was blocked, or there is no such chat.</summary>
    public string? Fault { get; init; }

    /// <summary>The id that it has now, when the group became a supergroup.</summary>
    public string? MovedTo { get; init; }
}

/// <summary>What a chat wishes to be told of alerts, and when.</summary>
/// <param name="MinPriority">The least priority: medium or high.</param>
/// <param name="Symbols">The only symbols it hears of; none means all.</param>
/// <param name="Quiet">The hours of the day in which nothing is sent; null for none.</param>
/// <param name="MutedUntil">Alerts that arise before this moment are not told; null for none.</param>
public sealed record ChatWishes(AlertPriority MinPriority, IReadOnlyList<string> Symbols, QuietHours? Quiet, DateTimeOffset? MutedUntil)
{
    /// <summary>Every alert, at any time.</summary>
    public static ChatWishes Everything { get; } = new(AlertPriority.Medium, [], null, null);
}

/// <summary>Hours of each day in which nothing is sent; what waits then goes out at their end.</summary>
/// <param name="From">Their beginning, local time.</param>
/// <param name="To">Their end, local time; before <paramref name="From"/> when they pass midnight.</param>
/// <param name="Zone">The zone's IANA name.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, string Zone)
{
    /// <summary>When the quiet hours end that a moment lies in; null when it lies in none.</summary>
    /// <exception cref="TimeZoneNotFoundException">There is no such zone.</exception>
    public DateTimeOffset? EndAfter(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(Zone));
        if (!TimeOnly.FromDateTime(local.DateTime).IsBetween(From, To))
        {
            return null;
        }

        // Where clocks change in between, the look at the end finds out and waits on, or is late by that hour at most.
        var left = To - TimeOnly.FromDateTime(local.DateTime);
        return now + left;
    }
}

/// <summary>A symbol that is not told of for a while.</summary>
/// <param name="Chat">The chat; null for every chat.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="Until">When it ends.</param>
public sealed record SymbolMute(string? Chat, string Symbol, DateTimeOffset Until)
{
    /// <summary>The end of a mute that has none.</summary>
    public static DateTimeOffset Forever { get; } = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
