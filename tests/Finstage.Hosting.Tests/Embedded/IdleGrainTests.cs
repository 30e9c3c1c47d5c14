using System.Collections.Concurrent;

namespace Finstage.Hosting.Tests.Embedded;

public sealed class IdleGrainTests
{
    [Fact]
    public async Task Idle_ForLong_GrainIsDeactivatedAndDisposed()
    {
        await using var app = await TestApp.StartAsync();
        var ended = Waiting.Signal();
        app.Hooks.Deactivate = (_, _) =>
        {
            ended.SetResult();
            return Task.CompletedTask;
        };
        await app.Alpha("a").DoAsync(grain => Task.FromResult(grain.Count = 3));

        await app.AdvanceUntilAsync(ended.Task, TimeSpan.FromMinutes(1));

        Assert.True(app.Time.GetUtcNow() - TestApp.Start >= TimeSpan.FromMinutes(10));
        Assert.Equal(0, await app.Alpha("a").AskAsync(grain => Task.FromResult(grain.Count)));
        Assert.Equal(["a"], app.Hooks.Disposed);
    }

    [Fact]
    public async Task Idle_CalledNowAndThen_GrainStays()
    {
        await using var app = await TestApp.StartAsync(o => o.ReminderTick = TimeSpan.FromMinutes(1));
        for (var i = 0; i < 6; i++)
        {
            await app.Alpha("a").DoAsync(grain => Task.FromResult(grain.Count++));
            await app.Time.AdvanceAsync(TimeSpan.FromMinutes(9));
        }

        Assert.Equal(6, await app.Alpha("a").AskAsync(grain => Task.FromResult(grain.Count)));
    }

    [Fact]
    public async Task Idle_DeactivationFails_IsLoggedAndTheGrainComesBack()
    {
        await using var app = await TestApp.StartAsync();
        var ended = Waiting.Signal();
        app.Hooks.Deactivate = (_, _) =>
        {
            ended.TrySetResult();
            throw new FormatException("planted");
        };
        await app.Alpha("a").DoAsync(grain => Task.FromResult(grain.Count = 3));

        await app.AdvanceUntilAsync(ended.Task, TimeSpan.FromMinutes(1));

        Assert.Equal(0, await app.Alpha("a").AskAsync(grain => Task.FromResult(grain.Count)).OrHangAsync());
        Assert.Contains(app.Log, line => line.Contains("failed while it was deactivated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Idle_CallDuringDeactivation_WaitsForItAndGetsANewGrain()
    {
        await using var app = await TestApp.StartAsync(o => o.CallTimeout = TimeSpan.FromDays(1));
        var (ending, gate) = (Waiting.Signal(), Waiting.Signal());
        var live = 0;
        app.Hooks.Activate = (_, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref live));
            return Task.CompletedTask;
        };
        app.Hooks.Deactivate = async (_, _) =>
        {
            ending.TrySetResult();
            await gate.Task;
            Interlocked.Decrement(ref live);
        };
        await app.Alpha("a").DoAsync(grain => Task.FromResult(grain.Count = 3));
        await app.AdvanceUntilAsync(ending.Task, TimeSpan.FromMinutes(1));

        var call = app.Alpha("a").AskAsync(grain => Task.FromResult(grain.Count));
        gate.SetResult();

        Assert.Equal(0, await call.OrHangAsync());
    }

    [Fact]
    public async Task Idle_CallsRacingWithDeactivation_NoneIsLostAndNoKeyHasTwoGrains()
    {
        const int keys = 4, callers = 8, rounds = 60, callsPerRound = 5;
        await using var app = await TestApp.StartAsync(o =>
        {
            o.IdleAfter = TimeSpan.FromSeconds(1);
            o.CallTimeout = TimeSpan.FromDays(1);
            o.ReminderTick = TimeSpan.FromMinutes(1);
        });
        var live = new int[keys];
        var done = new int[keys];
        var ended = 0;
        var doubled = new ConcurrentBag<string>();
        app.Hooks.Activate = async (grain, _) =>
        {
            if (Interlocked.Increment(ref live[grain.Name[0] - '0']) != 1)
            {
                doubled.Add(grain.Name);
            }

            await Task.Yield();
        };
        app.Hooks.Deactivate = async (grain, _) =>
        {
            await Task.Yield();
            Interlocked.Increment(ref ended);
            Interlocked.Decrement(ref live[grain.Name[0] - '0']);
        };

        for (var round = 0; round < rounds; round++)
        {
            var calls = Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(new Random((round * callers) + caller))));
            await Task.WhenAll([app.Time.AdvanceAsync(TimeSpan.FromSeconds(3)), .. calls]).OrHangAsync();
        }

        Assert.Empty(doubled);
        Assert.Equal(rounds * callers * callsPerRound, done.Sum());
        Assert.True(ended > 0);

        async Task CallAsync(Random random)
        {
            for (var i = 0; i < callsPerRound; i++)
            {
                for (var pause = random.Next(30); pause > 0; pause--)
                {
                    await Task.Yield();
                }

                // Not atomic on purpose: the turns of a key never overlap, whatever object runs them.
                await app.Alpha($"{random.Next(keys)}").DoAsync(async grain =>
                {
                    var key = grain.Name[0] - '0';
                    var seen = done[key];
                    await Task.Yield();
                    done[key] = seen + 1;
                });
            }
        }
    }
}
