using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Tests.Data;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>What became of a single signal is what a backtest counts.</summary>
public sealed class OutcomeBookTests
{
    private static readonly Candle[] Four = [At(0, 100, 101, 99), At(1, 104, 106, 98), At(2, 90, 105, 88), At(3, 95, 97, 90)];

    [Fact]
    public void Find_ByHand_TakesCloseToCloseWithTheSignalsSign()
    {
        var book = new OutcomeBook(Chance.Daily, Four);

        var buy = book.Find(0, Direction.Buy, Horizon.OneDay);
        var sell = book.Find(86_400, Direction.Sell, Horizon.OneDay);

        Assert.Equal((OutcomeState.Known, new SignalOutcome(86_400, 104, (104 / 100.0) - 1, (98 / 100.0) - 1, (106 / 100.0) - 1)), buy);
        Assert.Equal((OutcomeState.Known, new SignalOutcome(172_800, 90, -((90 / 104.0) - 1), -((105 / 104.0) - 1), -((88 / 104.0) - 1))), sell);
    }

    [Fact]
    public void Find_WhatIsNotKnown_SaysWhetherItWillBe()
    {
        var book = new OutcomeBook(Chance.Daily, [.. Four, At(4, -1, 1, -2), At(5, 3, 4, 2)]);

        Assert.Equal((OutcomeState.Waiting, null), book.Find(5 * 86_400, Direction.Buy, Horizon.OneDay));
        Assert.Equal((OutcomeState.Waiting, null), book.Find(86_400, Direction.Buy, Horizon.OneWeek));
        Assert.Equal((OutcomeState.Never, null), book.Find(7 * 86_400, Direction.Buy, Horizon.OneDay)); // no such candle
        Assert.Equal((OutcomeState.Never, null), book.Find(4 * 86_400, Direction.Buy, Horizon.OneDay)); // no percentage of a negative close
        Assert.Equal((OutcomeState.Never, null), book.Find(0, Direction.Buy, Horizon.OneHour)); // days cannot tell hours
    }

    [Theory]
    [InlineData(CandleInterval.OneDay)]
    [InlineData(CandleInterval.OneHour)]
    [InlineData(CandleInterval.FifteenMinutes)]
    public void Find_FromTheSignalOn_IsWhatTheWholeSeriesSays(CandleInterval interval)
    {
        var context = new SeriesContext(interval, Chance.Daily.Calendar);
        var candles = RandomSeries.Of(SeriesKind.Walk, 700, 5, interval);
        var (late, horizons) = (0, Horizons.On(interval));
        foreach (var row in (int[])[3, 90, 91, 333, 640])
        {
            var book = new OutcomeBook(context, candles[row..]);
            foreach (var horizon in horizons)
            {
                var columns = ForwardColumns.Of(horizon, context, candles)!;
                var (state, outcome) = book.Find(candles[row].Time, Direction.Buy, horizon);
                Assert.Equal(columns.Exit(row) >= 0 ? OutcomeState.Known : OutcomeState.Waiting, state);
                late += state == OutcomeState.Waiting ? 1 : 0;
                Assert.True(outcome is null || outcome == new SignalOutcome(
                    candles[columns.Exit(row)].Time, candles[columns.Exit(row)].Close, columns.Returns[row], columns.Falls[row], columns.Rises[row]));
                Assert.True(outcome is null || (interval.IsIntraday() && horizon >= Horizon.OneDay) || interval.CloseTime(outcome.ExitTime) - interval.CloseTime(candles[row].Time) >= horizon.ShortestSeconds());
            }
        }

        Assert.InRange(late, 0, 10); // of 15 or 25
    }

    private static Candle At(int day, double close, double high, double low) => new(day * 86_400L, close, high, low, close, 1);
}
