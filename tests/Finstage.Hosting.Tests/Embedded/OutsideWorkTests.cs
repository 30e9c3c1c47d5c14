namespace Finstage.Hosting.Tests.Embedded;

public sealed class OutsideWorkTests
{
    [Fact]
    public async Task RunOutside_CallingTheOwnGrain_StartsANewChain()
    {
        await using var app = await TestApp.StartAsync();
        var told = Waiting.Signal();

        await app.Grains.Get<IBetaGrain>("b").DoAsync(beta =>
        {
            beta.Outside(_ => beta.Others.Get<IBetaGrain>("b").DoAsync(self => Task.FromResult(told.TrySetResult())));
            return Task.CompletedTask;
        });

        await told.Task.OrHangAsync();
    }

    [Fact]
    public async Task RunOutside_WhileItRuns_TurnsGoOn()
    {
        await using var app = await TestApp.StartAsync();
        var gate = Waiting.Signal();

        await app.Alpha("a").DoAsync(grain =>
        {
            grain.Outside(_ => gate.Task);
            return Task.CompletedTask;
        });

        await app.Alpha("a").DoAsync(_ => Task.CompletedTask).OrHangAsync();
        gate.SetResult();
    }

    [Fact]
    public async Task RunOutside_WorkFails_IsLogged()
    {
        await using var app = await TestApp.StartAsync();
        var begun = Waiting.Signal();

        await app.Alpha("a").DoAsync(grain =>
        {
            grain.Outside(_ =>
            {
                begun.SetResult();
                throw new FormatException("planted");
            });
            return Task.CompletedTask;
        });
        await begun.Task.OrHangAsync();
        await app.App.StopAsync(TestContext.Current.CancellationToken).OrHangAsync();

        Assert.Contains(app.Log, line => line.Contains("outside its turns failed. planted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunOutside_WorkUnderWay_GrainIsNotIdle()
    {
        await using var app = await TestApp.StartAsync(o => o.ReminderTick = TimeSpan.FromMinutes(1));
        var (gate, ended) = (Waiting.Signal(), Waiting.Signal());
        app.Hooks.Deactivate = (_, _) => Task.FromResult(ended.TrySetResult());
        await app.Alpha("a").DoAsync(grain =>
        {
            grain.Outside(_ => gate.Task);
            return Task.CompletedTask;
        });

        await app.Time.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.False(ended.Task.IsCompleted);
        gate.SetResult();

        await app.AdvanceUntilAsync(ended.Task, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task RunOutside_TooMuch_Throws()
    {
        await using var app = await TestApp.StartAsync(o => o.OutsideLimit = 2);
        var gate = Waiting.Signal();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Alpha("a").DoAsync(grain =>
        {
            grain.Outside(_ => gate.Task);
            grain.Outside(_ => gate.Task);
            grain.Outside(_ => gate.Task);
            return Task.CompletedTask;
        }));

        Assert.StartsWith("Alpha/a has 2 pieces of work", error.Message, StringComparison.Ordinal);
        gate.SetResult();
    }

    [Fact]
    public async Task RunOutside_ActivationFails_TokenFires()
    {
        await using var app = await TestApp.StartAsync();
        var fired = Waiting.Signal();
        app.Hooks.Activate = (grain, _) =>
        {
            grain.Outside(async cancellation =>
            {
                await using var registration = cancellation.Register(fired.SetResult);
                await fired.Task;
            });
            throw new FormatException("planted");
        };

        await Assert.ThrowsAsync<FormatException>(() => app.Alpha("a").DoAsync(_ => Task.CompletedTask));

        await fired.Task.OrHangAsync();
    }
}
