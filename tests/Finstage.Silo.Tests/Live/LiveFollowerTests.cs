using System.Net.ServerSentEvents;
using Finstage.Silo.Live;
using Finstage.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Finstage.Silo.Tests.Live;

public sealed class LiveFollowerTests : IAsyncDisposable
{
    private readonly FakeTime time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly LiveHub hub;
    private readonly LiveFollower follower;
    private int looks;
    private bool isFailing;

    public LiveFollowerTests()
    {
        hub = new LiveHub(time);
        follower = new LiveFollower(hub, LookAsync, time, NullLogger<LiveFollower>.Instance);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_WhileNobodyListens_DoesNotLook()
    {
        await follower.StartAsync(Stop);
        await time.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(0, Volatile.Read(ref looks));
    }

    [Fact]
    public async Task Follow_OnceSomebodyListens_TellsWhatComesAfterTheFirstLook()
    {
        await follower.StartAsync(Stop);
        using var listener = hub.Listen(null)!;
        await using var heard = listener.ReadAsync("ko", "1", time, Stop).GetAsyncEnumerator(Stop);

        Assert.Equal("hello", (await NextAsync(heard)).EventType);
        Assert.Equal(LiveHub.Reset, (await NextAsync(heard)).EventType);
        await UntilItWaitsAsync();
        await time.AdvanceAsync(LiveFollower.Period);
        Assert.Equal("2", (await NextAsync(heard)).Data);
    }

    [Fact]
    public async Task Follow_WhenALookFails_LooksAgain()
    {
        await follower.StartAsync(Stop);
        using var listener = hub.Listen(null)!;
        await using var heard = listener.ReadAsync("ko", "1", time, Stop).GetAsyncEnumerator(Stop);
        await NextAsync(heard);
        await NextAsync(heard);
        isFailing = true;
        await UntilItWaitsAsync();
        await time.AdvanceAsync(LiveFollower.Period);
        await UntilAsync(() => Volatile.Read(ref looks) == 2);
        isFailing = false;

        await UntilItWaitsAsync();
        await time.AdvanceAsync(LiveFollower.Period);

        Assert.Equal("3", (await NextAsync(heard)).Data);
    }

    [Fact]
    public async Task Follow_LongAfterTheLastHasLeft_StopsLooking()
    {
        await follower.StartAsync(Stop);
        hub.Listen(null)!.Dispose();
        await UntilAsync(() => Volatile.Read(ref looks) == 1);
        for (var second = 0; second <= LiveHub.Linger.TotalSeconds; second++)
        {
            await UntilItWaitsAsync();
            await time.AdvanceAsync(LiveFollower.Period);
        }

        var before = Volatile.Read(ref looks);
        await time.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(before, Volatile.Read(ref looks));
        Assert.InRange(before, 2, LiveHub.Linger.TotalSeconds + 2);
    }

    public async ValueTask DisposeAsync()
    {
        await follower.StopAsync(CancellationToken.None);
        follower.Dispose();
    }

    private Task<IReadOnlyList<LiveChange>> LookAsync(CancellationToken cancellation)
    {
        var look = Interlocked.Increment(ref looks);
        return isFailing
            ? Task.FromException<IReadOnlyList<LiveChange>>(new IOException("planted"))
            : Task.FromResult<IReadOnlyList<LiveChange>>([new LiveChange("look", look)]);
    }

    // The follower's timer is set by another thread.
    private static Task UntilItWaitsAsync() => FakeTime.SettleAsync();

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static async Task<SseItem<string>> NextAsync(IAsyncEnumerator<SseItem<string>> heard) =>
        await heard.MoveNextAsync() ? heard.Current : throw new InvalidOperationException("Nothing more is told.");
}
