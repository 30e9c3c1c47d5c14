using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Finstage.Silo.Live;

namespace Finstage.Silo.Tests;

[Collection(SampleSilo.Shared)]
public sealed class StreamApiTests(SampleSilo samples)
{
    private SiloUnderTest Silo => samples.Silo;

    [Fact]
    public async Task Stream_AtOnce_HasItsHeadersAndSaysHello()
    {
        using var response = await OpenAsync("/api/stream");
        await using var heard = Hear(response);

        var hello = await NextAsync(heard);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("hello", hello.EventType);
        Assert.Equal(15, JsonDocument.Parse(hello.Data).RootElement.GetProperty("heartbeatSeconds").GetInt32());
    }

    [Fact]
    public async Task Stream_WhileAJobRuns_TellsOfIt()
    {
        using var response = await OpenAsync("/api/stream");
        await using var heard = Hear(response);

        var job = await UntilAsync(heard, e => e.EventType == "job" && e.Data.Contains("\"optimize\"", StringComparison.Ordinal), RunAJobNowAndThenAsync);

        Assert.Equal("optimize", JsonDocument.Parse(job.Data).RootElement.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("header")]
    [InlineData("query")]
    public async Task Stream_WithTheLastEventsId_GoesOnAfterIt(string by)
    {
        string id;
        using (var first = await OpenAsync("/api/stream"))
        {
            await using var heard = Hear(first);
            id = (await UntilAsync(heard, e => e.EventType == "job", RunAJobNowAndThenAsync)).EventId!;
        }

        await Silo.RunJobAsync("optimize");
        using var again = by == "header" ? await OpenAsync("/api/stream", id) : await OpenAsync($"/api/stream?lastEventId={id}");

        await using var rest = Hear(again);
        Assert.Equal(id, (await NextAsync(rest)).EventId);
        Assert.Equal("job", (await UntilAsync(rest, e => e.EventType is LiveHub.Reset or "job")).EventType);
    }

    [Fact]
    public async Task Stream_WithAnIdOfAnotherRun_IsTheReset()
    {
        using var response = await OpenAsync("/api/stream", "0badc0de-7");
        await using var heard = Hear(response);

        await NextAsync(heard);

        Assert.Equal("""{"reason":"gap"}""", (await NextAsync(heard)).Data);
    }

    [Fact]
    public async Task Stream_InALanguageThatIsNone_Is400()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await Silo.Http.GetAsync("/api/stream?lang=fr")).StatusCode);
    }

    private async Task<HttpResponseMessage> OpenAsync(string path, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        return await Silo.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static IAsyncEnumerator<SseItem<string>> Hear(HttpResponseMessage response) =>
        SseParser.Create(response.Content.ReadAsStream()).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();

    // Only what changes after the first look is told, and nothing says when that was.
    private async Task RunAJobNowAndThenAsync(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            await Silo.RunJobAsync("optimize");
            await Task.Delay(200, CancellationToken.None);
        }
    }

    private static async Task<SseItem<string>> UntilAsync(
        IAsyncEnumerator<SseItem<string>> heard, Func<SseItem<string>, bool> isIt, Func<CancellationToken, Task>? meanwhile = null)
    {
        using var enough = new CancellationTokenSource();
        var work = meanwhile?.Invoke(enough.Token) ?? Task.CompletedTask;
        try
        {
            for (var i = 0; i < 1_000; i++)
            {
                var item = await NextAsync(heard).WaitAsync(TimeSpan.FromSeconds(30));
                if (isIt(item))
                {
                    return item;
                }

                Assert.NotEqual("heartbeat", item.EventType);
            }

            throw new InvalidOperationException("It is not told.");
        }
        finally
        {
            await enough.CancelAsync();
            await work;
        }
    }

    private static async Task<SseItem<string>> NextAsync(IAsyncEnumerator<SseItem<string>> heard) =>
        await heard.MoveNextAsync() ? heard.Current : throw new InvalidOperationException("Nothing more is told.");
}
