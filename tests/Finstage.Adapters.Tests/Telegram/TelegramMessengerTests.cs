using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Finstage.Adapters.Telegram;
using Finstage.Grains.Ports;
using Microsoft.AspNetCore.Http;

namespace Finstage.Adapters.Tests.Telegram;

public sealed class TelegramMessengerTests
{
    private const string Token = "123456:SECRET-token_x";
    private const string Ok = """{"ok":true,"result":{"message_id":9}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_AnyMessage_AsksAsTelegramWantsIt()
    {
        await using var server = await TelegramServer.StartAsync(200, Ok);
        using var messenger = Messenger(server.Url + "/");

        await messenger.SendAsync("-1001234567890", new OutgoingMessage("<b>애플</b> 📈 1 &lt; 2"), Stop);
        await messenger.SendAsync("@channel", new OutgoingMessage("x"), Stop);

        var (path, body, length) = server.Requests.First();
        Assert.Equal($"/bot{Token}/sendMessage", path);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(body), length);
        var json = JsonDocument.Parse(body).RootElement;
        Assert.Equal(-1001234567890, json.GetProperty("chat_id").GetInt64());
        Assert.Equal("<b>애플</b> 📈 1 &lt; 2", json.GetProperty("text").GetString());
        Assert.Equal("HTML", json.GetProperty("parse_mode").GetString());
        Assert.True(json.GetProperty("link_preview_options").GetProperty("is_disabled").GetBoolean());
        Assert.Equal("@channel", JsonDocument.Parse(server.Requests.Last().Body).RootElement.GetProperty("chat_id").GetString());
    }

    [Fact]
    public async Task SendPhoto_AsAnAnswer_IsAFormWithTheFile()
    {
        await using var server = await TelegramServer.StartAsync(200, Ok);
        using var messenger = Messenger(server.Url);

        var result = await messenger.SendPhotoAsync("-100", new OutgoingPhoto("the file"u8.ToArray(), "<b>애플</b>", ReplyTo: 7), Stop);

        Assert.Equal(new SendResult(SendOutcome.Sent, 9), result);
        var (path, body, length) = server.Requests.Single();
        Assert.Equal($"/bot{Token}/sendPhoto", path);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(body), length);
        Assert.Contains("name=chat_id\r\n\r\n-100\r\n", body, StringComparison.Ordinal);
        Assert.Contains("name=caption\r\n\r\n<b>애플</b>\r\n", body, StringComparison.Ordinal);
        Assert.Contains("name=parse_mode\r\n\r\nHTML\r\n", body, StringComparison.Ordinal);
        Assert.Contains("""{"message_id":7,"allow_sending_without_reply":true}""", body, StringComparison.Ordinal);
        Assert.Matches("name=photo; filename=chart.png; [^\r]*\r\nContent-Type: image/png\r\n\r\nthe file\r\n|Content-Type: image/png\r\nContent-Disposition: form-data; name=photo; filename=chart.png[^\r]*\r\n\r\nthe file\r\n", body);
    }

    [Fact]
    public async Task Send_GroupThatMoved_TellsItsNewId()
    {
        await using var server = await TelegramServer.StartAsync(
            400, """{"ok":false,"error_code":400,"description":"moved","parameters":{"migrate_to_chat_id":-1001234567890}}""");
        using var messenger = Messenger(server.Url);

        Assert.Equal(
            new SendResult(SendOutcome.Moved, Error: "400 moved", MovedTo: "-1001234567890"),
            await messenger.SendAsync("-5", new OutgoingMessage("a"), Stop));
    }

    [Fact]
    public async Task Send_Plain_HasNoEntitiesAndNoMode()
    {
        await using var server = await TelegramServer.StartAsync(200, Ok);
        using var messenger = Messenger(server.Url);

        await messenger.SendAsync("1", new OutgoingMessage("<b>a</b> &lt; b") { IsPlain = true }, Stop);

        var json = JsonDocument.Parse(server.Requests.Single().Body).RootElement;
        Assert.Equal("a < b", json.GetProperty("text").GetString());
        Assert.False(json.TryGetProperty("parse_mode", out _));
    }

    [Fact]
    public async Task Send_NobodyThere_IsTriedAgainLaterWithoutTheToken()
    {
        using var messenger = Messenger($"http://127.0.0.1:{FreePort()}");

        var result = await messenger.SendAsync("1", new OutgoingMessage("x"), Stop);

        Assert.Equal(SendOutcome.RetryLater, result.Outcome);
        Assert.DoesNotContain("SECRET", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Send_ConnectionDropped_IsTriedAgainLater()
    {
        await using var server = await TelegramServer.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var messenger = Messenger(server.Url);

        Assert.Equal(SendOutcome.RetryLater, (await messenger.SendAsync("1", new OutgoingMessage("x"), Stop)).Outcome);
    }

    [Fact]
    public async Task Send_NoAnswer_IsTriedAgainLater()
    {
        await using var server = await TelegramServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var messenger = new TelegramMessenger(new TelegramOptions { BotToken = Token, ApiBaseUrl = server.Url, Timeout = TimeSpan.FromSeconds(1) });

        var result = await messenger.SendAsync("1", new OutgoingMessage("x"), Stop);

        Assert.Equal((SendOutcome.RetryLater, "Telegram gave no answer within 1 s."), (result.Outcome, result.Error));
    }

    [Fact]
    public async Task Send_Cancelled_IsAnException()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = await TelegramServer.StartAsync(async context =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var messenger = Messenger(server.Url);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => messenger.SendAsync("1", new OutgoingMessage("x"), cancel.Token));
    }

    [Fact]
    public async Task Send_EndlessAnswer_IsCutOff()
    {
        await using var server = await TelegramServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(new string('x', 10_000), context.RequestAborted);
            }
        });
        using var messenger = Messenger(server.Url);

        Assert.Equal(SendOutcome.RetryLater, (await messenger.SendAsync("1", new OutgoingMessage("x"), Stop)).Outcome);
    }

    [Fact]
    public async Task Send_Redirect_IsNotFollowed()
    {
        await using var other = await TelegramServer.StartAsync(200, Ok);
        await using var server = await TelegramServer.StartAsync(context =>
        {
            context.Response.Redirect(other.Url + context.Request.Path);
            return Task.CompletedTask;
        });
        using var messenger = Messenger(server.Url);

        Assert.Equal(SendOutcome.RetryLater, (await messenger.SendAsync("1", new OutgoingMessage("x"), Stop)).Outcome);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Send_AnswerThatRepeatsTheToken_IsScrubbed()
    {
        await using var server = await TelegramServer.StartAsync(400, $$"""{"ok":false,"error_code":400,"description":"no bot{{Token}} here"}""");
        using var messenger = Messenger(server.Url);

        Assert.Equal("400 no bot<token> here", (await messenger.SendAsync("1", new OutgoingMessage("x"), Stop)).Error);
    }

    [Fact]
    public async Task Send_WhileSomebodyTraces_LeavesNoTokenInTheTraces()
    {
        var tags = new List<string?>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net.Http", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => tags.AddRange(activity.TagObjects.Select(t => t.Value?.ToString())),
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await TelegramServer.StartAsync(200, Ok);
        using var messenger = Messenger(server.Url);

        await messenger.SendAsync("1", new OutgoingMessage("x"), Stop);

        Assert.DoesNotContain(tags, tag => tag?.Contains("SECRET", StringComparison.OrdinalIgnoreCase) == true);
    }

    [Fact]
    public async Task GetMe_TakenToken_NamesTheBot()
    {
        await using var server = await TelegramServer.StartAsync(200, """{"ok":true,"result":{"id":1000,"is_bot":true,"username":"test_bot"}}""");
        using var messenger = Messenger(server.Url);

        Assert.Equal(new TelegramIdentity(SendOutcome.Sent, "test_bot", null, null), await messenger.GetMeAsync(Stop));
        Assert.Equal($"/bot{Token}/getMe", server.Requests.Single().Path);
    }

    [Theory]
    [InlineData("", "https://api.telegram.org", 30, "BotToken")]
    [InlineData("a/../b", "https://api.telegram.org", 30, "BotToken")]
    [InlineData("SECRET token", "https://api.telegram.org", 30, "BotToken")]
    [InlineData(Token, "ftp://x", 30, "ApiBaseUrl")]
    [InlineData(Token, "not an address", 30, "ApiBaseUrl")]
    [InlineData(Token, "https://x/?a=b", 30, "ApiBaseUrl")]
    [InlineData(Token, "https://x", 0, "Timeout")]
    public void Create_BadOptions_AreRefusedWithoutTheToken(string token, string url, int seconds, string expected)
    {
        var options = new TelegramOptions { BotToken = token, ApiBaseUrl = url, Timeout = TimeSpan.FromSeconds(seconds) };

        var e = Assert.Throws<ArgumentException>(() => new TelegramMessenger(options));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", options.ToString(), StringComparison.Ordinal);
    }

    private static TelegramMessenger Messenger(string url) => new(new TelegramOptions { BotToken = Token, ApiBaseUrl = url });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
