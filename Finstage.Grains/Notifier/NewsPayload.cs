using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Notifier;

/// <summary>What an outbox row keeps of a crawl: its digest, so that the text can be made in any language when it is sent.</summary>
/// <param name="Items">The headlines, at most <see cref="MaxItems"/>, in the order in which they are told.</param>
/// <param name="More">New headlines beyond them.</param>
/// <param name="AsOf">When the crawl was stored, Unix seconds.</param>
public sealed record NewsPayload(IReadOnlyList<NewsHeadline> Items, int More, long AsOf)
{
    /// <summary>The most headlines of one digest.</summary>
    public const int MaxItems = 10;

    /// <summary>The alert of a digest: medium, and at once in a message of its own.</summary>
    /// <param name="crawl">The crawl's name: each has one digest for a chat.</param>
    public Alert ToAlert(string crawl)
    {
        // Without a symbol, so that no cap counts it.
        return new Alert(
            string.Create(CultureInfo.InvariantCulture, $"news|{crawl}"), AlertKind.News, string.Empty, AlertPriority.Medium, AlertStream.Live,
            AsOf, AsOf, AlertDelivery.Alone, ToJson());
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static NewsPayload Parse(string json) =>
        JsonSerializer.Deserialize(json, NewsPayloadJson.Default.NewsPayload) ?? throw new JsonException("The payload is empty.");

    /// <summary>As JSON text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, NewsPayloadJson.Default.NewsPayload);
}

/// <summary>One headline of a digest, as plain text.</summary>
/// <param name="Source">Whom or what it is about: a symbol, or the name of a source such as <c>INVESTING:FOREX</c>.</param>
/// <param name="NameKo">What that is called in Korean, or empty.</param>
/// <param name="NameEn">What that is called in English, or empty.</param>
/// <param name="Category">The symbol's category; null where the source is about no symbol.</param>
/// <param name="Title">The title.</param>
/// <param name="Summary">The summary, or null.</param>
/// <param name="Link">The address, http or https, or null.</param>
/// <param name="Published">When it came out, Unix seconds; null where the source does not say.</param>
public sealed record NewsHeadline(
    string Source, string NameKo, string NameEn, string? Category, string Title, string? Summary, string? Link, long? Published);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NewsPayload))]
internal sealed partial class NewsPayloadJson : JsonSerializerContext;
