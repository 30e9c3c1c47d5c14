using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Grains.Insights;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;

namespace Finstage.Grains.Tests.Insights;

/// <summary>Outcomes of live signals on hourly candles; the clock stands at the close of the last one.</summary>
public sealed class OutcomeJobTests
{
    private static readonly Candle[] All = TestSeries.EndingWith(Analysis.Signals.AlertPriority.High);

    [Fact]
    public async Task Run_HorizonsPass_FillsEachOnce()
    {
        await using var world = await World.StartAsync();
        var signals = await LiveAsync(world);
        Assert.Equal("0 outcomes filled, 0 wait for their candle", await RunAsync(world));

        world.Time.Jump(TimeSpan.FromHours(1));
        Assert.Equal($"0 outcomes filled, {signals.Count} wait for their candle", await RunAsync(world));
        await AddAsync(world, 1, 1.02);
        Assert.Equal($"{signals.Count} outcomes filled, 0 wait for their candle", await RunAsync(world));
        Assert.Equal("0 outcomes filled, 0 wait for their candle", await RunAsync(world));

        var rows = (await ReadAsync(world)).Where(o => o.SettledAt is not null).ToList();
        Assert.All(rows, o => Assert.Equal((Horizon.OneHour, World.Start.AddHours(1)), (o.Horizon, o.SettledAt!.Value)));
        Assert.All(rows, o => Assert.Equal((int)o.Signal.Direction * 0.02, o.Outcome!.Return, 1e-9));
        Assert.Equal(signals.Count, rows.Count);
    }

    [Fact]
    public async Task Run_AfterDowntime_FillsAllThatPassedMeanwhile()
    {
        await using var world = await World.StartAsync();
        var signals = await LiveAsync(world);
        world.Time.Jump(TimeSpan.FromDays(40));
        await AddAsync(world, 1, Enumerable.Range(1, 30 * 24).Select(hour => 1 + (hour / 1_000.0)));

        await RunAsync(world);

        var rows = await ReadAsync(world);
        Assert.Equal(signals.Count * Horizons.All.Count, rows.Count(o => o.Outcome is not null));
        var first = rows.Where(o => o.SignalId == rows[0].SignalId).ToList();
        Assert.Equal([1, 4, 24, 5 * 24, 21 * 24], first.Select(o => (o.Outcome!.ExitTime - All[^1].Time) / 3_600));
        Assert.All(first, o => Assert.Equal((int)o.Signal.Direction * ((o.Outcome!.ExitTime - All[^1].Time) / 3_600_000.0), o.Outcome.Return, 1e-9));
    }

    [Fact]
    public async Task Run_SeriesIsCorrected_LooksAgain()
    {
        await using var world = await World.StartAsync();
        await LiveAsync(world);
        world.Time.Jump(TimeSpan.FromHours(1));
        await AddAsync(world, 1, 1.02);
        await RunAsync(world);

        await AddAsync(world, 1, 1.05);
        await RunAsync(world);

        Assert.All((await ReadAsync(world)).Where(o => o.Outcome is not null), o => Assert.Equal((int)o.Signal.Direction * 0.05, o.Outcome!.Return, 1e-9));
        Assert.Contains(await ReadAsync(world), o => o.Outcome is not null);
    }

    [Fact]
    public async Task Apply_History_HasNoOutcomes()
    {
        await using var world = await World.StartAsync();

        // The clock stands a day after the last candle.
        world.Time.Jump(TimeSpan.FromDays(1));
        await world.Aapl().ApplyAsync(TestSeries.Batch(All));

        Assert.NotEmpty(await world.Store.ReadSignalsAsync(new SignalQuery("AAPL"), World.Stop));
        Assert.Empty(await world.Store.Outcomes.ReadDueAsync(long.MaxValue, 100, World.Stop));
    }

    /// <summary>The history, then the last candle live; returns the live signals.</summary>
    private static async Task<IReadOnlyList<SignalRow>> LiveAsync(World world)
    {
        await world.Aapl().ApplyAsync(TestSeries.Batch(All[..^1]));
        var history = await world.Store.Outcomes.ReadDueAsync(long.MaxValue, 1_000, World.Stop);
        Assert.All(history, d => Assert.True(d.Signal.Time >= All[^3].Time)); // two intervals back are still just now
        foreach (var series in history.GroupBy(d => d.Signal.Symbol))
        {
            await world.Store.Outcomes.SettleAsync(
                new OutcomeSettlement(series.Key, CandleInterval.OneHour, 1, [.. series.Select(d => (d.SignalId, d.Horizon, (SignalOutcome?)null))], World.Start), World.Stop);
        }

        await world.Aapl().ApplyAsync(TestSeries.Batch(All[^1..], BatchOrigin.Live));
        var live = await world.Store.ReadSignalsAsync(new SignalQuery("AAPL", From: All[^1].Time), World.Stop);
        Assert.NotEmpty(live);
        return live;
    }

    /// <summary>The hours after the last candle, each at its share of that candle's close.</summary>
    private static async Task AddAsync(World world, int from, params IEnumerable<double> rises)
    {
        Candle[] hours = [.. rises.Select((rise, i) => All[^1] with
        {
            Time = All[^1].Time + (3_600L * (from + i)), High = 3 * All[^1].Close, Low = 0.3 * All[^1].Close, Close = rise * All[^1].Close,
        })];
        await world.Aapl().ApplyAsync(TestSeries.Batch(hours));
    }

    private static Task<string> RunAsync(World world) =>
        new OutcomeJob(world.Store, world.Store.Outcomes, world.Time).RunAsync(world.Grains, World.Stop);

    private static async Task<IReadOnlyList<OutcomeRow>> ReadAsync(World world)
    {
        var signals = await world.Store.ReadSignalsAsync(new SignalQuery("AAPL", From: All[^1].Time, To: All[^1].Time, IncludeSuperseded: true), World.Stop);
        return await world.Store.Outcomes.ReadAsync([.. signals.Select(s => s.Id)], World.Stop);
    }
}
