using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Finstage.Simulation;

/// <summary>
/// A local server that plays Telegram's Bot API and enforces what the real one does: the token, entities, 4,096 characters, one poller,
/// what a picture must be, and, where limits are set, the pace. It keeps what it accepted.
/// </summary>
internal sealed class TelegramStandIn : IAsyncDisposable
{
    public const string Token = "123456:stand-in-token";
    private const int MaxText = 4_096;
    private const int MaxCaption = 1_024;
    private const int MaxPhoto = 10 * 1024 * 1024;

    private readonly WebApplication app;
    private readonly ConcurrentQueue<SentMessage> accepted = new();
    private readonly ConcurrentQueue<SentPhoto> photos = new();
    private readonly ConcurrentQueue<(string Method, JsonElement Body)> calls = new();
    private readonly ConcurrentQueue<string> updates = new();
    private readonly TelegramPace pace = new();
    private int number;
    private int updateNumber;
    private int pollers;

    private TelegramStandIn(WebApplication app) => this.app = app;

    /// <summary>The address to configure as <c>Telegram:ApiBaseUrl</c>.</summary>
    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>What was accepted, in order.</summary>
    public IReadOnlyList<SentMessage> Accepted => [.. accepted];

    /// <summary>The pictures that were accepted, in order.</summary>
    public IReadOnlyList<SentPhoto> Photos => [.. photos];

    /// <summary>Decides on each picture, as <see cref="Judge"/> does on messages.</summary>
    public Func<SentPhoto, (int Status, string Body)?> JudgePhoto { get; set; } = _ => null;

    /// <summary>The calls of other methods, in order.</summary>
    public IReadOnlyList<(string Method, JsonElement Body)> Calls => [.. calls];

    /// <summary>
    /// Decides on each message before it is accepted; returns null to accept, or the status and body to answer with; status 0 cuts the
    /// connection.
    /// </summary>
    public Func<SentMessage, (int Status, string Body)?> Judge { get; set; } = _ => null;

    /// <summary>Whether the connection is cut after a message was accepted: the answer never comes.</summary>
    public Func<SentMessage, bool> CutsAfterAccepting { get; set; } = _ => false;

    /// <summary>How much it takes; null for any pace.</summary>
    public TelegramLimits? Limits { get; set; }

    /// <summary>Whether somebody else polls, so that this one gets 409.</summary>
    public bool IsPolledElsewhere { get; set; }

    public static async Task<TelegramStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var telegram = new TelegramStandIn(app);
        app.MapMethods("/bot{token}/{method}", ["GET", "POST"], telegram.TakeAsync);
        await app.StartAsync();
        return telegram;
    }

    /// <summary>Somebody writes in a chat, or changes what was written.</summary>
    public void Say(long chat, long user, string text, bool isEdited = false)
    {
        var message = new { message_id = 1, date = 1, from = new { id = user, is_bot = false }, chat = new { id = chat, type = chat < 0 ? "group" : "private" }, text };
        Add(isEdited ? new { edited_message = message } : new { message });
    }

    /// <summary>Somebody presses a button under a message.</summary>
    public void Press(long chat, long user, string data) => Add(new
    {
        callback_query = new { id = $"press{data}", from = new { id = user, is_bot = false }, message = new { message_id = 1, chat = new { id = chat } }, data },
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Add(object update)
    {
        var fields = JsonSerializer.SerializeToElement(update).EnumerateObject().Select(f => $"\"{f.Name}\":{f.Value.GetRawText()}");
        updates.Enqueue($"{{\"update_id\":{Interlocked.Increment(ref updateNumber)},{string.Join(',', fields)}}}");
    }

    private async Task<IResult> TakeAsync(string token, string method, HttpContext http)
    {
        if (token == Token && method == "sendPhoto")
        {
            return await SendPhotoAsync(http);
        }

        var body = http.Request.ContentLength > 0 ? (await JsonDocument.ParseAsync(http.Request.Body)).RootElement : default;
        if (token != Token)
        {
            return Refuse(401, "Unauthorized");
        }

        switch (method)
        {
            case "sendMessage":
                return Send(body, http);
            case "getUpdates":
                return await PollAsync(body, http.RequestAborted);
            case "getMe":
                return Ok("""{"id":1,"is_bot":true,"first_name":"b","username":"b"}""");
            default:
                calls.Enqueue((method, body));
                return Ok("true");
        }
    }

    private IResult Send(JsonElement body, HttpContext http)
    {
        var html = body.GetProperty("text").GetString()!;
        var isHtml = body.TryGetProperty("parse_mode", out _);
        var buttons = body.TryGetProperty("reply_markup", out var markup) ? markup.GetProperty("inline_keyboard").GetRawText() : null;
        var message = new SentMessage(body.GetProperty("chat_id").ToString(), html) { Buttons = buttons, IsPlain = !isHtml };
        if (Judge(message) is { } refusal)
        {
            if (refusal.Status == 0)
            {
                http.Abort();
                return Results.Empty;
            }

            return Results.Text(refusal.Body, "application/json", null, refusal.Status);
        }

        var (text, fault) = isHtml ? TelegramEntities.Parse(html) : (html, null);
        if (fault is not null || text.Trim().Length == 0 || text.Length > MaxText)
        {
            return Refuse(400, fault ?? (text.Length > MaxText ? "Bad Request: message is too long" : "Bad Request: message text is empty"));
        }

        if (Limits is { } limits && pace.Wait(message.Chat, limits) is { } wait)
        {
            return SlowDown(wait);
        }

        message = message with { Number = Interlocked.Increment(ref number) };
        accepted.Enqueue(message);
        if (CutsAfterAccepting(message))
        {
            http.Abort();
        }

        return Ok($$"""{"message_id":{{message.Number}},"date":1,"chat":{"id":1,"type":"private"},"text":""}""");
    }

    private async Task<IResult> SendPhotoAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return Refuse(400, "Bad Request: there is no photo in the request");
        }

        var form = await http.Request.ReadFormAsync();
        using var file = new MemoryStream();
        if (form.Files["photo"] is { } photo)
        {
            await photo.CopyToAsync(file);
        }

        var (caption, fault) = form["parse_mode"].Count > 0 ? TelegramEntities.Parse(form["caption"].ToString()) : (form["caption"].ToString(), null);
        using var reply = form["reply_parameters"].Count > 0 ? JsonDocument.Parse(form["reply_parameters"].ToString()) : null;
        var sent = new SentPhoto(form["chat_id"].ToString(), file.ToArray(), form["caption"].ToString(), reply?.RootElement.GetProperty("message_id").GetInt64());
        if (JudgePhoto(sent) is { } refusal)
        {
            if (refusal.Status == 0)
            {
                http.Abort();
                return Results.Empty;
            }

            return Results.Text(refusal.Body, "application/json", null, refusal.Status);
        }

        if (fault is not null || caption.Length > MaxCaption || sent.Chat.Length == 0 || !IsPng(sent.Png) || sent.Png.Length > MaxPhoto)
        {
            return Refuse(400, fault ?? (caption.Length > MaxCaption ? "Bad Request: message caption is too long" : "Bad Request: IMAGE_PROCESS_FAILED"));
        }

        if (sent.ReplyTo > number && !reply!.RootElement.TryGetProperty("allow_sending_without_reply", out _))
        {
            return Refuse(400, "Bad Request: message to be replied not found");
        }

        if (Limits is { } limits && pace.Wait(sent.Chat, limits) is { } wait)
        {
            return SlowDown(wait);
        }

        photos.Enqueue(sent);
        return Ok($$"""{"message_id":{{Interlocked.Increment(ref number)}},"date":1,"chat":{"id":1,"type":"private"},"photo":[]}""");
    }

    private static bool IsPng(byte[] file) => file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

    private static IResult SlowDown(TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        return Results.Text(
            string.Create(CultureInfo.InvariantCulture, $$$"""{"ok":false,"error_code":429,"description":"Too Many Requests: retry after {{{seconds}}}","parameters":{"retry_after":{{{seconds}}}}}"""),
            "application/json", null, 429);
    }

    private async Task<IResult> PollAsync(JsonElement body, CancellationToken gone)
    {
        var offset = body.GetProperty("offset").GetInt64();
        try
        {
            if (Interlocked.Increment(ref pollers) > 1 || IsPolledElsewhere)
            {
                return Refuse(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
            }

            var patience = TimeSpan.FromSeconds(body.GetProperty("timeout").GetInt32());
            var started = TimeProvider.System.GetTimestamp();
            while (true)
            {
                var items = updates.Where(u => JsonDocument.Parse(u).RootElement.GetProperty("update_id").GetInt64() >= offset).Take(100).ToArray();
                if (items.Length > 0 || TimeProvider.System.GetElapsedTime(started) >= patience || IsPolledElsewhere)
                {
                    return Ok($"[{string.Join(',', items)}]");
                }

                await Task.Delay(20, gone);
            }
        }
        catch (OperationCanceledException)
        {
            return Results.Empty;
        }
        finally
        {
            Interlocked.Decrement(ref pollers);
        }
    }

    private static IResult Ok(string result) => Results.Text($$"""{"ok":true,"result":{{result}}}""", "application/json");

    private static IResult Refuse(int status, string description) => Results.Text(
        JsonSerializer.Serialize(new { ok = false, error_code = status, description }), "application/json", null, status);
}

/// <summary>A message as it came in.</summary>
/// <param name="Chat">The chat's id.</param>
/// <param name="Text">The text with its entities.</param>
internal sealed record SentMessage(string Chat, string Text)
{
    /// <summary>The buttons under it, as JSON, or null.</summary>
    public string? Buttons { get; init; }

    /// <summary>Whether it came without a parse mode.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The number it was given; 0 until it is accepted.</summary>
    public int Number { get; init; }

    /// <summary>When it came.</summary>
    public long At { get; } = TimeProvider.System.GetTimestamp();
}

/// <summary>A picture as it came in.</summary>
/// <param name="Chat">The chat's id.</param>
/// <param name="Png">The file.</param>
/// <param name="Caption">What stands under it, with its entities.</param>
/// <param name="ReplyTo">The message it answers, or null.</param>
internal sealed record SentPhoto(string Chat, byte[] Png, string Caption, long? ReplyTo);

/// <summary>How much Telegram takes.</summary>
/// <param name="Pace">The least time between two messages to one chat.</param>
/// <param name="GroupPerMinute">The most messages a minute to one group.</param>
/// <param name="TotalPerSecond">The most messages a second in all.</param>
internal sealed record TelegramLimits(TimeSpan Pace, int GroupPerMinute, int TotalPerSecond);

/// <summary>Keeps account of who has sent how much. Thread-safe.</summary>
internal sealed class TelegramPace
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<long>> chats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> last = new(StringComparer.Ordinal);

    /// <summary>How long the sender has to wait; null when the message was counted.</summary>
    public TimeSpan? Wait(string chat, TelegramLimits limits)
    {
        lock (gate)
        {
            var wait = TimeSpan.Zero;
            if (last.TryGetValue(chat, out var before) && TimeProvider.System.GetElapsedTime(before) is var since && since < limits.Pace)
            {
                wait = limits.Pace - since;
            }

            wait = Longer(wait, Full(chat, limits.GroupPerMinute, TimeSpan.FromMinutes(1), chat.StartsWith('-')));
            wait = Longer(wait, Full("*", limits.TotalPerSecond, TimeSpan.FromSeconds(1), true));
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            var now = TimeProvider.System.GetTimestamp();
            last[chat] = now;
            Of(chat).Enqueue(now);
            Of("*").Enqueue(now);
            return null;
        }
    }

    private Queue<long> Of(string key) => chats.TryGetValue(key, out var known) ? known : chats[key] = new Queue<long>();

    private TimeSpan Full(string key, int most, TimeSpan span, bool counts)
    {
        var taken = Of(key);
        while (taken.Count > 0 && TimeProvider.System.GetElapsedTime(taken.Peek()) >= span)
        {
            taken.Dequeue();
        }

        return counts && taken.Count >= most ? span - TimeProvider.System.GetElapsedTime(taken.Peek()) : TimeSpan.Zero;
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
