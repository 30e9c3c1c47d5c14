using System.Net.ServerSentEvents;
using System.Text.Json;
using Finstage.Silo.Live;
using Finstage.Testing;

namespace Finstage.Silo.Tests.Live;

public sealed class LiveHubTests
{
    private readonly FakeTime time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly LiveHub hub;

    public LiveHubTests() => hub = new LiveHub(time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listen_ForTheFirstTime_SaysHelloAtOnceAndThenWhatHappens()
    {
        Tell("before");
        using var listener = hub.Listen(null)!;
        await using var heard = Hear(listener);

        var hello = await NextAsync(heard);
        Tell("now");
        var next = await NextAsync(heard);

        Assert.Equal("hello", hello.EventType);
        Assert.Equal(("word", "\"now\""), (next.EventType, next.Data));
        Assert.NotEqual(hello.EventId, next.EventId);
    }

    [Fact]
    public async Task Listen_AfterAnEvent_GoesOnWithTheNext()
    {
        string id;
        using (var first = hub.Listen(null)!)
        {
            await using var heard = Hear(first);
            await NextAsync(heard);
            Tell("one", "two", "three");
            id = (await NextAsync(heard)).EventId!;
        }

        Tell("four");
        using var again = hub.Listen(id)!;

        await using var rest = Hear(again);
        Assert.Equal(id, (await NextAsync(rest)).EventId);
        Assert.Equal(["\"two\"", "\"three\"", "\"four\""], [(await NextAsync(rest)).Data, (await NextAsync(rest)).Data, (await NextAsync(rest)).Data]);
    }

    [Fact]
    public async Task Listen_AfterTheHelloAlone_MissesNothing()
    {
        string id;
        using (var first = hub.Listen(null)!)
        {
            await using var heard = Hear(first);
            id = (await NextAsync(heard)).EventId!;
        }

        Tell("meanwhile");
        using var again = hub.Listen(id)!;

        await using var rest = Hear(again);
        await NextAsync(rest);
        Assert.Equal("\"meanwhile\"", (await NextAsync(rest)).Data);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00000000-1")]
    public async Task Listen_AfterSomethingElses_IsTheReset(string id)
    {
        Tell("one");
        using var listener = hub.Listen(id)!;

        await using var heard = Hear(listener);
        await NextAsync(heard);
        Assert.Equal(LiveHub.Reset, (await NextAsync(heard)).EventType);
    }

    [Fact]
    public async Task Listen_AfterMoreThanIsRemembered_IsTheReset()
    {
        using var first = hub.Listen(null)!;
        await using var heard = Hear(first);
        var id = (await NextAsync(heard)).EventId!;
        first.Dispose();
        Tell([.. Enumerable.Range(0, LiveHub.Remembered + 1).Select(n => $"{n}")]);
        using var again = hub.Listen(id)!;

        await using var rest = Hear(again);
        await NextAsync(rest);
        Assert.Equal(LiveHub.Reset, (await NextAsync(rest)).EventType);
    }

    [Fact]
    public async Task Listen_AfterWhatWasForgotten_IsTheReset()
    {
        using var first = hub.Listen(null)!;
        await using var heard = Hear(first);
        var id = (await NextAsync(heard)).EventId!;
        hub.Forget();
        using var again = hub.Listen(id)!;

        await using var rest = Hear(again);
        await NextAsync(rest);
        Assert.Equal(LiveHub.Reset, (await NextAsync(rest)).EventType);
    }

    [Fact]
    public async Task Publish_ToOneThatDoesNotKeepUp_LetsItGoWithAnEvent()
    {
        using var slow = hub.Listen(null)!;
        using var quick = hub.Listen(null)!;
        await using var heardQuickly = Hear(quick);
        await NextAsync(heardQuickly);
        for (var i = 0; i <= LiveHub.Backlog; i++)
        {
            Tell($"{i}");
            await NextAsync(heardQuickly);
        }

        var heard = new List<SseItem<string>>();
        await foreach (var item in slow.ReadAsync("ko", "1", time, Stop))
        {
            heard.Add(item);
        }

        Assert.Equal(1, hub.Listeners);
        Assert.Equal(1 + LiveHub.Backlog + 1, heard.Count);
        Assert.Equal(["hello", "slow"], [heard[0].EventType, heard[^1].EventType]);
    }

    [Fact]
    public void Listen_WhenTooManyDo_IsRefused()
    {
        var listeners = Enumerable.Range(0, LiveHub.MaxListeners).Select(_ => hub.Listen(null)!).ToList();

        Assert.Null(hub.Listen(null));
        listeners[0].Dispose();
        Assert.NotNull(hub.Listen(null));
    }

    [Fact]
    public async Task Read_WhileNothingHappens_GivesASignOfLife()
    {
        using var listener = hub.Listen(null)!;
        await using var heard = Hear(listener);
        await NextAsync(heard);

        for (var beat = 1; beat <= 2; beat++)
        {
            var next = NextAsync(heard);
            await time.AdvanceAsync(LiveListener.Heartbeat - TimeSpan.FromMilliseconds(1));
            Assert.False(next.IsCompleted);
            await time.AdvanceAsync(TimeSpan.FromMilliseconds(1));
            Assert.Equal("heartbeat", (await next).EventType);
        }

        Tell("after it");
        Assert.Equal("\"after it\"", (await NextAsync(heard)).Data);
    }

    [Fact]
    public async Task Read_InALanguage_HasItsWords()
    {
        using var listener = hub.Listen(null)!;
        hub.Publish([new LiveChange("word", "안녕", "hello")]);
        await using var korean = Hear(listener);
        await NextAsync(korean);

        Assert.Equal("안녕", JsonSerializer.Deserialize<string>((await NextAsync(korean)).Data));
    }

    [Fact]
    public async Task IsWanted_AfterTheLastHasLeft_LastsForAWhile()
    {
        Assert.False(hub.IsWanted);
        var listener = hub.Listen(null)!;
        await time.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.True(hub.IsWanted);
        listener.Dispose();

        await time.AdvanceAsync(LiveHub.Linger - TimeSpan.FromSeconds(1));
        Assert.True(hub.IsWanted);
        await time.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.False(hub.IsWanted);
    }

    private void Tell(params string[] words) => hub.Publish([.. words.Select(w => new LiveChange("word", w))]);

    private IAsyncEnumerator<SseItem<string>> Hear(LiveListener listener) => listener.ReadAsync("ko", "1", time, Stop).GetAsyncEnumerator(Stop);

    private static async Task<SseItem<string>> NextAsync(IAsyncEnumerator<SseItem<string>> heard) =>
        await heard.MoveNextAsync() ? heard.Current : throw new InvalidOperationException("Nothing more is told.");
}
