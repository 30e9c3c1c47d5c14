using Finstage.Hosting.Embedded;
using Microsoft.Extensions.DependencyInjection;

namespace Finstage.Hosting.Tests.Embedded;

public sealed class ActivationTests
{
    [Fact]
    public async Task Activate_FirstCall_HappensOnceBeforeTheFirstTurn()
    {
        await using var app = await TestApp.StartAsync();
        app.Hooks.Activate = async (grain, _) =>
        {
            await Task.Yield();
            grain.Count += 10;
        };

        await app.Alpha("a").DoAsync(grain => Task.FromResult(grain.Count++));

        Assert.Equal(11, await app.Alpha("a").AskAsync(grain => Task.FromResult(grain.Count)));
    }

    [Fact]
    public async Task Activate_Fails_CallerGetsTheExceptionAndTheNextCallTriesAgain()
    {
        await using var app = await TestApp.StartAsync();
        var attempts = 0;
        app.Hooks.Activate = (_, _) => ++attempts == 1 ? throw new FormatException("planted") : Task.CompletedTask;

        await Assert.ThrowsAsync<FormatException>(() => app.Alpha("a").DoAsync(_ => Task.CompletedTask));
        await app.Alpha("a").DoAsync(_ => Task.CompletedTask).OrHangAsync();

        Assert.Equal(2, attempts);
        Assert.Equal(["a"], app.Hooks.Disposed);
    }

    [Fact]
    public async Task Activate_ConstructorFails_CallerGetsItsException()
    {
        await using var app = await TestApp.StartAsync();
        app.Hooks.Constructing = _ => throw new FormatException("planted");

        await Assert.ThrowsAsync<FormatException>(() => app.Alpha("a").DoAsync(_ => Task.CompletedTask));
    }

    [Fact]
    public async Task Activate_TakesTooLong_ItsTokenFires()
    {
        await using var app = await TestApp.StartAsync(o => o.IdleAfter = TimeSpan.FromDays(1));
        var began = Waiting.Signal();
        var cancelled = Waiting.Signal();
        app.Hooks.Activate = async (_, cancellation) =>
        {
            await using var registration = cancellation.Register(cancelled.SetResult);
            began.SetResult();
            await cancelled.Task;
        };

        var call = app.Alpha("a").DoAsync(_ => Task.CompletedTask);
        await began.Task.OrHangAsync();
        await app.Time.AdvanceAsync(TimeSpan.FromSeconds(30));

        await cancelled.Task.OrHangAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => call.OrHangAsync());
    }

    [Fact]
    public void Construct_OutsideAHost_Throws()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new AlphaGrain(new Hooks()));

        Assert.Contains("created by its host", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Construct_KeyAndGrains_AreThere()
    {
        await using var app = await TestApp.StartAsync();
        (string? Key, IGrains? Grains) seen = default;
        app.Hooks.Constructing = grain => seen = (grain.Name, grain.Others);

        await app.Alpha("a").DoAsync(_ => Task.CompletedTask);

        Assert.Equal(("a", app.Grains), seen);
    }

    [Fact]
    public async Task State_Written_IsThereAfterTheGrainCameBack()
    {
        await using var app = await TestApp.StartAsync();
        var ended = Waiting.Signal();
        app.Hooks.Deactivate = (_, _) =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        await app.Alpha("a").DoAsync(async grain =>
        {
            Assert.False(grain.Stored.Exists);
            grain.Stored.Value.Value = 42;
            await grain.Stored.WriteAsync();
            grain.Count = 1;
        });
        await app.AdvanceUntilAsync(ended.Task, TimeSpan.FromMinutes(1));
        var found = 0;
        app.Hooks.Activate = (grain, _) =>
        {
            found = grain.Stored.Value.Value;
            return Task.CompletedTask;
        };

        var count = await app.Alpha("a").AskAsync(grain => Task.FromResult(grain.Stored.Exists ? grain.Count : -1));

        Assert.Equal(0, count);
        Assert.Equal(42, found);
        Assert.False(await app.Alpha("b").AskAsync(grain => Task.FromResult(grain.Stored.Exists ? 1 : 0)) == 1);
    }

    [Fact]
    public async Task State_NotWritten_IsLost()
    {
        var store = new MemoryGrainStateStore();
        await using (var first = await TestApp.StartAsync(services: s => s.AddSingleton<IGrainStateStore>(store)))
        {
            await first.Alpha("a").DoAsync(grain => Task.FromResult(grain.Stored.Value.Value = 42));
        }

        await using var second = await TestApp.StartAsync(services: s => s.AddSingleton<IGrainStateStore>(store));

        Assert.Equal(0, await second.Alpha("a").AskAsync(grain => Task.FromResult(grain.Stored.Value.Value)));
    }

    [Fact]
    public async Task State_Unreadable_FailsTheActivationSayingWhich()
    {
        var store = new MemoryGrainStateStore();
        await store.WriteAsync("Alpha", "a", "counter", "{ not json", TestContext.Current.CancellationToken);
        await using var app = await TestApp.StartAsync(services: s => s.AddSingleton<IGrainStateStore>(store));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Alpha("a").DoAsync(_ => Task.CompletedTask));

        Assert.Contains("state counter of Alpha/a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_AskedForAfterTheConstructor_Throws()
    {
        await using var app = await TestApp.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => app.Alpha("a").DoAsync(grain => Task.FromResult(grain.More("late"))));
    }

    [Fact]
    public async Task State_NamedTwice_Throws()
    {
        await using var app = await TestApp.StartAsync();
        app.Hooks.Constructing = grain => grain.More("counter");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Alpha("a").DoAsync(_ => Task.CompletedTask));

        Assert.Contains("two states named counter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_SetToNull_Throws()
    {
        await using var app = await TestApp.StartAsync();

        await Assert.ThrowsAsync<ArgumentNullException>(
            () => app.Alpha("a").DoAsync(grain => Task.FromResult(grain.Stored.Value = null!)));
    }
}
