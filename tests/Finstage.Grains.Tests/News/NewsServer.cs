using System.Text;
using Finstage.Adapters.Http;
using Finstage.Adapters.News;
using Finstage.Grains.Ports;
using Finstage.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Tests.News;

/// <summary>A server of feeds on the loopback interface.</summary>
internal sealed class NewsServer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly WebApplication app;
    private FeedClient? client;

    private NewsServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    /// <summary>The body of a path with its query; status 200 unless it is null, then 404.</summary>
    public Func<string, byte[]?> Body { get; set; } = _ => null;

    /// <summary>Spoils an answer: true when it has written one itself.</summary>
    public Func<HttpContext, byte[], Task<bool>> Fault { get; set; } = (_, _) => Task.FromResult(false);

    public static async Task<NewsServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new NewsServer(builder.Build());
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>A feed as such servers write it.</summary>
    public static byte[] Rss(IEnumerable<(string Title, string Id, DateTimeOffset Time)> items)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>T</title>");
        foreach (var (title, id, time) in items)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"<item><title>{title}</title><link>https://e.com/{id}?utm_source=rss</link><guid isPermaLink=\"false\">{id}</guid><pubDate>{time:R}</pubDate></item>");
        }

        return Encoding.UTF8.GetBytes(text.Append("</channel></rss>").ToString());
    }

    /// <summary>The real way to it, which waits for nothing and repeats nothing.</summary>
    public INewsFeed Connect(FakeTime time)
    {
        client = new FeedClient(new HttpGateOptions { Spacing = TimeSpan.Zero, Retries = 0, BreakRatio = 1, BreakRequests = 1_000, DefaultPause = Pause }, time);
        return new RssNewsFeed(client, new RssOptions(), time);
    }

    /// <summary>Waits for the end of what asks it; the clock goes on while nothing but a pause is waited for.</summary>
    public async Task<T> AwaitAsync<T>(Task<T> work, FakeTime time)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(1));
            if (!work.IsCompleted && client!.Hosts.All(h => h.Running == 0))
            {
                await time.AdvanceAsync(TimeSpan.FromMilliseconds(100));
            }
        }

        return await work;
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Body(context.Request.Path + context.Request.QueryString) is not { } body)
        {
            context.Response.StatusCode = 404;
            return;
        }

        if (!await Fault(context, body))
        {
            context.Response.ContentType = "text/xml";
            await context.Response.Body.WriteAsync(body);
        }
    }
}
