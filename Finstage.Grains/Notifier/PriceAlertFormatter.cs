using System.Globalization;
using System.Resources;
using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Symbols;

namespace Finstage.Grains.Notifier;

/// <summary>
/// Makes the messages of price alerts, in Korean or English, with Telegram's HTML entities. Whatever comes from data is escaped. Prices have
/// no currency sign here. Pure and thread-safe.
/// </summary>
public static class PriceAlertFormatter
{
    private const long Day = 86_400;

    private static readonly ResourceManager Texts = new("Finstage.Grains.Notifier.PriceAlertTexts", typeof(PriceAlertFormatter).Assembly);

    /// <summary>The message of one price alert.</summary>
    /// <param name="payload">The alert.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <param name="id">The row's number, by which a reader knows a repeat; null for a message that is not sent.</param>
    /// <exception cref="ArgumentException">The payload's kind or category is unknown.</exception>
    public static string Message(PriceAlertPayload payload, string language, long? id)
    {
        var text = $"{Format(language, "Header", Values(payload, language))}\n\n{Fill(payload, language, string.Empty)}";
        return id is null ? text : string.Create(CultureInfo.InvariantCulture, $"{text}\n#{id}");
    }

    /// <summary>The alert in one line, for a message of several.</summary>
    /// <param name="payload">The alert.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentException">The payload's kind or category is unknown.</exception>
    public static string Line(PriceAlertPayload payload, string language) => Fill(payload, language, ".line");

    /// <summary>What a category is called, such as <c>종목</c>.</summary>
    /// <exception cref="ArgumentException">There is no such category.</exception>
    internal static string Category(string code, string language) => SymbolCategories.TryParse(code, out _)
        ? Text(language, code)
        : throw new ArgumentException($"There is no category '{code}'.", nameof(code));

    private static string Fill(PriceAlertPayload payload, string language, string suffix)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return PriceAlertKinds.TryParse(payload.Kind, out _)
            ? Format(language, payload.Kind + suffix, Values(payload, language))
            : throw new ArgumentException($"There is no kind of price alert '{payload.Kind}'.", nameof(payload));
    }

    // {0} code, {1} name, {2} category, {3} price, {4} reference, {5} change, {6} time, {7} the reference's time.
    private static object[] Values(PriceAlertPayload payload, string language)
    {
        var name = language == "ko" ? payload.NameKo : payload.NameEn;
        return
        [
            Escape(payload.Symbol),
            Escape(name.Length == 0 ? payload.Symbol : name),
            Category(payload.Category, language),
            AlertFormatter.Price(payload.Price, string.Empty),
            AlertFormatter.Price(payload.Reference, string.Empty),
            Change(payload),
            AlertFormatter.Time(payload.Time),
            Moment(payload.ReferenceTime),
        ];
    }

    // Where no percentage can be taken, the difference of the prices says how far.
    private static string Change(PriceAlertPayload payload)
    {
        if (payload.Change is not { } change)
        {
            var difference = payload.Price - payload.Reference;
            return (difference < 0 ? string.Empty : "+") + AlertFormatter.Price(difference, string.Empty);
        }

        return (ChangeUnit)payload.Unit == ChangeUnit.BasisPoints
            ? change.ToString("+#,##0.0;-#,##0.0;0.0", CultureInfo.InvariantCulture) + "bp"
            : change.ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture) + "%";
    }

    // Of a daily candle only the date is known.
    private static string Moment(long time) => time % Day == 0
        ? DateTimeOffset.FromUnixTimeSeconds(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : AlertFormatter.Time(time);

    private static string Format(string language, string key, object[] values) =>
        string.Format(CultureInfo.InvariantCulture, Text(language, key), values);

    private static string Text(string language, string key) =>
        Texts.GetString(key, CultureInfo.GetCultureInfo(language)) ?? throw new ArgumentException($"There is no text '{key}'.", nameof(key));

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
