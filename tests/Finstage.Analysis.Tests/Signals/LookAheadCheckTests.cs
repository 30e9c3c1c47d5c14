using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Signals;

public sealed class LookAheadCheckTests
{
    private static readonly StrategyInfo Planted = new("PLANTED", "Test", []);

    [Fact]
    public void Run_EveryStrategyOnRealSeries_IsClean()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        foreach (var name in new[] { "AAPL.1d", "GSPC.1d", "VIX.1d", "AAPL.raw.1d", "AAPL.1m", "SPY.1h" })
        {
            var candles = RealSeries.Candles(name);
            AssertClean(candles.AsSpan(0, Math.Min(6_000, candles.Length)), RealSeries.IntervalOf(name), LookAheadCheck.DefaultPrefixes);
        }
    }

    [Theory]
    [InlineData(SeriesKind.Walk, CandleInterval.OneDay)]
    [InlineData(SeriesKind.Grid, CandleInterval.OneHour)]
    [InlineData(SeriesKind.Trends, CandleInterval.OneDay)]
    [InlineData(SeriesKind.AroundZero, CandleInterval.OneWeek)]
    [InlineData(SeriesKind.Holes, CandleInterval.FifteenMinutes)]
    public void Run_EveryStrategyOnRandomSeries_IsClean(SeriesKind kind, CandleInterval interval) =>
        AssertClean(RandomSeries.Of(kind, 1_500, 31, interval), interval, LookAheadCheck.DefaultPrefixes);

    [Fact]
    public void Run_RuleThatReadsTheNextRow_IsFound() =>
        AssertFound(_ => new SymbolEngine(SeriesContext.Daily, [Planted], Strategy<NextRow>.Make));

    [Fact]
    public void Run_RuleThatKnowsTheWholeSeries_IsFound() => AssertFound(candles =>
    {
        // What a rule does that takes its extremes over the whole series: good in a backtest, bad live.
        var low = candles.Min(c => c.Low);
        var info = Planted with { Parameters = [new StrategyParameter("low", low, low, low)] };
        return new SymbolEngine(SeriesContext.Daily, [info], Strategy<WholeMinimum>.Make);
    });

    [Fact]
    public void Run_HonestRuleMadeTheSameWay_IsClean() => Assert.True(
        LookAheadCheck.Run(_ => new SymbolEngine(SeriesContext.Daily, [Planted], Strategy<Honest>.Make), Series(), 200, 1).IsClean);

    [Fact]
    public void Run_NoCandles_IsClean() => Assert.True(LookAheadCheck.Run(SeriesContext.Daily, StrategyCatalog.All, []).IsClean);

    private static void AssertClean(ReadOnlySpan<Candle> candles, CandleInterval interval, int prefixes)
    {
        var report = LookAheadCheck.Run(new SeriesContext(interval, TradingCalendar.Nyse), StrategyCatalog.All, candles, prefixes);

        Assert.Empty(report.Findings);
        Assert.True(report.Signals > 100);
        Assert.Equal((candles.Length, prefixes), (report.Candles, report.Prefixes));
    }

    private static void AssertFound(Func<Candle[], SymbolEngine> make)
    {
        var report = LookAheadCheck.Run(make, Series(), 200, 1);

        Assert.False(report.IsClean);
        Assert.Equal("PLANTED", Assert.Single(report.Findings).Strategy);
    }

    private static Candle[] Series() => RandomSeries.Of(SeriesKind.Walk, 800, 77);

    // The rows of a block are filled before its rules run, so the next one can be read; this is what the check is for.
    private readonly struct NextRow(Series close) : IStrategyRule<NextRow>
    {
        public static IReadOnlyList<StrategyInfo> Catalog { get; } = [Planted];

        public static NextRow Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) => new(inputs.Close);

        public void Judge(Row row, ref Verdict say)
        {
            if (close[row - -1] > close[row] * 1.02)
            {
                say.Buy(99, "planted.buy");
            }
        }
    }

    private readonly struct WholeMinimum(Series low, double minimum) : IStrategyRule<WholeMinimum>
    {
        public static IReadOnlyList<StrategyInfo> Catalog { get; } = [Planted];

        public static WholeMinimum Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) => new(inputs.Low, parameters[0]);

        public void Judge(Row row, ref Verdict say)
        {
            if (low[row] == minimum)
            {
                say.Buy(99, "planted.buy");
            }
        }
    }

    private readonly struct Honest(Series close) : IStrategyRule<Honest>
    {
        public static IReadOnlyList<StrategyInfo> Catalog { get; } = [Planted];

        public static Honest Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) => new(inputs.Close);

        public void Judge(Row row, ref Verdict say)
        {
            if (close[row] > close[row - 1] * 1.02)
            {
                say.Buy(99, "planted.buy");
            }
        }
    }
}
