using Finstage.Testing;

namespace Finstage.Hosting.Tests.Embedded;

public sealed class CallTests
{
    [Fact]
    public async Task Call_GrainThrows_CallerGetsTheExceptionAndTheGrainLivesOn()
    {
        await using var app = await TestApp.StartAsync();
        await app.Alpha("a").DoAsync(grain => Task.FromResult(grain.Count = 7));

        var error = await Assert.ThrowsAsync<KeyNotFoundException>(() => app.Alpha("a").DoAsync(FailDeepInsideAsync));

        Assert.Equal("planted", error.Message);
        Assert.Contains(nameof(FailDeepInsideAsync), error.StackTrace, StringComparison.Ordinal);
        Assert.Equal(7, await app.Alpha("a").AskAsync(grain => Task.FromResult(grain.Count)));
    }

    [Fact]
    public async Task Call_MethodThrowsBeforeItsTask_CallerGetsThatException()
    {
        await using var app = await TestApp.StartAsync();

        var error = await Assert.ThrowsAsync<FormatException>(() => app.Alpha("a").ThrowAtOnceAsync());

        Assert.Contains(nameof(AlphaGrain.ThrowAtOnceAsync), error.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_TurnIsCancelled_CallerGetsTheCancellation()
    {
        await using var app = await TestApp.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => app.Alpha("a").DoAsync(_ => Task.FromCanceled(new CancellationToken(true))));
    }

    [Fact]
    public async Task Call_MethodReturnsNull_SaysSo()
    {
        await using var app = await TestApp.StartAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Alpha("a").NothingAsync());

        Assert.Contains("returned null", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_MethodWithDefaultBody_RunsIt()
    {
        await using var app = await TestApp.StartAsync();

        Assert.Equal("default", await app.Alpha("a").DefaultAsync().OrHangAsync());
    }

    [Fact]
    public async Task Call_NoAnswerInTime_OutcomeIsUnknownAndTheTurnGoesOn()
    {
        await using var app = await TestApp.StartAsync();
        var (begun, gate) = (Waiting.Signal(), Waiting.Signal());

        var call = app.Alpha("a").DoAsync(async grain =>
        {
            begun.SetResult();
            await gate.Task;
            grain.Count = 5;
        });
        await begun.Task.OrHangAsync();
        await app.Time.AdvanceAsync(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        await app.Time.AdvanceAsync(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<TimeoutException>(() => call.OrHangAsync());
        Assert.StartsWith("Alpha/a did not answer within 30 s. The outcome is unknown", error.Message, StringComparison.Ordinal);
        gate.SetResult();
        Assert.Equal(5, await app.Alpha("a").AskAsync(grain => Task.FromResult(grain.Count)).OrHangAsync());
        Assert.Contains(app.Log, line => line.Contains("ended after its caller had given up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_Answered_LeavesNoTimerBehind()
    {
        await using var app = await TestApp.StartAsync();

        var call = app.Alpha("a").AskAsync(_ => Task.FromResult(1));
        await call.OrHangAsync();
        await app.Time.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await call);
    }

    private static async Task FailDeepInsideAsync(Script grain)
    {
        await Task.Yield();
        throw new KeyNotFoundException("planted");
    }
}
