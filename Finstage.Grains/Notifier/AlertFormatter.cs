using System.Globalization;
using System.Resources;
using System.Text;
using System.Text.Json;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Notifier;

/// <summary>
/// Makes the messages that people read, in Korean or English, with Telegram's HTML entities. Whatever comes from data is escaped.
/// Pure and thread-safe.
/// </summary>
public static class AlertFormatter
{
    /// <summary>The most that the lines of a batch take together, in UTF-16 units; Telegram takes 4,096 after parsing.</summary>
    public const int MaxLength = 3_400;

    private const int MaxCounted = 3;

    private static readonly ResourceManager Texts = new("Finstage.Grains.Notifier.AlertTexts", typeof(AlertFormatter).Assembly);
    private static readonly TimeZoneInfo Seoul = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul");

    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal)
    {
        ["USD"] = "$", ["KRW"] = "₩", ["EUR"] = "€", ["GBP"] = "£", ["JPY"] = "¥",
    };

    /// <summary>The message of one signal that goes alone.</summary>
    /// <param name="payload">The signal.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <param name="id">The row's number, by which a reader knows a repeat; null for a message that is not sent.</param>
    public static string Signal(SignalPayload payload, string language, long? id)
    {
        var text = Fill("Signal", payload, language);
        return id is null ? text : string.Create(CultureInfo.InvariantCulture, $"{text}\n#{id}");
    }

    /// <summary>The message of a row that goes alone.</summary>
    /// <param name="row">The row; no batch.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    public static string Alone(OutboxRow row, string language)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Alert.Kind switch
        {
            AlertKind.Price => PriceAlertFormatter.Message(PriceAlertPayload.Parse(row.Alert.Payload), language, row.Id),
            AlertKind.Report => string.Create(CultureInfo.InvariantCulture, $"{ReportPayload.Parse(row.Alert.Payload).Html}\n#{row.Id}"),
            AlertKind.News => NewsFormatter.Message(NewsPayload.Parse(row.Alert.Payload), language, row.Id),
            _ => Signal(SignalPayload.Parse(row.Alert.Payload), language, row.Id),
        };
    }

    /// <summary>The message in which a signal would be told now: alone when high, else as the only one of its batch.</summary>
    /// <param name="payload">The signal.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    public static string Preview(SignalPayload payload, string language)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return payload.ToSignal().Priority == AlertPriority.High
            ? Signal(payload, language, id: null)
            : $"{Format(language, "BatchHeader", 1)}\n\n{Fill("BatchLine", payload, language)}\n\n⏰ {Time(payload.AsOf)}";
    }

    /// <summary>The message of several alerts; one that cannot be put into words is left out.</summary>
    /// <param name="rows">The batch's members.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <param name="id">The batch row's number.</param>
    public static string Batch(IReadOnlyList<OutboxRow> rows, string language, long id)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder(Format(language, "BatchHeader", rows.Count));
        var high = rows.Where(row => row.Alert.Priority == AlertPriority.High).GroupBy(row => row.Alert.Symbol)
            .OrderByDescending(symbol => symbol.Count()).ToArray();
        if (high.Length > 0)
        {
            // High alerts are here because they were too many or too late; a reader wants to know how many of what.
            var counts = high.Take(MaxCounted).Select(symbol => Format(language, "BatchCount", Escape(symbol.Key), symbol.Count()));
            text.Append('\n').Append(Format(language, "BatchHigh", string.Join(", ", counts) + (high.Length > MaxCounted ? ", …" : string.Empty)));
        }

        foreach (var row in rows.Where(row => Fault(row, language) is null))
        {
            text.Append("\n\n").Append(BatchLine(row, language));
        }

        return text.Append(CultureInfo.InvariantCulture, $"\n\n⏰ {Time(rows.Max(row => row.Alert.AsOf))}\n#{id}").ToString();
    }

    /// <summary>Cuts the members of a batch into as many messages as their length asks for, in order.</summary>
    public static IEnumerable<IReadOnlyList<OutboxRow>> Pages(IReadOnlyList<OutboxRow> rows, string language)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var page = new List<OutboxRow>();
        var length = 0;
        foreach (var row in rows)
        {
            var line = BatchLine(row, language).Length + 2;
            if (page.Count > 0 && length + line > MaxLength)
            {
                yield return page;
                page = [];
                length = 0;
            }

            page.Add(row);
            length += line;
        }

        if (page.Count > 0)
        {
            yield return page;
        }
    }

    /// <summary>Why a row cannot be put into words, such as a payload of another version; null when it can.</summary>
    public static string? Fault(OutboxRow row, string language)
    {
        ArgumentNullException.ThrowIfNull(row);
        try
        {
            _ = BatchLine(row, language);
            return null;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or OverflowException)
        {
            return error.Message;
        }
    }

    /// <summary>A price with its currency's sign; indices and yields have none.</summary>
    public static string Price(double price, string currency)
    {
        var sign = Signs.TryGetValue(currency, out var known) ? known : currency.Length == 0 ? string.Empty : currency + " ";
        var amount = Math.Abs(price).ToString(Math.Abs(price) < 1 ? "0.00####" : "#,##0.00", CultureInfo.InvariantCulture);
        return (price < 0 ? "-" : string.Empty) + sign + amount;
    }

    /// <summary>A moment as people here read it: <c>2025-01-16 14:30:15 UTC (23:30:15 KST)</c>.</summary>
    /// <param name="time">Unix seconds.</param>
    public static string Time(long time)
    {
        var utc = DateTimeOffset.FromUnixTimeSeconds(time);
        var seoul = TimeZoneInfo.ConvertTime(utc, Seoul);
        return string.Create(CultureInfo.InvariantCulture, $"{utc:yyyy-MM-dd HH:mm:ss} UTC ({seoul:HH:mm:ss} KST)");
    }

    private static string BatchLine(OutboxRow row, string language) => row.Alert.Kind switch
    {
        AlertKind.Price => PriceAlertFormatter.Line(PriceAlertPayload.Parse(row.Alert.Payload), language),
        AlertKind.Report => ReportPayload.Parse(row.Alert.Payload).Html,
        AlertKind.News => NewsFormatter.Message(NewsPayload.Parse(row.Alert.Payload), language, id: null),
        _ => Fill("BatchLine", SignalPayload.Parse(row.Alert.Payload), language),
    };

    private static string Fill(string template, SignalPayload payload, string language)
    {
        var signal = payload.ToSignal();
        return Format(
            language,
            template,
            Escape(payload.Symbol),
            Escape(payload.Strategy),
            Escape(Price(payload.Close, payload.Currency)),
            payload.Confidence,
            Text(language, signal.Direction == Direction.Buy ? "Buy" : "Sell"),
            Escape(StrategyTexts.Explain(signal, language)),
            Time(payload.AsOf));
    }

    private static string Format(string language, string key, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, Text(language, key), values);

    internal static string Text(string language, string key) =>
        Texts.GetString(key, CultureInfo.GetCultureInfo(language)) ?? throw new InvalidOperationException($"There is no text '{key}'.");

    // What Telegram asks for in text, and no more: a currency's sign stays itself.
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
