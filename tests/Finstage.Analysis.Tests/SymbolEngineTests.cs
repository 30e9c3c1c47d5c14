using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;

namespace Finstage.Analysis.Tests;

public sealed class SymbolEngineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(255)]
    [InlineData(5_000)]
    public void Commit_SameCandlesInOtherPieces_SameSignals(int piece)
    {
        var candles = Walk(5_000, seed: 11);
        var whole = Run(candles, candles.Length);

        var pieces = Run(candles, piece);

        Assert.NotEmpty(whole);
        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Commit_Prefix_SignalsAreThePrefix()
    {
        var candles = Walk(2_000, seed: 5);
        var whole = Run(candles, 256);
        var random = new Random(6);
        for (var i = 0; i < 50; i++)
        {
            var length = random.Next(1, candles.Length);
            var expected = whole.Where(s => s.Time <= candles[length - 1].Time);

            Assert.Equal(expected, Run(candles[..length], 1 + random.Next(300)));
        }
    }

    [Fact]
    public void Commit_NotAscending_ThrowsAndChangesNothing()
    {
        var engine = NewEngine();
        var candles = Walk(3, seed: 1);
        engine.Commit(candles.AsSpan(), []);

        Assert.Throws<ArgumentException>(() => engine.Commit(candles[2], []));

        Assert.Equal(3, engine.Samples);
        Assert.Equal(candles[2].Time, engine.LastTime);
    }

    [Fact]
    public void Reset_AfterCandles_SameSignalsAgain()
    {
        var candles = Walk(1_500, seed: 3);
        var engine = NewEngine();
        var first = new List<Signal>();
        engine.Commit(candles.AsSpan(), first);

        engine.Reset();
        var second = new List<Signal>();
        engine.Commit(candles.AsSpan(), second);

        Assert.Equal(first, second);
    }

    [Fact]
    public void Commit_CutAndResetAtRandom_SameSignalsAsUndisturbed()
    {
        var random = new Random(12);
        foreach (var kind in Enum.GetValues<SeriesKind>())
        {
            var candles = RandomSeries.Of(kind, 2_000, 50 + (int)kind);
            var whole = Run(candles, candles.Length);
            var engine = NewEngine();
            for (var round = 0; round < 10; round++)
            {
                // Some of it, as before a restart; then a replay from the origin, in pieces.
                engine.Reset();
                engine.Commit(candles.AsSpan(0, random.Next(candles.Length)), []);
                engine.Reset();
                var signals = new List<Signal>();
                for (var done = 0; done < candles.Length;)
                {
                    var piece = Math.Min(random.Next(3) == 0 ? 1 : random.Next(1, 400), candles.Length - done);
                    engine.Commit(candles.AsSpan(done, piece), signals);
                    done += piece;
                }

                Assert.Equal(whole, signals);
            }
        }
    }

    [Fact]
    public void Commit_WarmSymbol_OnlySignalsCost()
    {
        var engine = NewEngine();
        var candles = RandomSeries.Of(SeriesKind.Walk, 3_000, 8);
        var signals = new List<Signal>(20_000);
        foreach (var candle in candles)
        {
            engine.Commit(candle, signals);
        }

        engine.Reset();
        signals.Clear();
        engine.Commit(candles.AsSpan(0, 500), signals);
        var (quiet, loud) = (0, 0);
        foreach (var candle in candles.AsSpan(500))
        {
            var (fired, before) = (signals.Count, GC.GetAllocatedBytesForCurrentThread());
            engine.Commit(candle, signals);
            if (signals.Count == fired)
            {
                quiet++;
                loud += GC.GetAllocatedBytesForCurrentThread() == before ? 0 : 1;
            }
        }

        // A collection that another thread sets off may show on a candle or two; what the engine allocates would show on each.
        Assert.True(quiet > 300);
        Assert.InRange(loud, 0, 2);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Commit_NotFinite_ThrowsAndChangesNothing(double spoiled)
    {
        var candles = RandomSeries.Of(SeriesKind.Walk, 600, 4);
        var whole = Run(candles, candles.Length);
        var engine = NewEngine();
        var signals = new List<Signal>();
        engine.Commit(candles.AsSpan(0, 300), signals);
        var bad = candles[300..];
        bad[200] = bad[200] with { Close = spoiled };

        Assert.Throws<NotFiniteCandleException>(() => engine.Commit(bad.AsSpan(), signals));
        Assert.Throws<NotFiniteCandleException>(() => engine.Commit(bad[200], signals));
        engine.Commit(candles.AsSpan(300), signals);

        Assert.Equal(whole, signals);
    }

    [Fact]
    public void WarmUp_EveryStrategy_IsReadyWithThatCandle()
    {
        // By date and by weeks it takes longer; intraday pivots wait for a second session.
        string[] byTime = ["HIGH_52W_BREAKOUT", "MULTI_TIMEFRAME_TREND"];
        var engine = NewEngine();
        var readyAt = new Dictionary<string, int>();
        foreach (var candle in RandomSeries.Of(SeriesKind.Walk, 400, 2))
        {
            engine.Commit(candle, []);
            foreach (var strategy in engine.Strategies.Where(s => s.IsReady))
            {
                readyAt.TryAdd(strategy.Info.Id, (int)engine.Samples);
            }
        }

        foreach (var strategy in engine.Strategies.Where(s => !byTime.Contains(s.Info.Id) && s.Info.Id != "BOLLINGER_SQUEEZE"))
        {
            Assert.Equal((strategy.Info.Id, strategy.WarmUp), (strategy.Info.Id, readyAt[strategy.Info.Id]));
        }
    }

    [Fact]
    public void Commit_NothingFires_AllocatesNothing()
    {
        var engine = NewEngine();
        var signals = new List<Signal>();
        var candles = Enumerable.Range(0, 3_000).Select(i => new Candle(i * 86_400L, 100, 101, 99, 100, 1_000)).ToArray();
        engine.Commit(candles.AsSpan(0, 1_000), signals);
        foreach (var candle in candles.AsSpan(1_000, 500))
        {
            // What is made once, such as tables of constants, is made here.
            engine.Commit(candle, signals);
        }

        var next = 1_500;
        var bytes = Allocation.Of(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                engine.Commit(candles[next++], signals);
            }
        });

        Assert.Equal(0, bytes);
        Assert.Empty(signals);
    }

    private static SymbolEngine NewEngine() => new(SeriesContext.Daily, StrategyCatalog.All);

    private static List<Signal> Run(Candle[] candles, int piece)
    {
        var engine = NewEngine();
        var signals = new List<Signal>();
        for (var i = 0; i < candles.Length; i += piece)
        {
            engine.Commit(candles.AsSpan(i, Math.Min(piece, candles.Length - i)), signals);
        }

        return signals;
    }

    private static Candle[] Walk(int count, int seed)
    {
        var random = new Random(seed);
        var price = 100.0;
        var candles = new Candle[count];
        for (var i = 0; i < count; i++)
        {
            var open = price;
            price *= Math.Exp(0.02 * (random.NextDouble() + random.NextDouble() - 1));
            var high = Math.Max(open, price) * (1 + (0.005 * random.NextDouble()));
            var low = Math.Min(open, price) * (1 - (0.005 * random.NextDouble()));
            candles[i] = new Candle(i * 86_400L, open, high, low, price, 1_000 * Math.Exp(random.NextDouble() * 2));
        }

        return candles;
    }
}
