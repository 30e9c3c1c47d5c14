using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Notifier;

/// <summary>What an outbox row keeps of a report: one message of it, in the language that its chat had when it was written.</summary>
/// <param name="Html">The message with Telegram's HTML entities.</param>
public sealed record ReportPayload(string Html)
{
    /// <summary>The alert of one message. Its key holds the day and the place, so that each exists once for a chat.</summary>
    /// <param name="messages">The report.</param>
    /// <param name="page">The message's place, from 0.</param>
    /// <param name="html">Its text.</param>
    public static Alert Alert(ReportMessages messages, int page, string html)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var at = messages.At.ToUnixTimeSeconds();
        var key = string.Create(CultureInfo.InvariantCulture, $"report|{messages.Report}|{messages.Day:yyyy-MM-dd}|{page + 1}");

        // Alone and without a symbol, so that no cap counts it; of one priority, so that its messages keep their order.
        return new Alert(
            key, AlertKind.Report, string.Empty, AlertPriority.Medium, AlertStream.Live, at, at, AlertDelivery.Alone,
            new ReportPayload(html).ToJson());
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static ReportPayload Parse(string json) =>
        JsonSerializer.Deserialize(json, ReportPayloadJson.Default.ReportPayload) ?? throw new JsonException("The payload is empty.");

    /// <summary>As JSON text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportPayloadJson.Default.ReportPayload);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReportPayload))]
internal sealed partial class ReportPayloadJson : JsonSerializerContext;
