using System.Text.Json;
using System.Text.Json.Serialization;
using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;

namespace Finstage.Grains.Notifier;

/// <summary>
/// What an outbox row keeps of a price alert: all that its message needs, so that the text can be made in any language when it is sent.
/// </summary>
/// <param name="Symbol">The symbol's code.</param>
/// <param name="NameKo">Its name in Korean, or empty.</param>
/// <param name="NameEn">Its name in English, or empty.</param>
/// <param name="Category">The category's code.</param>
/// <param name="Kind">The kind's code.</param>
/// <param name="Level">The multiple of the threshold.</param>
/// <param name="Price">The price.</param>
/// <param name="Time">When it was paid, Unix seconds.</param>
/// <param name="Reference">What it is measured against.</param>
/// <param name="ReferenceTime">When that was, Unix seconds; 00:00 UTC of a trading date.</param>
/// <param name="Change">How far apart they are, in the unit; null where no percentage can be taken.</param>
/// <param name="Unit">The unit: 0 percent, 1 basis points.</param>
public sealed record PriceAlertPayload(
    string Symbol, string NameKo, string NameEn, string Category, string Kind, int Level, double Price, long Time, double Reference,
    long ReferenceTime, double? Change, int Unit)
{
    /// <summary>Keeps what the message needs.</summary>
    public static PriceAlertPayload Of(SymbolInfo symbol, PriceAlert alert)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        ArgumentNullException.ThrowIfNull(alert);
        return new PriceAlertPayload(
            symbol.Code, symbol.NameKo, symbol.NameEn, symbol.Category.Code(), alert.Kind.Code(), alert.Level, alert.Quote.Price,
            alert.Quote.Time, alert.Reference.Price, alert.Reference.Time, alert.Change, (int)alert.Unit);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static PriceAlertPayload Parse(string json) =>
        JsonSerializer.Deserialize(json, PriceAlertJson.Default.PriceAlertPayload) ?? throw new JsonException("The payload is empty.");

    /// <summary>As JSON text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PriceAlertJson.Default.PriceAlertPayload);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PriceAlertPayload))]
internal sealed partial class PriceAlertJson : JsonSerializerContext;
