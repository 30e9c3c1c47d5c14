using System.Globalization;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Ports;

namespace Finstage.Silo.Telegram;

/// <summary>A chat as the settings describe it, under <c>Telegram:Chats</c>. What people change later goes before it.</summary>
internal sealed class ChatOptions
{
    /// <summary>Telegram's chat id, or a channel's <c>@name</c>. No default.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary><c>ko</c> or <c>en</c>. Default: that of the program, <c>Silo:Language</c>.</summary>
    public string? Language { get; set; }

    /// <summary>The least priority that it is told of: <c>medium</c> or <c>high</c>. Default <c>medium</c>.</summary>
    public string MinPriority { get; set; } = "medium";

    /// <summary>The only symbols it is told of; none means all. Default none.</summary>
    public string[] Symbols { get; set; } = [];

    /// <summary>When nothing is sent, local times such as <c>23:00-07:30</c>. Default empty: never.</summary>
    public string QuietHours { get; set; } = string.Empty;

    /// <summary>The zone of the quiet hours, by IANA name. Default <c>Asia/Seoul</c>.</summary>
    public string Zone { get; set; } = "Asia/Seoul";

    /// <summary>The chat.</summary>
    public Chat ToChat(string language) => new(Id, Language ?? language, Enabled: true)
    {
        Wishes = new ChatWishes(
            ChatWords.Priority(MinPriority) ?? AlertPriority.Medium, Symbols, ChatWords.Quiet(QuietHours, Zone, out _), null),
    };

    /// <summary>Every fault; empty when it can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Check(long.TryParse(Id, CultureInfo.InvariantCulture, out _) || (Id.Length > 1 && Id[0] == '@'), $"'{Id}' is neither a number nor an @name.");
        Check(Language is null or "ko" or "en", $"Language '{Language}' is neither ko nor en.");
        Check(ChatWords.Priority(MinPriority) is not null, $"MinPriority '{MinPriority}' is neither medium nor high.");
        Check(Symbols.All(SymbolCodes.IsValid), "Symbols has one that is no symbol.");
        ChatWords.Quiet(QuietHours, Zone, out var fault);
        Check(fault is null, fault ?? string.Empty);
        return faults;

        void Check(bool isWell, string what)
        {
            if (!isWell)
            {
                faults.Add($"Telegram:ChatIds, Telegram:Chats ({Id}): {what}");
            }
        }
    }
}

/// <summary>A chat's wishes in words that people write.</summary>
internal static class ChatWords
{
    public static AlertPriority? Priority(string? word) => word?.ToUpperInvariant() switch
    {
        "MEDIUM" => AlertPriority.Medium,
        "HIGH" => AlertPriority.High,
        _ => null,
    };

    public static string Of(AlertPriority priority) => priority == AlertPriority.High ? "HIGH" : "MEDIUM";

    /// <summary>Quiet hours such as <c>23:00-07:30</c>; null for none, and where there is a fault.</summary>
    public static QuietHours? Quiet(string? hours, string zone, out string? fault)
    {
        fault = null;
        if (string.IsNullOrWhiteSpace(hours))
        {
            return null;
        }

        var ends = hours.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || !Time(ends[0], out var from) || !Time(ends[1], out var to) || from == to)
        {
            fault = $"'{hours}' are no hours; write 23:00-07:30.";
            return null;
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            fault = $"There is no zone '{zone}'; write one such as Asia/Seoul.";
            return null;
        }

        return new QuietHours(from, to, zone);
    }

    public static string? Of(QuietHours? quiet) =>
        quiet is null ? null : string.Create(CultureInfo.InvariantCulture, $"{quiet.From:HH:mm}-{quiet.To:HH:mm}");

    private static bool Time(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
