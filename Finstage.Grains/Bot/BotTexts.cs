using System.Globalization;
using System.Resources;

namespace Finstage.Grains.Bot;

/// <summary>The bot's words in Korean and English. Pure and thread-safe.</summary>
internal static class BotTexts
{
    private const int MaxQuote = 40;

    private static readonly ResourceManager Texts = new("Finstage.Grains.Bot.BotTexts", typeof(BotTexts).Assembly);

    /// <summary>The commands, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "help", "status", "symbols", "price", "chart", "signals", "top", "report", "news", "mute", "unmute", "watch", "unwatch", "lang",
    ];

    /// <summary>The commands with a few words on each.</summary>
    public static IReadOnlyList<(string Name, string Text)> Commands(string language) => [.. Names.Select(n => (n, Text(language, "command." + n)))];

    /// <summary>What there is to ask.</summary>
    public static string Help(string language) =>
        Text(language, "Help") + "\n\n" + string.Join('\n', Names.Select(n => $"/{n} – {Escape(Text(language, "command." + n))}"));

    public static string Format(string language, string key, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, Text(language, key), values);

    public static string Text(string language, string key) =>
        Texts.GetString(key, CultureInfo.GetCultureInfo(language)) ?? throw new InvalidOperationException($"There is no text '{key}'.");

    /// <summary>What somebody wrote, cut to a length at which it can be repeated, and escaped.</summary>
    public static string Quote(string text)
    {
        var end = char.IsHighSurrogate(text[Math.Min(text.Length, MaxQuote) - 1]) ? MaxQuote - 1 : MaxQuote;
        return Escape(text.Length <= MaxQuote ? text : text[..end] + "…");
    }

    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
