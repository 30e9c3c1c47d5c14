using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Finstage.Silo.Tests;

/// <summary>A local server that plays Telegram's Bot API: takes <c>sendMessage</c> and <c>getMe</c>, and keeps what it accepted.</summary>
internal sealed class TelegramStandIn : IAsyncDisposable
{
    public const string Token = "123456:stand-in-token";

    private readonly WebApplication app;
    private readonly ConcurrentQueue<SentMessage> accepted = new();
    private int number;

    private TelegramStandIn(WebApplication app) => this.app = app;

    /// <summary>The address to configure as <c>Telegram:ApiBaseUrl</c>.</summary>
    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>What was accepted, in order.</summary>
    public IReadOnlyList<SentMessage> Accepted => [.. accepted];

    /// <summary>Decides on each message before it is accepted; returns null to accept, or the status and body to answer with.</summary>
    public Func<SentMessage, (int Status, string Body)?> Judge { get; set; } = _ => null;

    public static async Task<TelegramStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var telegram = new TelegramStandIn(app);
        app.MapPost("/bot{token}/sendMessage", telegram.SendAsync);
        app.MapPost("/bot{token}/getMe", () => Results.Text("""{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"b","username":"b"}}""", "application/json"));
        await app.StartAsync();
        return telegram;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> SendAsync(string token, HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        var message = new SentMessage(
            body.RootElement.GetProperty("chat_id").ToString(), body.RootElement.GetProperty("text").GetString()!);
        if (token != Token)
        {
            return Results.Text("""{"ok":false,"error_code":401,"description":"Unauthorized"}""", "application/json", null, 401);
        }

        if (Judge(message) is { } refusal)
        {
            return Results.Text(refusal.Body, "application/json", null, refusal.Status);
        }

        accepted.Enqueue(message);
        return Results.Text(
            $$$"""{"ok":true,"result":{"message_id":{{{Interlocked.Increment(ref number)}}},"date":1,"chat":{"id":1,"type":"private"},"text":""}}""", "application/json");
    }
}

/// <summary>A message as it came in.</summary>
/// <param name="Chat">The chat's id.</param>
/// <param name="Text">The text with its entities.</param>
internal sealed record SentMessage(string Chat, string Text);
