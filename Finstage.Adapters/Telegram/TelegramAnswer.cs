using System.Globalization;
using System.Text.Json;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Telegram;

/// <summary>What Telegram answered, and what follows from it.</summary>
internal sealed record TelegramAnswer(
    SendOutcome Outcome, long? MessageId = null, string? Username = null, TimeSpan? RetryAfter = null, string? Error = null,
    long? MovedTo = null)
{
    private const int MaxDescription = 200;

    // Told to slow down without being told for how long.
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public static TelegramAnswer Retry(string error) => new(SendOutcome.RetryLater, Error: error);

    /// <summary>
    /// Reads an answer. Only Telegram's own JSON can condemn a message or a token: a page of HTML comes from something on the way,
    /// whatever its status, and the message is sent again later.
    /// </summary>
    public static TelegramAnswer Read(int status, TimeSpan? retryAfter, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("ok", out var ok))
            {
                return ok.ValueKind == JsonValueKind.True
                    ? Accepted(json.RootElement)
                    : Refused(json.RootElement, status, retryAfter);
            }
        }
        catch (JsonException)
        {
            // Fall through: not Telegram's words.
        }

        return status == 429
            ? new TelegramAnswer(SendOutcome.RetryLater, RetryAfter: Bounded(retryAfter ?? DefaultWait), Error: "Telegram answered 429.")
            : Retry(string.Create(CultureInfo.InvariantCulture, $"Status {status} with a body that is not Telegram's."));
    }

    private static TelegramAnswer Accepted(JsonElement root)
    {
        var result = Child(root, "result");
        return new TelegramAnswer(SendOutcome.Sent, Number(result, "message_id"), Text(result, "username"));
    }

    private static TelegramAnswer Refused(JsonElement root, int status, TimeSpan? retryAfter)
    {
        var code = Number(root, "error_code") ?? status;
        var parameters = Child(root, "parameters");
        var description = Text(root, "description") ?? "no description";
        var error = string.Create(
            CultureInfo.InvariantCulture,
            $"{code} {(description.Length > MaxDescription ? description[..MaxDescription] : description)}");
        return code switch
        {
            429 => new TelegramAnswer(SendOutcome.RetryLater, RetryAfter: Wait(parameters, retryAfter), Error: error),
            401 or 404 => new TelegramAnswer(SendOutcome.Unauthorized, Error: error),
            403 => new TelegramAnswer(SendOutcome.ChatClosed, Error: error),
            >= 400 and < 500 => BadRequest(description, error, Number(parameters, "migrate_to_chat_id")),
            _ => Retry(error),
        };
    }

    // Telegram has one code for all of these; its words tell them apart.
    private static TelegramAnswer BadRequest(string description, string error, long? movedTo) => new(
        movedTo is not null ? SendOutcome.Moved
        : description.Contains("can't parse entities", StringComparison.OrdinalIgnoreCase) ? SendOutcome.Unparsable
        : description.Contains("chat not found", StringComparison.OrdinalIgnoreCase) ? SendOutcome.ChatClosed
        : SendOutcome.Rejected,
        Error: error,
        MovedTo: movedTo);

    private static TimeSpan Wait(JsonElement parameters, TimeSpan? header)
    {
        var seconds = Number(parameters, "retry_after");
        return Bounded(seconds is null ? header ?? DefaultWait : TimeSpan.FromSeconds(Math.Clamp(seconds.Value, 0, 86_400)));
    }

    private static TimeSpan Bounded(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) ? child : default;

    private static long? Number(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Number } child && child.TryGetInt64(out var value) ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.String } child ? child.GetString() : null;
}
