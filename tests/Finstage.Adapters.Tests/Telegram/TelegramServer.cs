using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Finstage.Adapters.Tests.Telegram;

/// <summary>A server on the loopback interface that answers as it is told and remembers what it was asked.</summary>
internal sealed class TelegramServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private TelegramServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public ConcurrentQueue<(string Path, string Body, long? Length)> Requests { get; } = new();

    public static async Task<TelegramServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new TelegramServer(builder.Build());
        server.app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            server.Requests.Enqueue((context.Request.Path, body, context.Request.ContentLength));
            await answer(context);
        });
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Answers everything with one status and body.</summary>
    public static Task<TelegramServer> StartAsync(int status, string body, string type = "application/json", string? retryAfter = null) =>
        StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            if (retryAfter is not null)
            {
                context.Response.Headers.RetryAfter = retryAfter;
            }

            return context.Response.WriteAsync(body);
        });

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
