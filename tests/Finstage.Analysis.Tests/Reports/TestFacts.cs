using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Clustering;
using Finstage.Analysis.Patterns;
using Finstage.Analysis.Reports;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Statistics;
using Finstage.Analysis.Symbols;

namespace Finstage.Analysis.Tests.Reports;

/// <summary>Facts made by hand, so that every figure of a report can be looked up in them.</summary>
internal static class TestFacts
{
    /// <summary>Friday 2025-08-15, the last session.</summary>
    public const long Last = 1_755_216_000;

    /// <summary>2025-08-18 08:00 in Seoul, a Monday.</summary>
    public static readonly DateTimeOffset Monday = new(2025, 8, 17, 23, 0, 0, TimeSpan.Zero);

    public static readonly SymbolName Nasdaq = new("^IXIC", "나스닥 지수", "Nasdaq Composite");
    public static readonly SymbolName Apple = new("AAPL", "애플", "Apple");
    public static readonly SymbolName Odd = new("A&B", "<갑>", "A & <B>");

    public static ReportFacts Nothing(DateTimeOffset at) => new()
    {
        At = at, Day = new ReportCalendar(new TimeOnly(8, 0)).DayAt(at), Calendar = new ReportCalendar(new TimeOnly(8, 0)),
    };

    public static ReportFacts Everything(DateTimeOffset at) => Nothing(at) with
    {
        Symbols =
        [
            new SymbolFacts(Nasdaq, SymbolCategory.Index, Last, 21_622.98, 21_710.67, [], Consensus.None),
            new SymbolFacts(
                Apple, SymbolCategory.Stock, Last, 231.59, 224.02,
                [
                    new Signal("GOLDEN_CROSS_50_200", Last, Direction.Buy, 85, 231.59, "r", default),
                    new Signal("RSI_OVERBOUGHT", Last, Direction.Sell, 70, 231.59, "r", default),
                ],
                new Consensus(ConsensusLevel.StrongBuy, 0.7, 9, 1)),
            new SymbolFacts(Odd, SymbolCategory.Stock, Last, 10, 10, [], Consensus.None),
        ],
        Backtests = new BacktestFacts(
            at,
            [
                Row(null, null, 116_660, 0.512, 0.0004, survives: false),
                Row("^IXIC", null, 3_402, 0.523, 0.0005, survives: false),
                Row("^IXIC", "GOLDEN_CROSS_20_60", 45, 0.561, 0.0012, survives: false),
                Row("^IXIC", "PSAR_FLIP", 9, 0.9, 0.02, survives: false),
                Row(null, "GOLDEN_CROSS_50_200", 120, 0.62, 0.0031, survives: true),
            ],
            5_000),
        Patterns = new PatternReport(
            13, 68_292, 0, Last,
            [new PatternCount(PatternKind.Pair, 6_866, 18_642, 1), new PatternCount(PatternKind.Triple, 435_935, 668_994, 1), new PatternCount(PatternKind.Candlestick, 12, 36, 0)],
            [
                Pattern(PatternKind.Pair, 0.04, Last, "RSI_OVERBOUGHT:SELL", "GOLDEN_CROSS_50_200:BUY"),
                Pattern(PatternKind.Triple, 0.05, Last, "PSAR_FLIP:BUY", "RSI_OVERBOUGHT:SELL", "GOLDEN_CROSS_50_200:BUY"),
                Pattern(PatternKind.Candlestick, 0.66, Last - 864_000, "hammer:SELL"),
            ]),
        Clusters = new ClusterFacts(
            new ClusterModel(16_070, 1_963, new FeatureScale([0, 0, 0], [1, 1, 1]), [Cluster(1, 1), Cluster(2, -1)], new Dictionary<int, double> { [3] = 0.2 }),
            [
                Return(1, 0.021, 0.012, 0.002), Return(2, 0.004, 0.0001, 0.002),
            ],
            [
                new ClusterToday("^IXIC", Last, new ClusterPlace(2, 3.1, false), 2), new ClusterToday("AAPL", Last, new ClusterPlace(1, 4.2, false), 2),
                new ClusterToday("A&B", Last, new ClusterPlace(1, 9.9, true), 1),
            ]),
        Told =
        [
            new ToldFacts(Apple, "GOLDEN_CROSS_50_200", Direction.Buy, 224.02, "signal|AAPL|1", new ToldOutcome(Horizon.OneDay, 231.59, 0.033792, "outcomes|1|1d")),
            new ToldFacts(Nasdaq, "RSI_OVERBOUGHT", Direction.Sell, 21_000, "signal|^IXIC|1", new ToldOutcome(Horizon.FourHours, 21_622.98, -0.029666, "outcomes|2|4h")),
            new ToldFacts(Odd, "PSAR_FLIP", Direction.Buy, 10, "signal|A&B|1", null),
        ],
        Risk = RiskFacts.OfVix(15.09, Last),
    };

    private static StrategyFigures Row(string? symbol, string? strategy, int n, double rate, double average, bool survives) => new(
        symbol, strategy, Horizon.OneDay, n, rate, average, average - 0.001, average + 0.001, 0.0003, 0.8, Grades.Of(rate), survives);

    private static PatternStat Pattern(PatternKind kind, double q, long last, params string[] steps) => new(
        kind, [.. steps.Select(PatternStep.Parse)], Horizon.OneWeek, new BlockMean(417, 342, 170, 0.0123, 0.002), new BlockMean(417, 342, 170, 0.0094, 0.002),
        250, 0.01, 0.1, -0.1, 13, last, q / 10, q);

    private static Cluster Cluster(int number, int slope) => new(
        number, 1_000, [.. Enumerable.Range(0, WindowFeatures.Stride).Select(i => i < 20 ? slope * (i - 9.5) / 6 : 0.0)], 4, 6);

    private static ClusterReturn Return(int number, double mean, double excess, double error) => new(
        number, Horizon.OneWeek, new BlockMean(836, 457, 125, mean, error), new BlockMean(836, 457, 125, excess, error), mean, 0.6);
}
