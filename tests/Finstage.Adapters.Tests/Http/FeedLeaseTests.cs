using Finstage.Adapters.Http;
using Finstage.Adapters.Tests.Storage;
using Finstage.Grains.Ports;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.Http;

public sealed class FeedLeaseTests
{
    private static readonly FeedResult<string> Answer = new("answer");

    private readonly FakeTime time = new(TestStore.Start);

    [Fact]
    public async Task Within_HeldByAnother_WaitsUntilItLetsGo()
    {
        await using var test = await TestStore.OpenAsync();
        using var first = new FeedLease(test.Store.Leases, time, "a", TimeSpan.FromSeconds(0.5));
        using var second = new FeedLease(test.Store.Leases, time, "b", TimeSpan.FromSeconds(0.5));
        var hold = new TaskCompletionSource<FeedResult<string>>();
        var firstAsks = first.WithinAsync(_ => hold.Task, TestContext.Current.CancellationToken);
        await FakeTime.SettleAsync();
        var asked = false;
        var secondAsks = second.WithinAsync(
            _ =>
            {
                asked = true;
                return Task.FromResult(Answer);
            },
            TestContext.Current.CancellationToken);

        // Longer than a lease lasts: the holder renews it.
        await AdvanceAsync(TimeSpan.FromSeconds(150));
        Assert.False(asked);

        hold.SetResult(Answer);
        await firstAsks;
        await AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Same(Answer, await secondAsks.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Within_HolderThatDied_IsFollowedAfterAMinute()
    {
        await using var test = await TestStore.OpenAsync();
        Assert.True(await test.Store.Leases.TryHoldAsync(FeedLease.Name, "dead", time.GetUtcNow(), time.GetUtcNow() + FeedLease.Length, default));
        using var lease = new FeedLease(test.Store.Leases, time, "b", TimeSpan.Zero);
        var asks = lease.WithinAsync(_ => Task.FromResult(Answer), TestContext.Current.CancellationToken);

        await AdvanceAsync(TimeSpan.FromSeconds(56));
        Assert.False(asks.IsCompleted);

        await AdvanceAsync(TimeSpan.FromSeconds(8));
        Assert.Same(Answer, await asks.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Within_NobodyLetsGo_IsSuspendedInTheEnd()
    {
        await using var test = await TestStore.OpenAsync();
        await test.Store.Leases.TryHoldAsync(FeedLease.Name, "other", time.GetUtcNow(), time.GetUtcNow().AddDays(1), default);
        using var lease = new FeedLease(test.Store.Leases, time, "b", TimeSpan.Zero);
        var asks = Enumerable.Range(0, 3)
            .Select(_ => lease.WithinAsync(_ => Task.FromResult(Answer), TestContext.Current.CancellationToken)).ToList();

        await AdvanceAsync(FeedLease.Patience + TimeSpan.FromSeconds(10));

        foreach (var ask in asks)
        {
            Assert.Equal(FeedFault.Suspended, (await ask.WaitAsync(TimeSpan.FromSeconds(60))).Failure?.Fault);
        }
    }

    [Fact]
    public async Task Within_LostToAnother_EndsTheQuestion()
    {
        await using var test = await TestStore.OpenAsync();
        using var lease = new FeedLease(test.Store.Leases, time, "a", TimeSpan.Zero);
        var asks = lease.WithinAsync(
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return Answer;
            },
            TestContext.Current.CancellationToken);
        await FakeTime.SettleAsync();

        // As when the process was stopped for longer than a lease lasts.
        var later = time.GetUtcNow() + FeedLease.Length;
        Assert.True(await test.Store.Leases.TryHoldAsync(FeedLease.Name, "b", later, later.AddHours(1), default));
        await AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(FeedFault.Suspended, (await asks.WaitAsync(TimeSpan.FromSeconds(60))).Failure?.Fault);
    }

    [Fact]
    public async Task Within_SameOwnerAfterACrash_HasItAtOnce()
    {
        await using var test = await TestStore.OpenAsync();
        await test.Store.Leases.TryHoldAsync(FeedLease.Name, "embedded", time.GetUtcNow(), time.GetUtcNow().AddSeconds(60), default);
        using var lease = new FeedLease(test.Store.Leases, time, "embedded", TimeSpan.Zero);

        Assert.Same(Answer, await lease.WithinAsync(_ => Task.FromResult(Answer), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private async Task AdvanceAsync(TimeSpan by)
    {
        // The store answers in real time.
        for (var end = time.GetUtcNow() + by; time.GetUtcNow() < end;)
        {
            await time.AdvanceAsync(TimeSpan.FromSeconds(1));
            await Task.Delay(2);
        }
    }
}
