using Finstage.Testing;

namespace Finstage.Hosting.Tests.Embedded;

public sealed class MailboxTests
{
    [Fact]
    public async Task Turns_EightParallelCallers_NeverOverlap()
    {
        await using var app = await TestApp.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await app.Alpha("a").DoAsync(async grain =>
                {
                    var seen = grain.Count;
                    await Task.Yield();
                    grain.Count = seen + 1;
                });
            }
        }))).OrHangAsync();

        Assert.Equal(1_600, await app.Alpha("a").AskAsync(grain => Task.FromResult(grain.Count)));
    }

    [Fact]
    public async Task Turns_FromOneCaller_RunInTheOrderOfTheCalls()
    {
        await using var app = await TestApp.StartAsync();
        var gate = Waiting.Signal();
        var order = new List<int>();

        var first = app.Alpha("a").DoAsync(_ => gate.Task);
        var rest = Enumerable.Range(0, 100).Select(i => app.Alpha("a").DoAsync(async _ =>
        {
            await Task.Yield();
            order.Add(i);
        })).ToArray();
        gate.SetResult();
        await Task.WhenAll([first, .. rest]).OrHangAsync();

        Assert.Equal(Enumerable.Range(0, 100), order);
    }

    [Fact]
    public async Task Turn_WaitingForSomething_HoldsUpTheNext()
    {
        await using var app = await TestApp.StartAsync();
        var (begun, gate) = (Waiting.Signal(), Waiting.Signal());
        var secondBegan = false;

        var first = app.Alpha("a").DoAsync(async _ =>
        {
            begun.SetResult();
            await gate.Task;
            Assert.False(secondBegan);
        });
        await begun.Task.OrHangAsync();
        var second = app.Alpha("a").DoAsync(_ =>
        {
            secondBegan = true;
            return Task.CompletedTask;
        });
        await FakeTime.SettleAsync();
        gate.SetResult();
        await Task.WhenAll(first, second).OrHangAsync();

        Assert.True(secondBegan);
    }

    [Fact]
    public async Task Turns_OfDifferentKeys_RunSideBySide()
    {
        await using var app = await TestApp.StartAsync();
        var (one, other) = (Waiting.Signal(), Waiting.Signal());

        var a = app.Alpha("a").DoAsync(_ =>
        {
            one.SetResult();
            return other.Task;
        });
        var b = app.Alpha("b").DoAsync(_ =>
        {
            other.SetResult();
            return one.Task;
        });

        await Task.WhenAll(a, b).OrHangAsync();
    }

    [Fact]
    public async Task Turn_ManyPiecesAwaitedTogether_NeverRunInParallel()
    {
        await using var app = await TestApp.StartAsync();
        var inside = 0;
        var most = 0;

        var count = await app.Alpha("a").AskAsync(async grain =>
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
            {
                for (var i = 0; i < 20; i++)
                {
                    await Task.Run(static () => { });
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    var seen = grain.Count;
                    Thread.SpinWait(50);
                    grain.Count = seen + 1;
                    Interlocked.Decrement(ref inside);
                }
            }));
            return grain.Count;
        }).OrHangAsync();

        Assert.Equal(2_000, count);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Post_MailboxFull_FailsAtOnce()
    {
        await using var app = await TestApp.StartAsync(o => o.MailboxLimit = 2);
        var (begun, gate) = (Waiting.Signal(), Waiting.Signal());
        Task Turn(Script _) => gate.Task;

        var running = app.Alpha("a").DoAsync(_ =>
        {
            begun.SetResult();
            return gate.Task;
        });
        await begun.Task.OrHangAsync();
        var waiting = new[] { app.Alpha("a").DoAsync(Turn), app.Alpha("a").DoAsync(Turn) };
        var error = Assert.Throws<InvalidOperationException>(() => { _ = app.Alpha("a").DoAsync(Turn); });

        Assert.Equal("Alpha/a has 2 calls waiting and takes no more.", error.Message);
        gate.SetResult();
        await Task.WhenAll([running, .. waiting]).OrHangAsync();
        await app.Alpha("a").DoAsync(Turn).OrHangAsync();
    }

    [Fact]
    public async Task Turn_OfACallerWithAmbientValues_DoesNotInheritThem()
    {
        await using var app = await TestApp.StartAsync();
        var ambient = new AsyncLocal<string?> { Value = "the caller's" };
        string? seen = "unset";

        await app.Alpha("a").DoAsync(_ =>
        {
            seen = ambient.Value;
            return Task.CompletedTask;
        }).OrHangAsync();

        Assert.Null(seen);
        Assert.Equal("the caller's", ambient.Value);
    }

    [Fact]
    public async Task Post_CallerSuppressesTheFlowOfContext_Works()
    {
        await using var app = await TestApp.StartAsync();
        Task call;
        using (ExecutionContext.SuppressFlow())
        {
            call = app.Alpha("a").DoAsync(_ => Task.CompletedTask);
        }

        await call.OrHangAsync();
    }
}
