using Finstage.Adapters.Telegram;
using Finstage.Grains.Ports;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.Telegram;

/// <summary>What follows from answers as servers have sent them.</summary>
public sealed class TelegramRecordedTests
{
    [Theory]
    [InlineData("sendMessage-200.json", 200, SendOutcome.Sent, null, null)]
    [InlineData("error-400-chat-not-found.json", 400, SendOutcome.ChatClosed, null, "400 Bad Request: chat not found")]
    [InlineData("error-400-migrate.json", 400, SendOutcome.Moved, null, "400 Test error description")]
    [InlineData("error-400-parse-entities.json", 400, SendOutcome.Unparsable, null, "400 Bad Request: can't parse entities")]
    [InlineData("error-401-unauthorized.json", 401, SendOutcome.Unauthorized, null, "401 Unauthorized")]
    [InlineData("error-403-blocked.json", 403, SendOutcome.ChatClosed, null, "403 Forbidden: bot was blocked by the user")]
    [InlineData("error-403-not-member.json", 403, SendOutcome.ChatClosed, null, "403 Forbidden: bot is not a member of the channel chat")]
    [InlineData("error-429-no-parameters.json", 429, SendOutcome.RetryLater, 5, "429 Too Many Requests")]
    [InlineData("error-429-retry-1.json", 429, SendOutcome.RetryLater, 1, "429 Too Many Requests: retry after 1")]
    [InlineData("error-429-retry-5.json", 429, SendOutcome.RetryLater, 5, "429 Too Many Requests: retry after 5")]
    [InlineData("error-502.json", 502, SendOutcome.RetryLater, null, "502 Bad Gateway")]
    [InlineData("error-502.html", 502, SendOutcome.RetryLater, null, "Status 502 with a body that is not Telegram's.")]
    [InlineData("error-502.html", 200, SendOutcome.RetryLater, null, "Status 200 with a body that is not Telegram's.")]
    [InlineData("error-502.html", 403, SendOutcome.RetryLater, null, "Status 403 with a body that is not Telegram's.")]
    public async Task Send_RecordedAnswer_IsUnderstood(string file, int status, SendOutcome outcome, int? seconds, string? error)
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        var body = await File.ReadAllTextAsync(Path.Combine(Repository.Data, "feeds", "telegram", file), TestContext.Current.CancellationToken);

        var result = await SendAsync(status, body);

        Assert.Equal((outcome, error), (result.Outcome, result.Error));
        Assert.Equal(seconds is null ? null : TimeSpan.FromSeconds(seconds.Value), result.RetryAfter);
        Assert.Equal(outcome == SendOutcome.Sent ? 9 : null, result.MessageId);
    }

    [Theory]
    [InlineData("""{"ok":false,"error_code":404,"description":"Not Found"}""", 404, SendOutcome.Unauthorized, null)]
    [InlineData("""{"ok":false,"error_code":500,"description":"Internal Server Error"}""", 500, SendOutcome.RetryLater, null)]
    [InlineData("""{"ok":false,"error_code":429,"parameters":{"retry_after":9999999999}}""", 429, SendOutcome.RetryLater, 86_400)]
    [InlineData("""{"ok":false,"error_code":429,"parameters":{"retry_after":"soon"}}""", 429, SendOutcome.RetryLater, 7)]
    [InlineData("Too Many Requests", 429, SendOutcome.RetryLater, 7)]
    [InlineData("""{"ok":false,"error_code":"x","description":5,"parameters":[]}""", 400, SendOutcome.Rejected, null)]
    [InlineData("""{"ok":true,"result":{}}""", 200, SendOutcome.Sent, null)]
    [InlineData("""{"ok":true,"res""", 200, SendOutcome.RetryLater, null)]
    [InlineData("[]", 200, SendOutcome.RetryLater, null)]
    [InlineData("", 200, SendOutcome.RetryLater, null)]
    [InlineData("", 413, SendOutcome.RetryLater, null)]
    public async Task Send_UnusualAnswer_IsUnderstood(string body, int status, SendOutcome outcome, int? seconds)
    {
        var result = await SendAsync(status, body, status == 429 ? "7" : null);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(seconds is null ? null : TimeSpan.FromSeconds(seconds.Value), result.RetryAfter);
        Assert.Equal(outcome == SendOutcome.Sent, result.Error is null);
    }

    private static async Task<SendResult> SendAsync(int status, string body, string? retryAfter = null)
    {
        await using var server = await TelegramServer.StartAsync(status, body, retryAfter: retryAfter);
        using var messenger = new TelegramMessenger(new TelegramOptions { BotToken = "1:a", ApiBaseUrl = server.Url });
        return await messenger.SendAsync("1", new OutgoingMessage("x"), TestContext.Current.CancellationToken);
    }
}
