using System.Globalization;
using System.Resources;
using System.Text;

namespace Finstage.Grains.Notifier;

/// <summary>
/// Makes the message of a crawl's digest, in Korean or English, with Telegram's HTML entities. Titles, summaries and addresses are other
/// people's text: all of it is escaped. Pure and thread-safe.
/// </summary>
public static class NewsFormatter
{
    // A longer address would leave no room for its own headline.
    private const int MaxLink = 1_000;

    // What is tried in turn until the message is short enough; after the last, headlines are left out from the end.
    private static readonly int[] SummaryLengths = [200, 120, 60, 0];

    private static readonly ResourceManager Texts = new("Finstage.Grains.Notifier.NewsTexts", typeof(NewsFormatter).Assembly);

    /// <summary>
    /// The message: headlines grouped by what they are about, and the number of those left out. It keeps within
    /// <see cref="AlertFormatter.MaxLength"/>.
    /// </summary>
    /// <param name="payload">The digest.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <param name="id">The row's number, by which a reader knows a repeat; null for a message that is not sent.</param>
    /// <exception cref="ArgumentException">There is no headline, or a category is unknown.</exception>
    public static string Message(NewsPayload payload, string language, long? id)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (payload.Items.Count == 0)
        {
            throw new ArgumentException("A digest needs a headline.", nameof(payload));
        }

        foreach (var summary in SummaryLengths)
        {
            var text = Write(payload, payload.Items.Count, summary, language, id);
            if (text.Length <= AlertFormatter.MaxLength)
            {
                return text;
            }
        }

        var items = payload.Items.Count;
        string shorter;
        do
        {
            shorter = Write(payload, --items, summary: 0, language, id);
        }
        while (shorter.Length > AlertFormatter.MaxLength && items > 0);
        return shorter;
    }

    private static string Write(NewsPayload payload, int items, int summary, string language, long? id)
    {
        var text = new StringBuilder();
        foreach (var group in payload.Items.Take(items).GroupBy(item => item.Source, StringComparer.Ordinal))
        {
            text.Append(Header(group.First(), language)).Append("\n\n");
            foreach (var item in group)
            {
                text.Append(Headline(item, summary, language)).Append("\n\n");
            }
        }

        var more = payload.More + payload.Items.Count - items;
        text.Append(more > 0 ? Format(language, "More", more) + "\n" : string.Empty);
        text.Append(id is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"#{id}"));
        return text.ToString().TrimEnd('\n');
    }

    private static string Header(NewsHeadline item, string language)
    {
        var name = language == "ko" ? item.NameKo : item.NameEn;
        name = name.Length == 0 ? item.Source : name;
        return item.Category is null
            ? Format(language, "Topic", Escape(item.Source), Escape(name))
            : Format(language, "Symbol", Escape(item.Source), Escape(name), PriceAlertFormatter.Category(item.Category, language));
    }

    private static string Headline(NewsHeadline item, int summary, string language)
    {
        var lines = new List<string> { Format(language, "Title", Escape(item.Title)) };
        if (summary > 0 && item.Summary is { Length: > 0 } text)
        {
            lines.Add(Escape(Cut(text, summary)));
        }

        if (item.Published is { } time)
        {
            lines.Add(Format(language, "Published", AlertFormatter.Time(time)));
        }

        if (item.Link is { Length: > 0 } address
            && Escape(address).Replace("\"", "&quot;", StringComparison.Ordinal) is { Length: <= MaxLink } link)
        {
            lines.Add(Format(language, "Link", link));
        }

        return string.Join('\n', lines);
    }

    // A cut parts no character; a summary is one line here.
    private static string Cut(string text, int length)
    {
        text = text.ReplaceLineEndings(" ");
        if (text.Length <= length)
        {
            return text;
        }

        var end = 0;
        while (StringInfo.GetNextTextElementLength(text, end) is var next && end + next < length)
        {
            end += next;
        }

        return text[..end].TrimEnd() + "…";
    }

    private static string Format(string language, string key, params object[] values) => string.Format(
        CultureInfo.InvariantCulture,
        Texts.GetString(key, CultureInfo.GetCultureInfo(language)) ?? throw new InvalidOperationException($"There is no text '{key}'."),
        values);

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
