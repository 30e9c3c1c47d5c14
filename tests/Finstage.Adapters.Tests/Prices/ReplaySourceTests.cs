using Finstage.Adapters.Prices;
using Finstage.Analysis.Candles;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.Prices;

public sealed class ReplaySourceTests
{
    private const long Hour = 3_600;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Merge_SeveralSeries_GoesByCloseTime()
    {
        PriceSeries[] series =
        [
            Series("A", CandleInterval.OneHour, 0, Hour, 23 * Hour),
            Series("B", CandleInterval.OneDay, 0),
            Series("C", CandleInterval.FifteenMinutes, 45 * 60),
        ];

        var steps = ReplaySource.Merge(series).ToList();

        Assert.Equal([Hour, 2 * Hour, 24 * Hour], steps.Select(s => s.Time));
        Assert.Equal(["A", "C"], steps[0].Candles.Select(c => c.Symbol));
        Assert.Equal(
            [("A", CandleInterval.OneHour), ("B", CandleInterval.OneDay)], steps[2].Candles.Select(c => (c.Symbol, c.Interval)));
    }

    [Fact]
    public void Merge_NothingToPlay_IsEmpty()
    {
        Assert.Empty(ReplaySource.Merge([]));
        Assert.Empty(ReplaySource.Merge([Series("A", CandleInterval.OneDay)]));
    }

    [Fact]
    public async Task Play_WithoutPace_NeverWaits()
    {
        var replay = new ReplaySource(new FakeTime(DateTimeOffset.UnixEpoch));

        var steps = await replay.PlayAsync([Series("A", CandleInterval.OneDay, [.. Enumerable.Range(0, 500).Select(d => d * 24 * Hour)])], cancellation: Stop).ToListAsync(Stop);

        Assert.Equal(500, steps.Count);
    }

    [Fact]
    public async Task Play_WithPace_GivesEachStepAtItsTime()
    {
        var time = new FakeTime(DateTimeOffset.UnixEpoch);
        var seen = new List<(long Step, double At)>();
        var play = Task.Run(
            async () =>
            {
                var series = new[] { Series("A", CandleInterval.OneHour, 0, Hour, 3 * Hour, 100 * 24 * Hour) };
                await foreach (var step in new ReplaySource(time).PlayAsync(series, 3_600, Stop))
                {
                    lock (seen)
                    {
                        seen.Add((step.Time / Hour, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds));
                    }
                }
            },
            Stop);

        // One market hour a second: the last candle comes 2,400 seconds after the first.
        while (!play.IsCompleted)
        {
            await time.AdvanceAsync(TimeSpan.FromMilliseconds(500));
            await FakeTime.SettleAsync();
        }

        await play;
        Assert.Equal([1, 2, 4, 2_401], seen.Select(s => s.Step));
        Assert.All(seen, s => Assert.InRange(s.At, s.Step - 1, double.MaxValue));
    }

    [Fact]
    public async Task Play_StepLessThanAMillisecondAway_WaitsForTheClock()
    {
        var time = new FakeTime(DateTimeOffset.UnixEpoch);
        var steps = new ReplaySource(time).PlayAsync([Series("A", CandleInterval.OneHour, 0, Hour)], 7_200_000, Stop).GetAsyncEnumerator(Stop);
        Assert.True(await steps.MoveNextAsync());

        // Half a millisecond is no wait for a timer; it must not become one that never ends.
        var call = Task.Factory.StartNew(() => steps.MoveNextAsync().AsTask(), Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var next = await call.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        await time.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(20), Stop));
    }

    [Fact]
    public async Task Play_Cancelled_Stops()
    {
        using var cancel = new CancellationTokenSource();
        var replay = new ReplaySource(new FakeTime(DateTimeOffset.UnixEpoch));
        var steps = replay.PlayAsync([Series("A", CandleInterval.OneDay, 0, 24 * Hour)], 1, cancel.Token).GetAsyncEnumerator(Stop);
        Assert.True(await steps.MoveNextAsync());
        var next = steps.MoveNextAsync().AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Play_SpeedThatIsNone_IsRefused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReplaySource(TimeProvider.System).PlayAsync([], speed, Stop));

    private static PriceSeries Series(string symbol, CandleInterval interval, params long[] times) =>
        new(symbol, interval, [.. times.Select(t => new Candle(t, 1, 1, 1, 1, 0))], null, 0, 0, 0);
}
