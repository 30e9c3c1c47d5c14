using System.Net;
using Finstage.Adapters.Http;
using Finstage.Client.Server;
using Finstage.Testing;

namespace Finstage.Client.Tests.Server;

/// <summary>Following a silo that comes and goes; a local server plays it.</summary>
public sealed class LiveEventsTests : IAsyncDisposable
{
    private readonly FakeTime time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly HttpListener server = new();
    private readonly FinstageApi api;
    private readonly List<string?> heard = [];

    public LiveEventsTests()
    {
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        server.Prefixes.Add(address);
        server.Start();
        api = new FinstageApi(new Uri(address), TimeSpan.FromSeconds(10));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_ASiloThatEnds_ComesBackAfterTheLastEvent()
    {
        var playing = PlayAsync("event: hello\ndata: {}\nid: a-1\n\nevent: job\ndata: {\"n\":1}\nid: a-2\n\n", "event: hello\ndata: {}\nid: a-2\n\n");
        await using var items = LiveEvents.FollowAsync(api, "en", time, Stop).GetAsyncEnumerator(Stop);

        Assert.Equal(["hello", "job", LiveItem.Lost], [await NextAsync(items), await NextAsync(items), await NextAsync(items)]);
        var next = NextAsync(items);
        await time.AdvanceAsync(TimeSpan.FromMilliseconds(999));
        Assert.Single(heard);
        await time.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal("hello", await next);

        await playing;
        Assert.Equal([null, "a-2"], heard);
    }

    [Fact]
    public async Task Follow_ASiloThatWasNeverThere_Fails()
    {
        server.Stop();
        await using var items = LiveEvents.FollowAsync(api, "en", time, Stop).GetAsyncEnumerator(Stop);

        await Assert.ThrowsAsync<ApiException>(() => NextAsync(items));
    }

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        server.Close();
        return ValueTask.CompletedTask;
    }

    private async Task PlayAsync(params string[] answers)
    {
        foreach (var answer in answers)
        {
            var context = await server.GetContextAsync();
            heard.Add(context.Request.Headers["Last-Event-ID"]);
            context.Response.ContentType = "text/event-stream";
            await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer), Stop);
            context.Response.Close();
        }
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<LiveItem> items) =>
        await items.MoveNextAsync() ? items.Current.Kind : throw new InvalidOperationException("Nothing more is told.");
}
