using System.Globalization;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>What a series did after each candle, by hand and against a walk candle by candle.</summary>
public sealed class ForwardColumnsTests
{
    private static readonly SeriesContext Nyse = new(CandleInterval.OneDay, TradingCalendar.Nyse);

    public static TheoryData<SeriesKind, CandleInterval> Kinds
    {
        get
        {
            var data = new TheoryData<SeriesKind, CandleInterval>();
            foreach (var kind in Enum.GetValues<SeriesKind>())
            {
                data.Add(kind, CandleInterval.OneDay);
                data.Add(kind, CandleInterval.OneHour);
                data.Add(kind, CandleInterval.FifteenMinutes);
                data.Add(kind, CandleInterval.OneWeek);
                data.Add(kind, CandleInterval.OneMonth);
            }

            return data;
        }
    }

    public static TheoryData<string> RealNames => [.. RealSeries.Names];

    [Fact]
    public void Of_ByHand_TakesCloseToClose()
    {
        Candle[] candles =
        [
            new(0, 10, 11, 9, 10, 1), new(86_400, 10, 13, 9.5, 12, 1), new(2 * 86_400, 12, 12.5, 8, 9, 1),
            new(3 * 86_400, 9, 9, 9, 9, 1),
        ];
        var columns = ForwardColumns.Of(Horizon.OneDay, Nyse, candles)!;
        AssertNear([0.2, -0.25, 0, double.NaN], columns.Returns);
        AssertNear([0.3, 0.5 / 12, 0, double.NaN], columns.Rises);
        AssertNear([-0.05, -4.0 / 12, 0, double.NaN], columns.Falls);
        Assert.Equal((0.2 - 0.25) / 3, columns.Drift, 1e-12);
        Assert.Equal([1, 2, 3, -1], Enumerable.Range(0, 4).Select(columns.Exit));
        Assert.Equal(252, columns.PeriodsPerYear);
    }

    [Fact]
    public void Of_BaseNotAboveZero_IsAbsent()
    {
        // Oil closed below zero: no percentage of that, but what was bought above zero has lost more than everything.
        Candle[] candles =
        [
            new(0, 20, 20, 10, 10, 1), new(86_400, 10, 10, -40, -37.63, 1), new(2 * 86_400, 5, 12, 5, 10, 1), new(3 * 86_400, 0, 0, 0, 0, 1),
            new(4 * 86_400, 1, 1, 1, 1, 1),
        ];
        var columns = ForwardColumns.Of(Horizon.OneDay, Nyse, candles)!;
        AssertNear([-4.763, double.NaN, -1, double.NaN, double.NaN], columns.Returns);
        AssertNear([0, double.NaN, 0, double.NaN, double.NaN], columns.Rises);
    }

    [Fact]
    public void Of_WhatCandlesCannotTell_IsNull()
    {
        Assert.Null(ForwardColumns.Of(Horizon.OneHour, Nyse, []));
        Assert.Null(ForwardColumns.Of(Horizon.OneDay, Nyse with { Interval = CandleInterval.OneWeek }, []));
        Assert.Equal(0, ForwardColumns.Of(Horizon.OneDay, Nyse, [])!.Count);
    }

    [Fact]
    public void Of_ADayOnHourlyCandles_EndsAtTheSameTimeOfTheNextSession()
    {
        // New York, 2024-07-02 whole, 07-03 a half day, 07-04 a holiday, 07-05 whole; seven hourly candles a day from 13:30Z, four on the 3rd.
        var candles = new[] { ("2024-07-02", 7), ("2024-07-03", 4), ("2024-07-05", 7) }
            .SelectMany(day => Enumerable.Range(0, day.Item2).Select(hour => DateTimeOffset.Parse(day.Item1 + "T13:30Z", CultureInfo.InvariantCulture).ToUnixTimeSeconds() + (hour * 3_600L)))
            .Select((time, i) => new Candle(time, 100 + i, 101 + i, 99 + i, 100 + i, 1)).ToArray();
        var context = new SeriesContext(CandleInterval.OneHour, TradingCalendar.Nyse);
        var day = ForwardColumns.Of(Horizon.OneDay, context, candles)!;

        // The hours that the half day lacks end with its last candle.
        Assert.Equal([7, 8, 9, 10, 10, 10, 10, 11, 12, 13, 14, -1, -1], Enumerable.Range(0, 13).Select(day.Exit));
        var hour = ForwardColumns.Of(Horizon.OneHour, context, candles)!;
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], Enumerable.Range(0, 7).Select(hour.Exit));
        Assert.Equal(252 * 7, hour.PeriodsPerYear);
        Assert.Equal(252, day.PeriodsPerYear);
        Assert.Equal(252.0 * 7 / 4, ForwardColumns.Of(Horizon.FourHours, context, candles)!.PeriodsPerYear);

        // While the next session still runs, what it has not shown is not known.
        var running = ForwardColumns.Of(Horizon.OneDay, context, candles.AsSpan(0, 9))!;
        Assert.Equal([7, 8, -1, -1, -1, -1, -1, -1, -1], Enumerable.Range(0, 9).Select(running.Exit));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_RandomSeries_EqualsAWalkCandleByCandle(SeriesKind kind, CandleInterval interval)
    {
        foreach (var (calendar, count) in new[] { (TradingCalendar.Nyse, 600), (TradingCalendar.Always, 431), (TradingCalendar.Utc, 22) })
        {
            AssertEqualsWalk(RandomSeries.Of(kind, count, (int)kind + 7, interval), new SeriesContext(interval, calendar));
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(RealNames))]
    public void Of_RealSeries_EqualsAWalkCandleByCandle(string name)
    {
        var candles = RealSeries.Candles(name);
        AssertEqualsWalk(candles.AsSpan(0, Math.Min(candles.Length, 3_000)).ToArray(), new SeriesContext(RealSeries.IntervalOf(name), TradingCalendar.Nyse));
    }

    private static void AssertEqualsWalk(Candle[] candles, SeriesContext context)
    {
        foreach (var horizon in Horizons.On(context.Interval))
        {
            var columns = ForwardColumns.Of(horizon, context, candles)!;
            var known = 0;
            for (var i = 0; i < candles.Length; i++)
            {
                var exit = NaiveBacktest.Exit(horizon, context, candles, i);
                Assert.Equal(exit, columns.Exit(i));
                var (r, rise, fall) = NaiveBacktest.Outcome(candles, i, exit);
                AssertSame(r, columns.Returns[i]);
                AssertSame(rise, columns.Rises[i]);
                AssertSame(fall, columns.Falls[i]);
                known += exit >= 0 ? 1 : 0;
            }

            Assert.True(candles.Length < 100 || horizon is Horizon.OneWeek or Horizon.OneMonth || known > 0, $"{horizon.Code()} is never known.");
        }
    }

    private static void AssertSame(double expected, double actual) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-12 * Math.Max(1, Math.Abs(expected)), $"{expected} is not {actual}.");

    private static void AssertNear(double[] expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            AssertSame(expected[i], actual[i]);
        }
    }
}
