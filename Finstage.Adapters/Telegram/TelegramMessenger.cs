using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Finstage.Adapters.Messengers;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Telegram;

/// <summary>
/// Sends messages as a Telegram bot, and hears what it is told. It paces nothing and repeats nothing. Thread-safe. The token appears in no result, exception or
/// trace.
/// </summary>
public sealed partial class TelegramMessenger : IMessenger, IBotApi, IDisposable
{
    private const int MaxResponseBytes = 64 * 1024;

    // So many updates of the longest texts, each character escaped, and more.
    private const int MaxPollBytes = 4 * 1024 * 1024;

    private readonly HttpClient http;
    private readonly HttpClient poll;
    private readonly string token;
    private readonly string prefix;
    private readonly TimeSpan timeout;
    private volatile string? name;

    /// <summary>Creates the messenger with connections of its own.</summary>
    /// <exception cref="ArgumentException">The options have faults; the message names them.</exception>
    public TelegramMessenger(TelegramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = options.Validate();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        token = options.BotToken;
        timeout = options.Timeout;
        prefix = $"{options.ApiBaseUrl.TrimEnd('/')}/bot{token}/";
        http = Client(MaxResponseBytes);
        poll = Client(MaxPollBytes);
    }

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(string chat, OutgoingMessage message, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(chat);
        ArgumentNullException.ThrowIfNull(message);
        return Result(await PostAsync(chat, message, cancellation));
    }

    /// <inheritdoc/>
    public async Task<SendResult> SendPhotoAsync(string chat, OutgoingPhoto photo, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(chat);
        ArgumentNullException.ThrowIfNull(photo);
        using var body = new MultipartFormDataContent { { new StringContent(chat), "chat_id" } };
        if (photo.CaptionHtml.Length > 0)
        {
            body.Add(new StringContent(photo.CaptionHtml), "caption");
            body.Add(new StringContent("HTML"), "parse_mode");
        }

        if (photo.ReplyTo is { } message)
        {
            var reply = new Dictionary<string, object> { ["message_id"] = message, ["allow_sending_without_reply"] = true };
            body.Add(new StringContent(JsonSerializer.Serialize(reply)), "reply_parameters");
        }

        var file = new ReadOnlyMemoryContent(photo.Png);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        body.Add(file, "photo", "chart.png");
        return Result(await CallAsync(http, "sendPhoto", body, null, cancellation));
    }

    /// <summary>Asks who the bot is: whether Telegram can be reached and takes the token.</summary>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<TelegramIdentity> GetMeAsync(CancellationToken cancellation)
    {
        var answer = await CallAsync(http, "getMe", null, null, cancellation);
        name = answer.Username ?? name;
        return new TelegramIdentity(answer.Outcome, answer.Username, answer.RetryAfter, answer.Error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        poll.Dispose();
    }

    private HttpClient Client(int maxBytes) => new(new SocketsHttpHandler
    {
        // The token is part of every address: no redirect carries it elsewhere, and no trace records it.
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = timeout,
        MaxResponseContentBufferSize = maxBytes,
    };

    private async Task<TelegramAnswer> PostAsync(string chat, OutgoingMessage outgoing, CancellationToken cancellation)
    {
        object id = long.TryParse(chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : chat;
        var message = new Dictionary<string, object>
        {
            ["chat_id"] = id,
            ["text"] = outgoing.IsPlain ? PlainText.Of(outgoing.Html) : outgoing.Html,
            ["link_preview_options"] = new Dictionary<string, object> { ["is_disabled"] = true },
        };

        if (!outgoing.IsPlain)
        {
            message["parse_mode"] = "HTML";
        }

        if (outgoing.Buttons.Count > 0)
        {
            var row = outgoing.Buttons.Select(b => new Dictionary<string, string> { ["text"] = b.Text, ["callback_data"] = b.Data }).ToArray();
            message["reply_markup"] = new Dictionary<string, object> { ["inline_keyboard"] = new[] { row } };
        }

        return await PostAsync(http, "sendMessage", message, null, cancellation);
    }

    private async Task<TelegramAnswer> PostAsync(
        HttpClient client, string method, Dictionary<string, object> request, Action<ReadOnlyMemory<byte>>? read, CancellationToken cancellation)
    {
        // As bytes, so that the length is known and goes ahead: not every proxy takes a body in chunks.
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await CallAsync(client, method, body, read, cancellation);
    }

    private async Task<TelegramAnswer> CallAsync(
        HttpClient client, string method, HttpContent? body, Action<ReadOnlyMemory<byte>>? read, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, prefix + method) { Content = body };
            using var response = await client.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsByteArrayAsync(cancellation);
            var answer = TelegramAnswer.Read((int)response.StatusCode, response.Headers.RetryAfter?.Delta, text);
            if (answer.Outcome == SendOutcome.Sent)
            {
                read?.Invoke(text);
            }

            return Scrub(answer);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return TelegramAnswer.Retry(string.Create(CultureInfo.InvariantCulture, $"Telegram gave no answer within {timeout.TotalSeconds:0} s."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Scrub(TelegramAnswer.Retry($"Telegram cannot be reached: {e.Message}"));
        }
    }

    // What a server or the network layer says might repeat the address, and with it the token.
    private TelegramAnswer Scrub(TelegramAnswer answer) =>
        answer with { Error = answer.Error?.Replace(token, "<token>", StringComparison.OrdinalIgnoreCase) };
}

/// <summary>What <see cref="TelegramMessenger.GetMeAsync"/> found.</summary>
/// <param name="Outcome"><see cref="SendOutcome.Sent"/> when the token was taken, else what stands in the way.</param>
/// <param name="Username">The bot's name, when the token was taken.</param>
/// <param name="RetryAfter">How long Telegram asks to wait, when it says so.</param>
/// <param name="Error">What stands in the way, without secrets.</param>
public sealed record TelegramIdentity(SendOutcome Outcome, string? Username, TimeSpan? RetryAfter, string? Error);
