using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Tests.Data;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>Signals in columns beside their outcomes.</summary>
public sealed class OutcomeSetTests
{
    private static readonly SeriesContext Daily = new(CandleInterval.OneDay, TradingCalendar.Nyse);

    private static readonly IReadOnlyList<string> Ids = [.. StrategyCatalog.All.Select(s => s.Id)];

    [Fact]
    public void Replay_SeveralSeries_HoldsEverySignalOfTheEngine()
    {
        var series = Series();
        var set = OutcomeSet.Replay(series, StrategyCatalog.All);
        Assert.Equal(Ids, set.Strategies);
        Assert.Equal(series.Select(s => s.Symbol), set.Series.Select(s => s.Symbol));
        for (var i = 0; i < series.Count; i++)
        {
            var expected = Signals(series[i]);
            Assert.NotEmpty(expected);
            Assert.Equal(expected.Count, set.Series[i].Rows.Length);
            for (var s = 0; s < Ids.Count; s++)
            {
                var own = set.Series[i];
                Assert.Equal(
                    expected.Where(x => x.Strategy == Ids[s]).Select(x => (x.Time, (int)x.Direction)),
                    Enumerable.Range(own.Of(s).Start.Value, own.Of(s).End.Value - own.Of(s).Start.Value)
                        .Select(k => (own.Times[own.Rows[k]], (int)own.Directions[k])));
            }
        }
    }

    [Fact]
    public void Replay_AnyParallelism_IsTheSame()
    {
        var series = Series();
        var one = OutcomeSet.Replay(series, StrategyCatalog.All, new BacktestOptions { Parallelism = 1 });
        var many = OutcomeSet.Replay(series, StrategyCatalog.All, new BacktestOptions { Parallelism = 8 });
        for (var i = 0; i < series.Count; i++)
        {
            Assert.Equal(one.Series[i].Rows, many.Series[i].Rows);
            Assert.Equal(one.Series[i].Directions, many.Series[i].Directions);
            Assert.Equal(one.Series[i].Forward(Horizon.OneWeek)!.Returns, many.Series[i].Forward(Horizon.OneWeek)!.Returns);
        }
    }

    [Fact]
    public void Of_KnownSignals_IsWhatTheReplayIs()
    {
        var series = Series();
        var known = OutcomeSet.Of(series, [.. series.Select(Signals)], Ids);
        var replayed = OutcomeSet.Replay(series, StrategyCatalog.All);
        for (var i = 0; i < series.Count; i++)
        {
            Assert.Equal(replayed.Series[i].Rows, known.Series[i].Rows);
            Assert.Equal(replayed.Series[i].Directions, known.Series[i].Directions);
        }
    }

    [Fact]
    public void Replay_Dates_TakesSignalsWithinThem()
    {
        var series = Series();
        var (from, to) = (series[0].Candles[400].Time, series[0].Candles[500].Time);
        var set = OutcomeSet.Replay(series, StrategyCatalog.All, new BacktestOptions { From = from, To = to });
        Assert.Equal(
            Signals(series[0]).Count(s => s.Time >= from && s.Time <= to),
            set.Series[0].Rows.Length);
        Assert.Contains(400, set.Series[0].Rows.ToArray());
    }

    [Fact]
    public void Replay_ChosenHorizonsAndStrategies_LeavesOutTheOthers()
    {
        var set = OutcomeSet.Replay(Series(), [StrategyCatalog.Get("RSI_MOMENTUM_50")], new BacktestOptions { Horizons = [Horizon.OneHour, Horizon.OneWeek] });
        Assert.Equal(["RSI_MOMENTUM_50"], set.Strategies);
        Assert.Null(set.Series[0].Forward(Horizon.OneHour));
        Assert.Null(set.Series[0].Forward(Horizon.OneDay));
        Assert.NotNull(set.Series[0].Forward(Horizon.OneWeek));
    }

    [Fact]
    public void Of_SignalWithoutCandle_IsRefused()
    {
        var series = Series();
        var stray = new Signal(Ids[0], series[0].Candles[^1].Time + 1, Direction.Buy, 50, 1, "x", default);
        Assert.Throws<ArgumentException>(() => OutcomeSeries.Of(series[0], [stray], new() { [Ids[0]] = 0 }, new BacktestOptions()));
    }

    [Fact]
    public void Replay_SeveralIntervals_IsRefused() => Assert.Throws<ArgumentException>(() => OutcomeSet.Replay(
        [Series()[0], new SeriesHistory("H", Daily with { Interval = CandleInterval.OneHour }, [])], StrategyCatalog.All));

    [Fact]
    public void Replay_GivenUp_Ends()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => OutcomeSet.Replay(Series(), StrategyCatalog.All, cancellation: stop.Token));
    }

    private static List<SeriesHistory> Series() =>
    [
        new("A", Daily, RandomSeries.Of(SeriesKind.Walk, 700, 1)),
        new("B", Daily with { Calendar = TradingCalendar.Always }, RandomSeries.Of(SeriesKind.Trends, 900, 2)),
        new("C", Daily, RandomSeries.Of(SeriesKind.Grid, 650, 3)),
        new("D", Daily, RandomSeries.Of(SeriesKind.Walk, 800, 4)),
    ];

    private static List<Signal> Signals(SeriesHistory series)
    {
        var signals = new List<Signal>();
        new SymbolEngine(series.Context, StrategyCatalog.All).Commit(series.Candles, signals);
        return signals;
    }
}
