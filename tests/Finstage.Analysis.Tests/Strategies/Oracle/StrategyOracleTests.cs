using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Strategies.Oracle;

/// <summary>Every strategy against the plain implementation of its row.</summary>
public sealed class StrategyOracleTests
{
    public static TheoryData<string> RealNames => [.. RealSeries.Names, "sample"];

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

    [Fact]
    public void Catalog_AllRows_AreThere() => Assert.Equal(43, StrategyCatalog.All.Count);

    [Theory]
    [MemberData(nameof(RealNames))]
    public void Signals_RealSeries_EqualTheOracles(string name)
    {
        var isSample = name == "sample";
        var candles = isSample ? RealSeries.Sample() : RealSeries.Candles(name);
        var interval = isSample ? CandleInterval.OneDay : RealSeries.IntervalOf(name);
        AssertEqual(candles, interval, isNewYork: true, atLeast: 300);
    }

    [Fact]
    public void Signals_RealSeries_AreThere() => Assert.SkipUnless(Repository.HasData, Repository.NoData);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Signals_RandomSeries_EqualTheOracles(SeriesKind kind, CandleInterval interval)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            AssertEqual(RandomSeries.Of(kind, 1_200, (100 * (int)kind) + seed, interval), interval, isNewYork: seed == 2, atLeast: 100);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(22)]
    public void Signals_ShortSeries_EqualTheOracles(int count) =>
        AssertEqual(RandomSeries.Of(SeriesKind.Walk, count, 9), CandleInterval.OneDay, isNewYork: false, atLeast: 0);

    private static void AssertEqual(Candle[] candles, CandleInterval interval, bool isNewYork, int atLeast)
    {
        var context = new SeriesContext(interval, isNewYork ? TradingCalendar.Nyse : TradingCalendar.Utc);
        var signals = new List<Signal>();
        new SymbolEngine(context, StrategyCatalog.All).Commit(candles, signals);
        var actual = StrategyOracle.Sorted(signals.Select(s => new Fired(s.Time, s.Strategy, s.Direction, s.Confidence)));
        var expected = candles.Length == 0 ? [] : StrategyOracle.Run(candles, interval, isNewYork);

        var missing = expected.Except(actual).Take(5).Select(f => $"missing {f}");
        var extra = actual.Except(expected).Take(5).Select(f => $"extra {f}");
        Assert.Empty(string.Join('\n', missing.Concat(extra)));
        Assert.Equal(expected, actual);
        Assert.True(actual.Count >= atLeast, $"Only {actual.Count} signals.");
    }
}
