using System.Globalization;
using System.Text.Json;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Telegram;

/// <content>What the bot hears.</content>
public sealed partial class TelegramMessenger
{
    private const int MaxUpdates = 20;
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(50);

    /// <inheritdoc/>
    public string? Name => name;

    /// <inheritdoc/>
    public async Task<BotUpdates> GetUpdatesAsync(long offset, CancellationToken cancellation)
    {
        // The wait ends before the call's own patience does.
        var wait = timeout * 0.8 < LongestPoll ? timeout * 0.8 : LongestPoll;
        var request = new Dictionary<string, object>
        {
            ["offset"] = offset,
            ["limit"] = MaxUpdates,
            ["timeout"] = (int)wait.TotalSeconds,
            ["allowed_updates"] = new[] { "message", "callback_query" },
        };
        var items = new List<BotUpdate>();
        var answer = await PostAsync(poll, "getUpdates", request, body => Read(body, items), cancellation);
        return new BotUpdates(answer.Outcome, items, answer.RetryAfter, answer.Error);
    }

    /// <inheritdoc/>
    public async Task<SendResult> SetCommandsAsync(
        string? language, IReadOnlyList<(string Name, string Text)> commands, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var request = new Dictionary<string, object>
        {
            ["commands"] = commands.Select(c => new Dictionary<string, string> { ["command"] = c.Name, ["description"] = c.Text }).ToArray(),
        };
        if (language is not null)
        {
            request["language_code"] = language;
        }

        return Result(await PostAsync(http, "setMyCommands", request, null, cancellation));
    }

    /// <inheritdoc/>
    public async Task<SendResult> AnswerButtonAsync(string press, string? text, CancellationToken cancellation)
    {
        var request = new Dictionary<string, object> { ["callback_query_id"] = press };
        if (text is not null)
        {
            request["text"] = text;
        }

        return Result(await PostAsync(http, "answerCallbackQuery", request, null, cancellation));
    }

    private static SendResult Result(TelegramAnswer answer) => new(
        answer.Outcome, answer.MessageId, answer.RetryAfter, answer.Error, answer.MovedTo?.ToString(CultureInfo.InvariantCulture));

    private static void Read(ReadOnlyMemory<byte> body, List<BotUpdate> items)
    {
        using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
        if (Child(json.RootElement, "result") is not { ValueKind: JsonValueKind.Array } updates)
        {
            return;
        }

        foreach (var update in updates.EnumerateArray())
        {
            if (Number(update, "update_id") is { } id)
            {
                items.Add(Read(id, update));
            }
        }
    }

    private static BotUpdate Read(long id, JsonElement update)
    {
        var press = Child(update, "callback_query");
        var isPress = press.ValueKind == JsonValueKind.Object;
        var message = isPress ? Child(press, "message") : Child(update, "message");
        var from = Child(isPress ? press : message, "from");
        var chat = Number(Child(message, "chat"), "id");
        return new BotUpdate(
            id, chat?.ToString(CultureInfo.InvariantCulture) ?? string.Empty, Number(from, "id") ?? 0,
            isPress ? Text(press, "data") : Text(message, "text"), isPress ? Text(press, "id") : null);
    }

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) ? child : default;

    private static long? Number(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Number } child && child.TryGetInt64(out var value) ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.String } child ? child.GetString() : null;
}
