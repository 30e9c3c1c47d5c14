using System.Collections.Concurrent;
using Finstage.Adapters.Http;
using Finstage.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Finstage.Adapters.Tests.Http;

/// <summary>A feed's server on the loopback interface: it answers as it is told and remembers what it was asked.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private FeedServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public Uri Address(string path) => new(Url + path);

    /// <summary>The address as sent, and who asked.</summary>
    public ConcurrentQueue<(string Target, string UserAgent)> Requests { get; } = new();

    public static async Task<FeedServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new FeedServer(builder.Build());
        server.app.Run(async context =>
        {
            server.Requests.Enqueue((context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, context.Request.Headers.UserAgent.ToString()));
            await answer(context);
        });
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Answers everything with one status and body.</summary>
    public static Task<FeedServer> StartAsync(int status, byte[] body, string type = "application/json") =>
        StartAsync(context => AnswerAsync(context, status, body, type));

    /// <summary>Answers everything with one status and text.</summary>
    public static Task<FeedServer> StartAsync(int status, string body, string type = "application/json") =>
        StartAsync(status, System.Text.Encoding.UTF8.GetBytes(body), type);

    public static async Task AnswerAsync(HttpContext context, int status, byte[] body, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>A client that waits for nothing and repeats nothing.</summary>
    public static FeedClient Client(FakeTime time, int retries = 0) =>
        new(new HttpGateOptions { Spacing = TimeSpan.Zero, Retries = retries, BreakRatio = 1, BreakRequests = 1_000 }, time);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
