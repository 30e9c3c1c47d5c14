using Microsoft.Extensions.Hosting;

namespace Finstage.Hosting.Tests.Embedded;

public sealed class DrainTests
{
    [Fact]
    public async Task Stop_QueuedTurns_EndAndEveryGrainIsDeactivated()
    {
        var app = await TestApp.StartAsync();
        var gate = Waiting.Signal();
        var ended = new List<string>();
        app.Hooks.Deactivate = (grain, _) =>
        {
            lock (ended)
            {
                ended.Add($"{grain.Name}{grain.Count}");
            }

            return Task.CompletedTask;
        };
        var calls = new List<Task> { app.Alpha("a").DoAsync(_ => gate.Task), app.Alpha("b").DoAsync(_ => gate.Task) };
        calls.AddRange(Enumerable.Range(0, 5).Select(_ => app.Alpha("a").DoAsync(async grain =>
        {
            await Task.Yield();
            grain.Count++;
        })));

        var stop = app.App.StopAsync(TestContext.Current.CancellationToken);
        await StoppingAsync(app);
        Assert.False(stop.IsCompleted);
        gate.SetResult();
        await stop.OrHangAsync();

        Assert.All(calls, call => Assert.True(call.IsCompletedSuccessfully));
        Assert.Equal(["a5", "b0"], ended.Order());
        Assert.Equal(["a", "b"], app.Hooks.Disposed.Order());
        Assert.Contains(app.Log, line => line.Contains("Every grain has ended", StringComparison.Ordinal));
        app.App.Dispose();
    }

    [Fact]
    public async Task Stop_NewCalls_AreRefusedFromOutsideAndServedFromTurns()
    {
        var app = await TestApp.StartAsync();
        var gate = Waiting.Signal();
        var served = false;
        var turn = app.Alpha("a").DoAsync(async grain =>
        {
            await gate.Task;
            await grain.Others.Get<IBetaGrain>("b").DoAsync(_ => Task.FromResult(served = true));
        });

        var stop = app.App.StopAsync(TestContext.Current.CancellationToken);
        await StoppingAsync(app);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Alpha("a").DoAsync(_ => Task.CompletedTask));
        gate.SetResult();
        await Task.WhenAll(stop, turn).OrHangAsync();

        Assert.Contains("stopping", error.Message, StringComparison.Ordinal);
        Assert.True(served);
        app.App.Dispose();
    }

    [Fact]
    public async Task Stop_WorkOutsideTurns_IsToldAndMayStillTellItsGrain()
    {
        var app = await TestApp.StartAsync();
        var told = 0;
        await app.Alpha("a").DoAsync(grain =>
        {
            grain.Outside(async cancellation =>
            {
                var fired = Waiting.Signal();
                await using var registration = cancellation.Register(fired.SetResult);
                await fired.Task;
                told = await grain.Others.Get<IAlphaGrain>("a").AskAsync(self => Task.FromResult(++self.Count));
            });
            return Task.CompletedTask;
        });

        await app.App.StopAsync(TestContext.Current.CancellationToken).OrHangAsync();

        Assert.Equal(1, told);
        app.App.Dispose();
    }

    [Fact]
    public async Task Stop_LastTurnWakesAnotherGrain_BothEnd()
    {
        var app = await TestApp.StartAsync();
        var ended = new List<string>();
        app.Hooks.Deactivate = async (grain, _) =>
        {
            if (grain is AlphaGrain)
            {
                await grain.Others.Get<IGammaGrain>("woken").DoAsync(_ => Task.CompletedTask);
            }

            lock (ended)
            {
                ended.Add(grain.Name);
            }
        };
        await app.Alpha("a").DoAsync(_ => Task.CompletedTask);

        await app.App.StopAsync(TestContext.Current.CancellationToken).OrHangAsync();

        Assert.Equal(["a", "woken"], ended);
        app.App.Dispose();
    }

    [Fact]
    public async Task Stop_TimeRunsOut_GivesUpAndSaysWhatIsLeft()
    {
        var app = await TestApp.StartAsync();
        var gate = Waiting.Signal();
        var turn = app.Alpha("a").DoAsync(_ => gate.Task);
        using var patience = new CancellationTokenSource();

        var stop = app.App.StopAsync(patience.Token);
        await StoppingAsync(app);
        await patience.CancelAsync();
        await stop.OrHangAsync();

        Assert.Contains(app.Log, line => line.Contains("stops with 1 turns and pieces of work unfinished, 1 grains", StringComparison.Ordinal));
        Assert.True(app.Lifetime.Stopped.IsCancellationRequested);
        gate.SetResult();
        await turn.OrHangAsync();
        app.App.Dispose();
    }

    private static async Task StoppingAsync(TestApp app)
    {
        var stopping = Waiting.Signal();
        await using var registration = app.Lifetime.Stopping.Register(stopping.SetResult);
        await stopping.Task.OrHangAsync();
    }
}
