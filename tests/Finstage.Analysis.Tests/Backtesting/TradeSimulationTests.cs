using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>Trades by hand, and against a walk bar by bar.</summary>
public sealed class TradeSimulationTests
{
    private static readonly SeriesContext Daily = new(CandleInterval.OneDay, TradingCalendar.Nyse);

    private static readonly TradeOptions Free = new() { Horizon = Horizon.OneDay, Commission = 0, Slippage = 0 };

    [Fact]
    public void Run_ASignal_IsFilledAtTheNextOpenAndHeldForItsTime()
    {
        var report = Run(Free, [(100, 101, 99, 100), (102, 104, 101, 103), (105, 106, 104, 105)], (0, Direction.Buy));
        var trade = Assert.Single(report.Trades);
        Assert.Equal((86_400, 102.0, 2 * 86_400, 105.0), (trade.EntryTime, trade.EntryPrice, trade.ExitTime, trade.ExitPrice));
        Assert.Equal((TradeExit.Time, 1), (trade.Exit, trade.Candles));
        Assert.Equal((105.0 / 102) - 1, trade.Return, 1e-12);
        Assert.Equal([1, 103.0 / 102, 105.0 / 102], report.Equity.Select(e => e.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0.05, report.BuyAndHold, 1e-12);
    }

    [Fact]
    public void Run_Costs_AreTakenOnBothSides()
    {
        var options = Free with { Commission = 0.001, Slippage = 0.002 };
        var trade = Assert.Single(Run(options, [(100, 100, 100, 100), (100, 100, 100, 100), (110, 110, 110, 110)], (0, Direction.Buy)).Trades);
        Assert.Equal((100.2, 109.78), (Math.Round(trade.EntryPrice, 9), Math.Round(trade.ExitPrice, 9)));
        Assert.Equal((109.78 / 100.2) - 1 - (0.001 * (1 + (109.78 / 100.2))), trade.Return, 1e-12);

        // A SELL is sold lower and bought back higher.
        var sell = Assert.Single(Run(options, [(100, 100, 100, 100), (100, 100, 100, 100), (110, 110, 110, 110)], (0, Direction.Sell)).Trades);
        Assert.Equal((99.8, 110.22), (Math.Round(sell.EntryPrice, 9), Math.Round(sell.ExitPrice, 9)));
        Assert.Equal(1 - (110.22 / 99.8) - (0.001 * (1 + (110.22 / 99.8))), sell.Return, 1e-12);
    }

    [Fact]
    public void Run_CandleThatReachesBoth_CountsAsStopped()
    {
        var options = Free with { Stop = 0.05, Target = 0.05 };
        var trade = Assert.Single(Run(options, [(100, 100, 100, 100), (100, 106, 94, 105), (105, 105, 105, 105)], (0, Direction.Buy)).Trades);
        Assert.Equal((TradeExit.Stop, 95.0), (trade.Exit, Math.Round(trade.ExitPrice, 9)));
    }

    [Fact]
    public void Run_Gaps_AreFilledForTheWorse()
    {
        var options = Free with { Horizon = Horizon.OneWeek, Stop = 0.05, Target = 0.05 };
        var stopped = Assert.Single(Run(options, [(100, 100, 100, 100), (100, 101, 99, 100), (90, 91, 89, 90)], (0, Direction.Buy)).Trades);
        Assert.Equal((TradeExit.Stop, 90.0), (stopped.Exit, stopped.ExitPrice)); // below the stop of 95: at the open
        var reached = Assert.Single(Run(options, [(100, 100, 100, 100), (100, 101, 99, 100), (120, 121, 119, 120)], (0, Direction.Buy)).Trades);
        Assert.Equal((TradeExit.Target, 105.0), (reached.Exit, Math.Round(reached.ExitPrice, 9))); // above the target of 105: no better
        var sold = Assert.Single(Run(options, [(100, 100, 100, 100), (100, 101, 99, 100), (90, 91, 89, 90)], (0, Direction.Sell)).Trades);
        Assert.Equal((TradeExit.Target, 95.0), (sold.Exit, Math.Round(sold.ExitPrice, 9)));
    }

    [Fact]
    public void Run_WhileAPositionIsOpen_SignalsPassBy()
    {
        (double, double, double, double)[] flat = [.. Enumerable.Repeat((100.0, 100.0, 100.0, 100.0), 20)];
        var report = Run(Free with { Horizon = Horizon.OneWeek }, flat, (0, Direction.Buy), (2, Direction.Buy), (4, Direction.Sell), (5, Direction.Buy), (19, Direction.Buy));

        // The first is held over rows 1 to 5; what fires at 5 takes the open at which the first is closed. The last has no open to follow.
        Assert.Equal([0, 5], report.Trades.Select(t => t.SignalTime / 86_400));
        Assert.Equal([6L * 86_400, 11L * 86_400], report.Trades.Select(t => t.ExitTime));
        Assert.Equal(0.5, report.Exposure, 1e-12);
    }

    [Fact]
    public void Run_SignalsThatContradict_CancelOut() =>
        Assert.Empty(Run(Free, [(1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1)], (0, Direction.Buy), (0, Direction.Sell)).Trades);

    [Fact]
    public void Run_EndOfData_ValuesAtTheLastClose()
    {
        var trade = Assert.Single(Run(Free with { Horizon = Horizon.OneMonth }, [(100, 100, 100, 100), (100, 120, 100, 120)], (0, Direction.Buy)).Trades);
        Assert.Equal((TradeExit.EndOfData, 120.0, 1), (trade.Exit, trade.ExitPrice, trade.Candles));
    }

    [Fact]
    public void Run_EverythingLost_EndsTheTrading()
    {
        var report = Run(Free, [(10, 10, 10, 10), (10, 30, 10, 25), (25, 25, 25, 25), (25, 25, 25, 25), (5, 5, 5, 5)], (0, Direction.Sell), (2, Direction.Buy));
        Assert.Single(report.Trades); // −150 %
        Assert.Equal((-1.0, 1.0), (report.Net, report.MaxDrawdown));
    }

    [Theory]
    [InlineData(-0.001, 0, null, null)]
    [InlineData(0, 0.2, null, null)]
    [InlineData(0, 0, 0.0, null)]
    [InlineData(0, 0, 1.0, null)]
    [InlineData(0, 0, null, -0.1)]
    [InlineData(double.NaN, 0, null, null)]
    public void Run_OptionOutOfRange_IsRefused(double commission, double slippage, double? stop, double? target) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(
            Free with { Commission = commission, Slippage = slippage, Stop = stop, Target = target }, [(1, 1, 1, 1)]));

    [Fact]
    public void Run_HorizonThatCandlesCannotTell_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Run(Free with { Horizon = Horizon.OneHour }, [(1, 1, 1, 1)]));

    [Fact]
    public void Run_RandomSeries_EqualsAWalkBarByBar()
    {
        foreach (var kind in Enum.GetValues<SeriesKind>())
        {
            AssertEqualsWalk(new SeriesHistory("S", Daily, RandomSeries.Of(kind, 700, (int)kind + 40)));
        }
    }

    [Fact]
    public void Run_RealSeries_EqualsAWalkBarByBar()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        foreach (var name in new[] { "AAPL.1d", "USO.1d", "QQQ.1d" })
        {
            AssertEqualsWalk(new SeriesHistory(name, Daily, RealSeries.Candles(name)));
        }
    }

    private static void AssertEqualsWalk(SeriesHistory series)
    {
        var all = new List<Signal>();
        new SymbolEngine(series.Context, StrategyCatalog.All).Commit(series.Candles, all);
        TradeOptions[] variants =
        [
            new(), new() { Horizon = Horizon.OneDay, Stop = 0.02 }, new() { Horizon = Horizon.OneMonth, Stop = 0.04, Target = 0.06 },
            new() { Horizon = Horizon.OneMonth, Target = 0.03, Commission = 0.002, Slippage = 0 },
        ];
        var trades = 0;
        foreach (var signals in all.GroupBy(s => s.Strategy).Select(g => g.ToList()).Append(all))
        {
            foreach (var options in variants)
            {
                var report = TradeSimulation.Run(series, signals, options);
                var (expected, money) = NaiveTrades.Walk(series.Candles, signals, options);
                Assert.Equal(expected.Count, report.Trades.Count);
                for (var i = 0; i < expected.Count; i++)
                {
                    var t = report.Trades[i];
                    Assert.Equal((expected[i].Entry, expected[i].Exit, expected[i].Why), (t.EntryTime, t.ExitTime, t.Exit));
                    Assert.Equal(expected[i].Return, t.Return, 1e-9 * Math.Max(1, Math.Abs(t.Return)));
                }

                Assert.Equal(money, report.Net + 1, 1e-9 * Math.Max(1, money));
                trades += expected.Count;
            }
        }

        Assert.True(trades > 500, $"Only {trades} trades.");
    }

    private static TradeReport Run(TradeOptions options, (double O, double H, double L, double C)[] prices, params (int Row, Direction Direction)[] signals) =>
        TradeSimulation.Run(
            new SeriesHistory("S", Daily, [.. prices.Select((p, i) => new Candle(i * 86_400L, p.O, p.H, p.L, p.C, 1))]),
            [.. signals.Select(s => new Signal("X", s.Row * 86_400L, s.Direction, 50, prices[s.Row].C, "x", default))], options);
}
