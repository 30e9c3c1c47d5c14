using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Patterns;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Statistics;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Patterns;

public sealed class PatternMinerTests
{
    private static readonly PatternOptions Everything = new() { Kept = int.MaxValue };

    public static bool HasData => Repository.HasData;

    [Fact]
    public void Find_HandMadeSeries_CountsTheSequences()
    {
        // A on candles 0 and 3, B on 5 and 30, C on 6: within ten candles A > B once, B > C once, A > C once, A > B > C once.
        var candles = Walk(60, 1);
        var events = PatternEvents.OfSignals(
            [new SeriesHistory("X", SeriesContext.Daily, candles)],
            [[At(candles, 0, "A"), At(candles, 3, "A"), At(candles, 5, "B"), At(candles, 6, "C"), At(candles, 30, "B")]]);

        Assert.Equal([(0, 5)], new PatternPrefixes(events, 1, 10).Occurrences(new PatternId(0, -1, 1)));
        Assert.Equal([(0, 6)], new PatternPrefixes(events, 2, 10).Occurrences(new PatternId(1, -1, 2)));
        Assert.Equal([(0, 6)], new PatternPrefixes(events, 2, 10).Occurrences(new PatternId(0, 1, 2)));
        Assert.Empty(new PatternPrefixes(events, 2, 10).Occurrences(new PatternId(1, 0, 2)));
        Assert.Empty(new PatternPrefixes(events, 1, 1).Occurrences(new PatternId(0, -1, 1)));
        Assert.Equal([(0, 30)], new PatternPrefixes(events, 1, 30).Occurrences(new PatternId(1, -1, 1)).Skip(0).Where(o => o.Row == 30));
    }

    [Theory]
    [InlineData(SeriesKind.Walk)]
    [InlineData(SeriesKind.Trends)]
    public void Find_RandomSeries_IsTheNaiveCount(SeriesKind kind) => AssertIsNaive(
        [Judged("A", RandomSeries.Of(kind, 700, 1)), Judged("B", RandomSeries.Of(kind, 620, 2))],
        ["RSI_MOMENTUM_50", "MACD_SIGNAL_CROSS", "MA_20_BREAKOUT", "PSAR_FLIP"]);

    [Fact(SkipUnless = nameof(HasData), Skip = Repository.NoData)]
    public void Find_RealSeries_IsTheNaiveCount() => AssertIsNaive(
        [.. ((string[])["AAPL.1d", "IXIC.1d", "GSPC.1d"]).Select(n => Judged(n, RealSeries.Candles(n)[^2_000..]))],
        ["RSI_OVERSOLD_BOUNCE", "BOLLINGER_LOWER_BOUNCE", "DONCHIAN_BREAKOUT"]);

    [Fact]
    public void Find_AnyNumberOfThreadsAndAnyOrder_IsTheSame()
    {
        var series = Enumerable.Range(0, 4).Select(i => Judged($"S{i}", RandomSeries.Of(SeriesKind.Walk, 700, i))).ToArray();

        var expected = Text(PatternMiner.Find(series, new PatternOptions { Parallelism = 1 }));

        Assert.Equal(expected, Text(PatternMiner.Find(series, new PatternOptions { Parallelism = 3 })));
        Assert.Equal(expected, Text(PatternMiner.Find([.. series.Reverse()], new PatternOptions())));
    }

    [Fact]
    public void Find_PlantedPattern_IsFound()
    {
        // After A and then B the price gains half a deviation a day for five days; A alone and B alone mean nothing.
        var (candles, signals) = Planted(seed: 1, gain: 0.5);

        var report = PatternMiner.Find([(new SeriesHistory("X", SeriesContext.Daily, candles), signals)], new PatternOptions { Triples = false });

        var best = report.Stats[0];
        Assert.Equal(("A:BUY>B:BUY", true), (best.Key, best.Survives));
        Assert.True(best.Excess.Mean > 0);
        Assert.Contains(report.Stats, s => s.Key == "A:BUY>B:BUY" && s.Horizon == Horizon.OneWeek && s.PValue < 1e-6);

        // Others end on the days that the planted one lifts; none of them stands out as it does.
        Assert.All(report.Stats.Where(s => s.Key != "A:BUY>B:BUY"), s => Assert.True(s.PValue > 1e-3));
    }

    [Fact]
    public void Find_PureNoise_FindsNextToNothing()
    {
        // If nothing is there, Benjamini and Hochberg at 10 % find anything in one of ten series at most, for each kind.
        var withFinds = 0;
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(1_000 + seed);
            var candles = Walk(1_500, seed);
            Signal[] signals = [.. candles.SelectMany((c, i) => ((string[])["A", "B", "C", "D", "E"]).Where(_ => random.Next(12) == 0).Select(name => At(candles, i, name)))];
            var report = PatternMiner.Find([(new SeriesHistory("X", SeriesContext.Daily, candles), signals)], Everything);
            Assert.True(report.Counts[1].Tested > 300);
            withFinds += report.Counts.Count(c => c.Surviving > 0);
        }

        // 90 families: 9 are expected at most, 4 deviations above are 20.
        Assert.InRange(withFinds, 0, 20);
    }

    [Fact]
    public void Find_FewerDatesThanTheSupport_TestsNothing()
    {
        var candles = Walk(1_000, 3);
        Signal[] nine = [.. Enumerable.Range(0, 9).SelectMany(i => (Signal[])[At(candles, 100 * i, "A"), At(candles, (100 * i) + 2, "B")])];
        Signal[] ten = [.. nine, At(candles, 900, "A"), At(candles, 902, "B")];

        Assert.Equal(0, PatternMiner.Find([(new SeriesHistory("X", SeriesContext.Daily, candles), nine)], Everything).Counts[0].Tested);
        var report = PatternMiner.Find([(new SeriesHistory("X", SeriesContext.Daily, candles), ten)], Everything);
        Assert.Equal((PatternKind.Pair, 1, 3), (report.Counts[0].Kind, report.Counts[0].Seen, report.Counts[0].Tested));
    }

    [Fact]
    public void Find_TenSymbolsOnTheSameDates_AreTenDatesNotMore()
    {
        // Copies of one series say no more than the one.
        var candles = RandomSeries.Of(SeriesKind.Walk, 900, 5);
        var one = PatternMiner.Find([Judged("A", candles)], Everything with { Triples = false });
        var ten = PatternMiner.Find([.. Enumerable.Range(0, 10).Select(i => Judged($"A{i}", candles))], Everything with { Triples = false });

        Assert.Equal(one.Counts.Select(c => (c.Seen, c.Tested)), ten.Counts.Select(c => (c.Seen, c.Tested)));
        var theirs = one.Stats.ToDictionary(s => (s.Kind, s.Key, s.Horizon));
        Assert.All(ten.Stats, s =>
        {
            var same = theirs[(s.Kind, s.Key, s.Horizon)];
            Assert.Equal((10 * same.Returns.Count, same.Returns.Dates, 10), (s.Returns.Count, s.Returns.Dates, s.Symbols));
            Assert.Equal(same.PValue, s.PValue, 6);
        });
    }

    [Fact]
    public void Find_Candlesticks_AreThoseOfTheRecogniserAfterAMove()
    {
        var candles = RandomSeries.Of(SeriesKind.Walk, 3_000, 9);

        var report = PatternMiner.Find([(new SeriesHistory("X", SeriesContext.Daily, candles), [])], Everything);

        foreach (var stat in report.Stats.Where(s => s.Horizon == Horizon.OneDay))
        {
            var info = Candlesticks.All.Single(p => p.Name == stat.Steps[0].Name);
            var isBuy = stat.Direction == Direction.Buy;
            var rows = Enumerable.Range(2, candles.Length - 3).Where(i =>
            {
                var found = isBuy ? Candlesticks.Bullish(candles[i - 2], candles[i - 1], candles[i]) : Candlesticks.Bearish(candles[i - 2], candles[i - 1], candles[i]);
                var before = i - info.Length;
                var mean = before < 19 ? double.NaN : candles[(before - 19)..(before + 1)].Average(c => c.Close);
                return found.HasFlag(info.Pattern) && (isBuy ? candles[before].Close < mean : candles[before].Close > mean);
            }).ToArray();
            Assert.Equal(rows.Length, stat.Returns.Count);
            Assert.Equal(rows.Average(i => (int)stat.Direction * ((candles[i + 1].Close / candles[i].Close) - 1)), stat.Returns.Mean, 12);
        }

        Assert.InRange(report.Stats.Select(s => s.Key).Distinct().Count(), 10, 12);
    }

    [Fact]
    public void Find_SignalOfAnotherSeries_IsRefused()
    {
        var candles = Walk(50, 1);

        Assert.Throws<ArgumentException>(() => PatternMiner.Find(
            [(new SeriesHistory("X", SeriesContext.Daily, candles), [new Signal("A", candles[3].Time + 1, Direction.Buy, 70, 1, "r", default)])], Everything));
    }

    [Fact]
    public void Step_AsText_ComesBack()
    {
        var step = new PatternStep("MA_20_BREAKOUT", Direction.Sell);

        Assert.Equal(step, PatternStep.Parse(step.ToString()));
        Assert.Throws<FormatException>(() => PatternStep.Parse("MA_20_BREAKOUT"));
    }

    /// <summary>Counts as the definition reads: every last step, every earlier pair of candles, nothing clever.</summary>
    private static void AssertIsNaive((SeriesHistory Series, IReadOnlyList<Signal> Signals)[] series, string[] strategies)
    {
        var chosen = series.Select(s => (s.Series, Signals: (IReadOnlyList<Signal>)[.. s.Signals.Where(x => strategies.Contains(x.Strategy))])).ToArray();
        var mine = PatternMiner.Find(chosen, Everything with { MinSupport = 2 }).Stats.Where(s => s.Kind != PatternKind.Candlestick).ToArray();
        var naive = new Dictionary<(string Key, Horizon Horizon), List<(int Date, double Return, double Excess)>>();
        foreach (var ((_, context, candles), signals) in chosen)
        {
            var rows = candles.Select((c, i) => (c.Time, i)).ToDictionary(p => p.Time, p => p.i);
            var on = signals.GroupBy(s => rows[s.Time]).ToDictionary(g => g.Key, g => g.Select(s => new PatternStep(s.Strategy, s.Direction)).Distinct().ToArray());
            PatternStep[] At(int row) => on.GetValueOrDefault(row, []);
            foreach (var t in on.Keys)
            {
                var keys = new HashSet<string>();
                foreach (var last in At(t))
                {
                    for (var b = t - 1; b >= Math.Max(0, t - 10); b--)
                    {
                        foreach (var middle in At(b))
                        {
                            keys.Add($"{middle}>{last}");
                            for (var a = b - 1; a >= Math.Max(0, t - 10); a--)
                            {
                                keys.UnionWith(At(a).Select(first => $"{first}>{middle}>{last}"));
                            }
                        }
                    }
                }

                foreach (var (horizon, ahead) in (IEnumerable<(Horizon, int)>)[(Horizon.OneDay, 1), (Horizon.OneWeek, 5), (Horizon.OneMonth, 21)])
                {
                    if (t + ahead >= candles.Length)
                    {
                        continue;
                    }

                    var value = (candles[t + ahead].Close / candles[t].Close) - 1;
                    var drift = Enumerable.Range(0, candles.Length - ahead).Average(i => (candles[i + ahead].Close / candles[i].Close) - 1);
                    foreach (var key in keys)
                    {
                        var sign = key.EndsWith("BUY", StringComparison.Ordinal) ? 1 : -1;
                        (naive.TryGetValue((key, horizon), out var list) ? list : naive[(key, horizon)] = [])
                            .Add((context.DateOf(candles[t].Time), sign * value, sign * (value - drift)));
                    }
                }
            }
        }

        foreach (var stat in mine)
        {
            var theirs = naive[(stat.Key, stat.Horizon)];
            var blocks = new DateBlocks(theirs.Min(o => o.Date), theirs.Max(o => o.Date), DateBlocks.LengthFor(stat.Horizon == Horizon.OneMonth ? 21 : 5));
            theirs.ForEach(o => blocks.Add(o.Date, o.Excess));
            Assert.Equal((theirs.Count, theirs.Select(o => o.Date).Distinct().Count()), (stat.Returns.Count, stat.Returns.Dates));
            Assert.Equal(theirs.Average(o => o.Return), stat.Returns.Mean, 10);
            Assert.Equal(theirs.Average(o => o.Excess), stat.Excess.Mean, 10);
            Assert.Equal(theirs.Count(o => o.Return > 0), stat.Successes);
            Assert.Equal((theirs.Max(o => o.Return), theirs.Min(o => o.Return)), (stat.Best, stat.Worst));
            Assert.Equal(blocks.Mean().PValue, stat.PValue, 9);
        }

        // Nothing that could be tested is missing.
        var testable = naive.Count(pair =>
        {
            var days = DateBlocks.LengthFor(pair.Key.Horizon == Horizon.OneMonth ? 21 : 5);
            return pair.Value.Select(o => DateBlocks.IndexOf(o.Date, days)).Distinct().Count() >= BlockMean.FewestBlocks;
        });
        Assert.Equal(testable, mine.Length);
        Assert.True(mine.Length > 50);
    }

    private static (SeriesHistory Series, IReadOnlyList<Signal> Signals) Judged(string symbol, Candle[] candles)
    {
        var signals = new List<Signal>();
        new SymbolEngine(SeriesContext.Daily, StrategyCatalog.All).Commit(candles, signals);
        return (new SeriesHistory(symbol, SeriesContext.Daily, candles), signals);
    }

    private static (Candle[] Candles, Signal[] Signals) Planted(int seed, double gain)
    {
        const double Deviation = 0.01;
        var random = new Random(seed);
        var names = Enumerable.Range(0, 4_000).Select(_ => random.Next(20) switch { 0 => "A", 1 => "B", 2 => "C", 3 => "D", _ => null }).ToArray();
        var lift = new double[names.Length + 5];
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] == "B" && Array.IndexOf(names, "A", Math.Max(0, i - 10), Math.Min(i, 10)) >= 0)
            {
                lift.AsSpan(i + 1, 5).Fill(gain * Deviation);
            }
        }

        var close = 100.0;
        Candle[] candles = [.. names.Select((_, i) => Flat(i, close *= Math.Exp((Deviation * Normal(random)) + lift[i])))];
        return (candles, [.. names.Select((name, i) => (name, i)).Where(p => p.name is not null).Select(p => At(candles, p.i, p.name!))]);
    }

    private static Candle[] Walk(int count, int seed)
    {
        var random = new Random(seed);
        var close = 100.0;
        return [.. Enumerable.Range(0, count).Select(i => Flat(i, close *= Math.Exp(0.01 * Normal(random))))];
    }

    private static Candle Flat(int day, double close) => new(86_400L * day, close, close, close, close, 1_000);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Signal At(Candle[] candles, int row, string name) => new(name, candles[row].Time, Direction.Buy, 70, candles[row].Close, "r", default);

    private static string Text(PatternReport report) => string.Join('\n', report.Counts) + '\n'
        + string.Join('\n', report.Stats.Select(s => $"{s.Key} {s.Horizon} {s.Returns.Count} {s.Excess.Mean:R} {s.PValue:R} {s.QValue:R} {s.LastTime}"));
}
