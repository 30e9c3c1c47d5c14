namespace Finstage.Adapters.Http;

/// <summary>Somebody who is told, and what they wish.</summary>
/// <param name="Id">Telegram's chat id, or <c>console</c>.</param>
/// <param name="Enabled">Whether it is told anything.</param>
/// <param name="Fault">Why it was switched off, when no person did: the bot was blocked, or there is no such chat; else null.</param>
/// <param name="Language"><c>ko</c> or <c>en</c>.</param>
/// <param name="MinPriority"><c>MEDIUM</c> or <c>HIGH</c>.</param>
/// <param name="Symbols">The only symbols it hears of; none means all.</param>
/// <param name="QuietHours">When nothing is sent, local times such as <c>23:00-07:30</c>; null for never.</param>
/// <param name="Zone">The zone of the quiet hours, or null.</param>
/// <param name="MutedUntil">Alerts before this moment are not told, UTC; null for none.</param>
/// <param name="Mutes">The symbols that it does not hear of for a while.</param>
/// <param name="MovedTo">The id that it has now, when the group became a supergroup; else null.</param>
public sealed record ChatDto(
    string Id, bool Enabled, string? Fault, string Language, string MinPriority, IReadOnlyList<string> Symbols, string? QuietHours,
    string? Zone, DateTime? MutedUntil, IReadOnlyList<MuteDto> Mutes, string? MovedTo);

/// <summary>Changes a chat; what is null stays as it is.</summary>
/// <param name="Enabled">Whether it is told anything.</param>
/// <param name="Language"><c>ko</c> or <c>en</c>.</param>
/// <param name="MinPriority"><c>medium</c> or <c>high</c>.</param>
/// <param name="Symbols">The only symbols it hears of; an empty list means all.</param>
/// <param name="QuietHours">Local times such as <c>23:00-07:30</c>; empty for none.</param>
/// <param name="Zone">The zone of the quiet hours; null for the one it has, else <c>Asia/Seoul</c>.</param>
/// <param name="MuteHours">Alerts of so many hours from now are not told; 0 ends it.</param>
public sealed record ChatRequest(
    bool? Enabled, string? Language, string? MinPriority, IReadOnlyList<string>? Symbols, string? QuietHours, string? Zone, double? MuteHours);

/// <summary>A symbol that is not told of for a while.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Chat">The chat; null for every chat.</param>
/// <param name="Until">When it ends, UTC; null when it does not.</param>
public sealed record MuteDto(string Symbol, string? Chat, DateTime? Until);

/// <summary>Mutes a symbol, or lets it be heard again.</summary>
/// <param name="Hours">For how long, from now; 0 ends the mute, null has no end.</param>
/// <param name="Chat">For this chat alone; null for every chat.</param>
public sealed record MuteRequest(double? Hours, string? Chat);

/// <summary>How one chat stands.</summary>
/// <param name="Chat">Its id.</param>
/// <param name="Status"><c>ok</c>, <c>failing</c> or <c>off</c>.</param>
/// <param name="Waiting">Messages that wait, as its sender saw them last; at most 500.</param>
/// <param name="Error">Why sending failed last, or why it is off; null when all is well.</param>
public sealed record ChatHealthDto(string Chat, string Status, int Waiting, string? Error);
