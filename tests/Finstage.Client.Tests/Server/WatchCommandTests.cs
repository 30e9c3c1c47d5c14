using System.Text.Json;
using Finstage.Adapters.Http;
using Finstage.Client.Server;
using Finstage.Testing;

namespace Finstage.Client.Tests.Server;

public sealed class WatchCommandTests
{
    private readonly FakeTime clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly List<string> did = [];

    [Fact]
    public async Task Follow_AfterAGap_ReadsAllAgainBeforeItIsDrawn()
    {
        await FollowAsync((0, Item("quote", new { symbol = "AAPL", price = 1.0, time = "2026-03-02T12:00:00Z" })), (0, Item("reset", new { reason = "start" })));

        Assert.Equal(["draw", "read", "draw"], did);
    }

    [Fact]
    public async Task Follow_DailyCandlesComingIn_ReadsPricesEveryTwoSecondsAtMostAndTheLastOfThemToo()
    {
        await FollowAsync((0, Candles("1d")), (1, Candles("1d")), (1, Candles("1d")), (1, Candles("1d")), (15, Item("heartbeat", new { })), (15, Item("heartbeat", new { })));

        Assert.Equal(["draw", "draw", "prices", "draw", "draw", "prices", "draw", "draw"], did);
    }

    [Fact]
    public async Task Follow_CandlesOfAnHour_ReadsNothing()
    {
        await FollowAsync((5, Candles("1h")));

        Assert.Equal(["draw"], did);
    }

    [Fact]
    public async Task Follow_SiloGoneWhileItIsRead_ReadsWithTheNextEvent()
    {
        var isGone = true;
        await WatchCommand.FollowAsync(
            new WatchView([]), Events((0, Item("reset", new { reason = "gap" })), (15, Item("heartbeat", new { }))),
            _ =>
            {
                did.Add(isGone ? "gone" : "read");
                return isGone ? Gone() : Task.CompletedTask;
            },
            () => did.Add("draw"), clock);

        Assert.Equal(["gone", "draw", "read", "draw"], did);

        Task Gone()
        {
            isGone = false;
            return Task.FromException(new ApiException("Gone."));
        }
    }

    private Task FollowAsync(params (int After, LiveItem Item)[] items) => WatchCommand.FollowAsync(
        new WatchView([]), Events(items),
        withSignals =>
        {
            did.Add(withSignals ? "read" : "prices");
            return Task.CompletedTask;
        },
        () => did.Add("draw"), clock);

    private async IAsyncEnumerable<LiveItem> Events(params (int After, LiveItem Item)[] items)
    {
        foreach (var (after, item) in items)
        {
            await clock.AdvanceAsync(TimeSpan.FromSeconds(after));
            yield return item;
        }
    }

    private static LiveItem Candles(string interval) => Item(
        "candles", new { symbol = "AAPL", interval, candles = 1, last = "2026-03-02T00:00:00Z", version = 1 });

    private static LiveItem Item(string kind, object data) => new(kind, JsonSerializer.SerializeToElement(data));
}
