using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Finstage.Adapters.Http;
using Finstage.Grains.Ports;
using Finstage.Testing;
using Microsoft.AspNetCore.Http;

namespace Finstage.Adapters.Tests.Http;

public sealed class FeedClientTests
{
    private const int Limit = 100_000;

    private readonly FakeTime time = new(new DateTimeOffset(2025, 3, 3, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_AnyAnswer_IsGivenWhole()
    {
        await using var server = await FeedServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "7";
            return FeedServer.AnswerAsync(context, 503, "{\"a\":1}"u8.ToArray(), "application/json; charset=\"euc-kr\"");
        });
        using var client = FeedServer.Client(time);

        var answer = await AskAsync(client, server.Address("/x?y=%5E1"));

        Assert.Equal("/x?y=%5E1", server.Requests.Single().Target);
        Assert.Equal("Agent/1.0 (x)", server.Requests.Single().UserAgent);
        Assert.Equal((503, "euc-kr", TimeSpan.FromSeconds(7)), (answer.Value!.Status, answer.Value.Charset, answer.Value.RetryAfter));
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(answer.Value.Body.Span));
    }

    [Fact]
    public async Task Get_RetryAfterAsADate_CountsFromOurClock()
    {
        await using var server = await FeedServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = time.GetUtcNow().AddSeconds(90).ToString("R", CultureInfo.InvariantCulture);
            return FeedServer.AnswerAsync(context, 429, []);
        });
        using var client = FeedServer.Client(time);

        Assert.Equal(TimeSpan.FromSeconds(90), (await AskAsync(client, server.Address("/"))).Value!.RetryAfter);
    }

    [Fact]
    public async Task Get_RateLimitWithoutAPause_PausesTheHostForTheDefault()
    {
        await using var server = await FeedServer.StartAsync(429, "Too Many Requests", "text/plain");
        using var client = FeedServer.Client(time);

        var result = await client.GetAsync(Query(server.Address("/")), a => new FeedResult<string>(a.StatusFailure()!), Stop);

        Assert.Equal((FeedFault.RateLimited, TimeSpan.FromSeconds(5)), (result.Failure?.Fault, result.Failure?.RetryAfter));
        Assert.True(client.Hosts.Single().IsSuspended);
    }

    [Fact]
    public async Task Get_CompressedAnswer_IsUnpacked()
    {
        await using var server = await FeedServer.StartAsync(context => ZippedAsync(context, "hello"u8.ToArray()));
        using var client = FeedServer.Client(time);

        Assert.Equal("hello", Encoding.UTF8.GetString((await AskAsync(client, server.Address("/"))).Value!.Body.Span));
    }

    [Fact]
    public async Task Get_AnswerThatUnpacksToTooMuch_IsCutOff()
    {
        await using var server = await FeedServer.StartAsync(context => ZippedAsync(context, new byte[50_000_000]));
        using var client = FeedServer.Client(time);

        Assert.Equal(FeedFault.TooLarge, (await AskAsync(client, server.Address("/"))).Failure?.Fault);
    }

    [Theory]
    [InlineData(Limit, null)]
    [InlineData(Limit + 1, FeedFault.TooLarge)]
    public async Task Get_AnswerOfKnownLength_MayBeAsLongAsTheLimit(int length, FeedFault? fault)
    {
        await using var server = await FeedServer.StartAsync(200, new byte[length]);
        using var client = FeedServer.Client(time);

        Assert.Equal(fault, (await AskAsync(client, server.Address("/"))).Failure?.Fault);
    }

    [Fact]
    public async Task Get_EndlessAnswer_IsCutOff()
    {
        await using var server = await FeedServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(new string('x', 10_000), context.RequestAborted);
            }
        });
        using var client = FeedServer.Client(time);

        Assert.Equal(FeedFault.TooLarge, (await AskAsync(client, server.Address("/"))).Failure?.Fault);
    }

    [Fact]
    public async Task Get_AnswerThatBreaksOff_IsMalformed()
    {
        // Kestrel aborts a connection so that nothing of the answer may arrive; this end is a quiet one.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var connection = await listener.AcceptTcpClientAsync(Stop);
            var stream = connection.GetStream();
            await stream.ReadExactlyAsync(new byte[40], Stop);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"chart\":"u8.ToArray(), Stop);
            connection.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(new byte[1_000], Stop) > 0)
            {
            }
        }, Stop);
        using var client = FeedServer.Client(time);

        Assert.Equal(FeedFault.Malformed, (await AskAsync(client, new Uri($"http://{listener.LocalEndpoint}/"))).Failure?.Fault);
        await serving;
    }

    [Fact]
    public async Task Get_AnswerThatIsNotPackedAsItSays_IsMalformed()
    {
        await using var server = await FeedServer.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return FeedServer.AnswerAsync(context, 200, "not packed at all"u8.ToArray());
        });
        using var client = FeedServer.Client(time);

        Assert.Equal(FeedFault.Malformed, (await AskAsync(client, server.Address("/"))).Failure?.Fault);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_HostThatHangs_IsGivenUpAfterThirtySeconds(bool afterHeaders)
    {
        var asked = new TaskCompletionSource();
        await using var server = await FeedServer.StartAsync(async context =>
        {
            if (afterHeaders)
            {
                await context.Response.WriteAsync("{", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = FeedServer.Client(time);
        var asking = AskAsync(client, server.Address("/"));
        await asked.Task;

        await time.AdvanceAsync(TimeSpan.FromSeconds(29));
        Assert.False(asking.IsCompleted);
        await time.AdvanceAsync(TimeSpan.FromSeconds(1));

        var failure = (await asking).Failure!;
        Assert.Equal(FeedFault.Timeout, failure.Fault);
        Assert.EndsWith("gave no whole answer within 30 s.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Cancelled_IsAnException()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = await FeedServer.StartAsync(async context =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = FeedServer.Client(time);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.GetAsync(Query(server.Address("/")), a => new FeedResult<FeedAnswer>(a), cancel.Token));
        Assert.Equal(0, client.Hosts.Single().Running);
    }

    [Fact]
    public async Task Get_NobodyThere_IsUnreachableWithoutTheAddress()
    {
        using var client = FeedServer.Client(time);

        var failure = (await AskAsync(client, new Uri($"http://user:SECRET1@127.0.0.1:{FreePort()}/SECRET2?key=SECRET3"))).Failure!;

        Assert.Equal(FeedFault.Unreachable, failure.Fault);
        Assert.DoesNotContain("SECRET", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("SECRET", client.Hosts.Single().ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Get_NameThatNobodyKnows_IsUnreachable()
    {
        using var client = FeedServer.Client(time);

        Assert.Equal(FeedFault.Unreachable, (await AskAsync(client, new Uri("http://feed.invalid/"))).Failure?.Fault);
    }

    [Fact]
    public async Task Get_ConnectionDropped_IsUnreachable()
    {
        await using var server = await FeedServer.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var client = FeedServer.Client(time);

        Assert.Equal(FeedFault.Unreachable, (await AskAsync(client, server.Address("/"))).Failure?.Fault);
    }

    [Fact]
    public async Task Get_RedirectsWithoutEnd_EndWithTheRedirect()
    {
        await using var server = await FeedServer.StartAsync(context =>
        {
            context.Response.Redirect("/again");
            return Task.CompletedTask;
        });
        using var client = FeedServer.Client(time);

        var answer = await AskAsync(client, server.Address("/"));

        Assert.Equal((302, 4), (answer.Value!.Status, server.Requests.Count));
        Assert.Equal(FeedFault.Unavailable, answer.Value.StatusFailure()?.Fault);
    }

    [Fact]
    public async Task Get_ChanceFailures_AreRepeatedOverTheWire()
    {
        var asked = 0;
        await using var server = await FeedServer.StartAsync(context =>
            FeedServer.AnswerAsync(context, Interlocked.Increment(ref asked) < 3 ? 500 : 200, "{}"u8.ToArray()));
        using var client = FeedServer.Client(time, retries: 3);

        var asking = client.GetAsync(
            Query(server.Address("/")), a => a.StatusFailure() is { } f ? new FeedResult<FeedAnswer>(f) : new FeedResult<FeedAnswer>(a), Stop);
        var answer = await time.AdvanceUntilDoneAsync(asking, TimeSpan.FromSeconds(0.5), () => client.Hosts.Any(h => h.Running > 0));

        Assert.Equal(200, answer.Value?.Status);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Get_WhileSomebodyTraces_SendsNoTraceHeader()
    {
        string? header = null;
        using var listener = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        await using var server = await FeedServer.StartAsync(context =>
        {
            header = context.Request.Headers.TraceParent.ToString();
            return FeedServer.AnswerAsync(context, 200, []);
        });
        using var client = FeedServer.Client(time);

        await AskAsync(client, server.Address("/"));

        Assert.Equal(string.Empty, header);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(204, null)]
    [InlineData(301, FeedFault.Unavailable)]
    [InlineData(400, FeedFault.InvalidRequest)]
    [InlineData(401, FeedFault.Refused)]
    [InlineData(403, FeedFault.Refused)]
    [InlineData(404, FeedFault.NotFound)]
    [InlineData(408, FeedFault.Unavailable)]
    [InlineData(410, FeedFault.NotFound)]
    [InlineData(429, FeedFault.RateLimited)]
    [InlineData(500, FeedFault.Unavailable)]
    [InlineData(503, FeedFault.Unavailable)]
    [InlineData(999, FeedFault.Unavailable)]
    public void StatusFailure_AnyStatus_IsSortedByWhatFollowsFromIt(int status, FeedFault? expected) =>
        Assert.Equal(expected, new FeedAnswer("h", status, null, null, default).StatusFailure()?.Fault);

    private static Task<FeedResult<FeedAnswer>> AskAsync(FeedClient client, Uri address) =>
        client.GetAsync(Query(address), a => new FeedResult<FeedAnswer>(a), Stop);

    private static FeedQuery Query(Uri address) => new(address, "Agent/1.0 (x)", "application/json", Limit);

    private static async Task ZippedAsync(HttpContext context, byte[] body)
    {
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await zip.WriteAsync(body);
        }

        context.Response.Headers.ContentEncoding = "gzip";
        await FeedServer.AnswerAsync(context, 200, packed.ToArray());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
