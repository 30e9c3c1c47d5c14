using Finstage.Adapters.Http;
using Finstage.Grains.Ports;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.Http;

public sealed class HttpGateTests
{
    private const string Host = "feed.example";
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly FeedResult<string> Good = new("good");

    private readonly FakeTime time = new(Start);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private double Seconds => (time.GetUtcNow() - Start).TotalSeconds;

    [Fact]
    public async Task Run_ManyQuestions_StartHalfASecondApart()
    {
        using var gate = new HttpGate(new HttpGateOptions(), time);
        var starts = new List<double>();
        var all = Task.WhenAll(Enumerable.Range(0, 12).Select(_ => gate.RunAsync(Host, _ => AtOnce(starts), Stop)));

        for (var i = 1; i <= 12; i++)
        {
            await Waiting.UntilAsync(() => starts.Count == i, $"{i} requests started");
            await time.AdvanceAsync(TimeSpan.FromSeconds(0.5));
        }

        Assert.All(await all, r => Assert.Same(Good, r));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => i * 0.5), starts);
    }

    [Fact]
    public async Task Run_AnswersThatTakeLong_NeverExceedFiveAtOnce()
    {
        using var gate = new HttpGate(new HttpGateOptions { Spacing = TimeSpan.Zero }, time);
        var slow = new TaskCompletionSource<FeedResult<string>>();
        var all = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gate.RunAsync(Host, _ => slow.Task, Stop)));

        await Waiting.UntilAsync(() => gate.Hosts is [{ Running: 5, Waiting: 15 }], "five run and fifteen wait");
        await time.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((5, 15, 5), (gate.Hosts[0].Running, gate.Hosts[0].Waiting, gate.Hosts[0].Requests));
        slow.SetResult(Good);

        Assert.Equal(20, (await all).Length);
        Assert.Equal((0, 0, 20), (gate.Hosts[0].Running, gate.Hosts[0].Waiting, gate.Hosts[0].Requests));
    }

    [Fact]
    public async Task Run_TwoHosts_DoNotWaitForEachOther()
    {
        using var gate = new HttpGate(new HttpGateOptions(), time);
        var starts = new List<double>();

        await gate.RunAsync("a", _ => AtOnce(starts), Stop);
        await gate.RunAsync("b", _ => AtOnce(starts), Stop);

        Assert.Equal([0, 0], starts);
        Assert.Equal(["a", "b"], gate.Hosts.Select(h => h.Host));
    }

    [Fact]
    public async Task Run_FullQueue_FailsAtOnce()
    {
        using var gate = new HttpGate(new HttpGateOptions { MaxConcurrent = 1, MaxWaiting = 1 }, time);
        var slow = new TaskCompletionSource<FeedResult<string>>();
        var first = gate.RunAsync(Host, _ => slow.Task, Stop);
        var second = gate.RunAsync(Host, _ => slow.Task, Stop);

        var third = await gate.RunAsync(Host, _ => slow.Task, Stop);

        Assert.Equal(FeedFault.Suspended, third.Failure?.Fault);
        slow.SetResult(Good);
        await first;
        await time.AdvanceUntilDoneAsync(second, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Run_FailuresByChance_AreRepeatedWithGrowingWaits()
    {
        var (first, last) = (0.0, 0.0);
        for (var seed = 1; seed <= 20; seed++)
        {
            using var gate = new HttpGate(new HttpGateOptions { Random = new Random(seed) }, time);
            var starts = new List<double>();
            var run = gate.RunAsync(Host, _ => After(starts, FeedFault.Unavailable, goodFrom: 4), Stop);

            Assert.Same(Good, await time.AdvanceUntilDoneAsync(run, TimeSpan.FromSeconds(0.05)));
            Assert.Equal(4, starts.Count);
            Assert.Equal((4, 3), (gate.Hosts[0].Requests, gate.Hosts[0].Failures));
            (first, last) = (first + starts[1] - starts[0], last + starts[3] - starts[2]);
        }

        // One wait is scattered so widely that a later one may be the shorter.
        Assert.True(last > 2 * first, $"On average the last wait is {last / 20:0.00} s, the first {first / 20:0.00} s.");
    }

    [Fact]
    public async Task Run_FailureThatStays_IsGivenAfterThreeRepetitions()
    {
        using var gate = new HttpGate(new HttpGateOptions(), time);
        var starts = new List<double>();

        var result = await time.AdvanceUntilDoneAsync(
            gate.RunAsync(Host, _ => After(starts, FeedFault.Malformed, goodFrom: 99), Stop), TimeSpan.FromSeconds(0.5));

        Assert.Equal((FeedFault.Malformed, 4), (result.Failure?.Fault, starts.Count));
    }

    [Theory]
    [InlineData(FeedFault.NotFound)]
    [InlineData(FeedFault.InvalidRequest)]
    [InlineData(FeedFault.InvalidRange)]
    [InlineData(FeedFault.Refused)]
    [InlineData(FeedFault.Empty)]
    [InlineData(FeedFault.TooLarge)]
    public async Task Run_FailureThatIsNoChance_IsNotRepeated(FeedFault fault)
    {
        using var gate = new HttpGate(new HttpGateOptions(), time);
        var starts = new List<double>();

        var result = await gate.RunAsync(Host, _ => After(starts, fault, goodFrom: 99), Stop);

        Assert.Equal((fault, 1), (result.Failure?.Fault, starts.Count));
    }

    [Fact]
    public async Task Run_PauseAskedFor_IsKeptByEveryQuestion()
    {
        using var gate = new HttpGate(new HttpGateOptions(), time);
        var starts = new List<double>();
        var first = gate.RunAsync(Host, _ => After(starts, FeedFault.RateLimited, goodFrom: 2, TimeSpan.FromSeconds(30)), Stop);
        await Waiting.UntilAsync(() => gate.Hosts[0] is { Failures: 1, IsSuspended: true }, "the first was told to wait");
        var second = gate.RunAsync(Host, _ => AtOnce(starts), Stop);

        await time.AdvanceAsync(TimeSpan.FromSeconds(29.9));
        Assert.Equal([0], starts);
        await time.AdvanceUntilDoneAsync(Task.WhenAll(first, second), TimeSpan.FromSeconds(0.1));

        Assert.Equal(3, starts.Count);
        Assert.All(starts[1..], s => Assert.InRange(s, 30, 31));
        Assert.False(gate.Hosts[0].IsSuspended);
    }

    [Fact]
    public async Task Run_PauseTooLongToWaitFor_FailsAtOnceUntilItEnds()
    {
        using var gate = new HttpGate(new HttpGateOptions(), time);
        var starts = new List<double>();

        var told = await gate.RunAsync(Host, _ => After(starts, FeedFault.RateLimited, goodFrom: 2, TimeSpan.FromMinutes(10)), Stop);
        await time.AdvanceAsync(TimeSpan.FromMinutes(1));
        var suspended = await gate.RunAsync(Host, _ => AtOnce(starts), Stop);
        await time.AdvanceAsync(TimeSpan.FromMinutes(9));
        var after = await gate.RunAsync(Host, _ => AtOnce(starts), Stop);

        Assert.Equal((FeedFault.RateLimited, TimeSpan.FromMinutes(10)), (told.Failure?.Fault, told.Failure?.RetryAfter));
        Assert.Equal((FeedFault.Suspended, TimeSpan.FromMinutes(9)), (suspended.Failure?.Fault, suspended.Failure?.RetryAfter));
        Assert.Same(Good, after);
        Assert.Equal([0, 600], starts);
    }

    [Fact]
    public async Task Run_HostThatKeepsFailing_IsLeftAloneAndThenTriedOnce()
    {
        using var gate = new HttpGate(new HttpGateOptions { Retries = 0, Spacing = TimeSpan.Zero }, time);
        var starts = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            await gate.RunAsync(Host, _ => After(starts, FeedFault.Unreachable, goodFrom: 99), Stop);
        }

        var suspended = await gate.RunAsync(Host, _ => AtOnce(starts), Stop);
        Assert.Equal((FeedFault.Suspended, 8, true), (suspended.Failure?.Fault, starts.Count, gate.Hosts[0].IsSuspended));
        Assert.InRange(suspended.Failure!.RetryAfter!.Value.TotalSeconds, 0, 60);

        await time.AdvanceAsync(TimeSpan.FromSeconds(61));
        Assert.Equal(FeedFault.Unreachable, (await gate.RunAsync(Host, _ => After(starts, FeedFault.Unreachable, goodFrom: 99), Stop)).Failure?.Fault);
        Assert.Equal(FeedFault.Suspended, (await gate.RunAsync(Host, _ => AtOnce(starts), Stop)).Failure?.Fault);

        await time.AdvanceAsync(TimeSpan.FromSeconds(61));
        Assert.Same(Good, await gate.RunAsync(Host, _ => AtOnce(starts), Stop));
        Assert.Same(Good, await gate.RunAsync(Host, _ => AtOnce(starts), Stop));
        Assert.False(gate.Hosts[0].IsSuspended);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ManyQuestionsWhenAHostIsTriedAgain_WaitForTheTrial(bool isBack)
    {
        using var gate = new HttpGate(new HttpGateOptions { Retries = 0, Spacing = TimeSpan.Zero }, time);
        var starts = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            await gate.RunAsync(Host, _ => After(starts, FeedFault.Unreachable, goodFrom: 99), Stop);
        }

        await time.AdvanceAsync(TimeSpan.FromSeconds(61));
        var trial = new TaskCompletionSource<FeedResult<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        var all = Enumerable.Range(0, 20)
            .Select(_ => gate.RunAsync(Host, _ => Interlocked.Increment(ref asked) == 1 ? trial.Task : Task.FromResult(Good), Stop)).ToList();
        await Waiting.UntilAsync(() => gate.Hosts is [{ Running: 1, Waiting: 15 }], "one is tried, and the others wait");
        Assert.DoesNotContain(all, a => a.IsCompleted);
        trial.SetResult(isBack ? Good : new FeedResult<string>(new FeedFailure(FeedFault.Unreachable, "bad", null)));

        var results = await Task.WhenAll(all);

        FeedFault?[] expected = isBack ? [null] : [FeedFault.Unreachable, FeedFault.Suspended];
        Assert.Equal(expected, results.Select(r => r.Failure?.Fault).Distinct().Order());
        Assert.Equal(isBack ? 20 : 1, asked);
    }

    [Fact]
    public async Task Run_CancelledWhileAnotherTriesTheHost_IsAnException()
    {
        using var gate = new HttpGate(new HttpGateOptions { Retries = 0, Spacing = TimeSpan.Zero }, time);
        var starts = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            await gate.RunAsync(Host, _ => After(starts, FeedFault.Unreachable, goodFrom: 99), Stop);
        }

        await time.AdvanceAsync(TimeSpan.FromSeconds(61));
        using var cancel = new CancellationTokenSource();
        var trial = new TaskCompletionSource<FeedResult<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var tries = gate.RunAsync(Host, _ => trial.Task, Stop);
        var waits = gate.RunAsync(Host, _ => AtOnce(starts), cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        trial.SetResult(Good);
        Assert.Same(Good, await tries);
        Assert.Equal(8, starts.Count);
    }

    [Fact]
    public async Task Run_OneSymbolThatFails_DoesNotBreakTheOthers()
    {
        using var gate = new HttpGate(new HttpGateOptions { Spacing = TimeSpan.Zero }, time);
        var starts = new List<double>();
        for (var i = 0; i < 100; i++)
        {
            var result = await gate.RunAsync(Host, _ => After(starts, FeedFault.NotFound, goodFrom: 99_999), Stop);
            Assert.Equal(FeedFault.NotFound, result.Failure?.Fault);
        }

        Assert.Same(Good, await gate.RunAsync(Host, _ => AtOnce(starts), Stop));
    }

    [Fact]
    public async Task Run_CancelledWhileItWaits_IsAnExceptionAndLeavesItsPlace()
    {
        using var gate = new HttpGate(new HttpGateOptions(), time);
        using var cancel = new CancellationTokenSource();
        var starts = new List<double>();
        await gate.RunAsync(Host, _ => AtOnce(starts), Stop);
        var waits = gate.RunAsync(Host, _ => AtOnce(starts), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        Assert.Single(starts);
        Assert.Equal((0, 0), (gate.Hosts[0].Running, gate.Hosts[0].Waiting));
    }

    [Fact]
    public async Task Run_WallClockThatJumps_ChangesNoPace()
    {
        using var gate = new HttpGate(new HttpGateOptions(), time);
        var starts = new List<double>();
        await gate.RunAsync(Host, _ => AtOnce(starts), Stop);

        time.Jump(TimeSpan.FromHours(-5));
        var second = gate.RunAsync(Host, _ => AtOnce(starts), Stop);
        await time.AdvanceUntilDoneAsync(second, TimeSpan.FromSeconds(0.1));

        Assert.Equal([0, 0.5 - (5 * 3_600)], starts);
    }

    [Theory]
    [InlineData("MaxConcurrent", 0)]
    [InlineData("MaxConcurrent", 33)]
    [InlineData("Spacing", -1)]
    [InlineData("Spacing", 61)]
    [InlineData("MaxWaiting", 0)]
    [InlineData("Timeout", 0.5)]
    [InlineData("Timeout", 301)]
    [InlineData("Retries", -1)]
    [InlineData("Retries", 11)]
    [InlineData("RetryDelay", 0)]
    [InlineData("DefaultPause", -1)]
    [InlineData("MaxPause", 3_601)]
    [InlineData("BreakRatio", 1.1)]
    [InlineData("BreakRequests", 1)]
    [InlineData("BreakWindow", 0)]
    [InlineData("BreakPause", 0)]
    public void Create_OptionOutOfRange_IsRefusedByName(string name, double value)
    {
        var options = new HttpGateOptions();
        var property = typeof(HttpGateOptions).GetProperty(name)!;
        property.SetValue(options, property.PropertyType == typeof(TimeSpan) ? (object)TimeSpan.FromSeconds(value)
            : property.PropertyType == typeof(int) ? (object)(int)value : value);

        var e = Assert.Throws<ArgumentException>(() => new HttpGate(options, time));

        Assert.StartsWith($"Feeds:Http:{name} ", e.Message, StringComparison.Ordinal);
        Assert.Single(options.Validate());
    }

    private Task<FeedResult<string>> AtOnce(List<double> starts) => After(starts, FeedFault.NotFound, goodFrom: 0);

    private Task<FeedResult<string>> After(List<double> starts, FeedFault fault, int goodFrom, TimeSpan? wait = null)
    {
        lock (starts)
        {
            starts.Add(Seconds);
            return Task.FromResult(starts.Count >= goodFrom ? Good : new FeedResult<string>(new FeedFailure(fault, "bad", wait)));
        }
    }
}
