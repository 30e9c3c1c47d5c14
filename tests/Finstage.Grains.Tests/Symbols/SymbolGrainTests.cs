using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Grains.Symbols;
using Finstage.Grains.Tests.Hosts;
using static Finstage.Grains.Tests.Hosts.TestSeries;

namespace Finstage.Grains.Tests.Symbols;

/// <summary>What becomes of candles: stored, judged, corrected.</summary>
public sealed class SymbolGrainTests
{
    private static readonly Chat Chat = new("-100", "ko", Enabled: true);

    [Fact]
    public async Task Apply_NewCandles_StoresThemWithTheSignalsOfAPlainRun()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 600);

        var result = await world.Aapl().ApplyAsync(Batch(candles));

        Assert.Equal(new ApplyResult(600, 0, 0, Signals(candles).Length, 0, 0, 1), result);
        Assert.True(result.Signals > 100);
        await world.AssertIsPlainRunOfAsync(candles);
    }

    [Fact]
    public async Task Apply_HistoryThatIsCutShort_KeepsWholePartsAndTakesTheRestNextTime()
    {
        await using var world = await World.StartAsync([Chat]);
        var candles = Walk(2, 900);
        world.Market.FailCommit = 3;

        await Assert.ThrowsAnyAsync<Exception>(() => world.Aapl().ApplyAsync(Batch(candles)));
        var kept = Assert.Single(await world.Store.ReadSeriesAsync(null, World.Stop)).Candles;
        var result = await world.Aapl().ApplyAsync(Batch(candles));

        Assert.Equal(500, kept);
        Assert.Equal((400, 500), (result.Added, result.Duplicates));
        Assert.Empty(await world.OutboxAsync());
        await world.AssertIsPlainRunOfAsync(candles);
    }

    [Fact]
    public async Task Apply_SameBatchTwice_ChangesNothing()
    {
        await using var world = await World.StartAsync([Chat]);
        var candles = Walk(1, 300);
        await world.Aapl().ApplyAsync(Batch(candles, BatchOrigin.Live));
        var (rows, outbox, series) = (await world.RowsAsync(), await world.OutboxAsync(), await world.Store.ReadSeriesAsync(null, World.Stop));

        var result = await world.Aapl().ApplyAsync(Batch(candles, BatchOrigin.Live));

        Assert.Equal(new ApplyResult(0, 0, 300, 0, 0, 0, 1), result);
        Assert.Equal(rows, await world.RowsAsync());
        Assert.Equal(outbox.Length, (await world.OutboxAsync()).Length);
        Assert.Equal(series, await world.Store.ReadSeriesAsync(null, World.Stop));
        Assert.Equal(1, world.Market.Commits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Apply_CutAndPutAwayAtRandomPoints_EqualsAnUndisturbedRun(int seed)
    {
        await using var world = await World.StartAsync();
        var random = new Random(seed);
        var candles = Walk(seed, 500);

        for (var at = 0; at < candles.Length;)
        {
            // Some of what was told already is told again.
            var from = Math.Max(0, at - random.Next(5));
            at = Math.Min(candles.Length, at + random.Next(1, 60));
            await world.Aapl().ApplyAsync(Batch(candles[from..at]));
            if (random.Next(4) == 0)
            {
                await world.Cluster.PutAllAwayAsync();
            }
        }

        await world.AssertIsPlainRunOfAsync(candles);
    }

    [Fact]
    public async Task Apply_SameBatchFromManyCallers_StoresEachCandleAndSignalOnce()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 300);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.Aapl().ApplyAsync(Batch(candles)))).OrHangAsync();

        Assert.Equal(300, results.Sum(r => r.Added));
        Assert.Equal(7 * 300, results.Sum(r => r.Duplicates));
        await world.AssertIsPlainRunOfAsync(candles);
    }

    [Fact]
    public async Task Apply_IntervalsOfOneSymbol_AreSeriesOfTheirOwn()
    {
        await using var world = await World.StartAsync();
        var (hours, days) = (Walk(1, 300), Walk(2, 300, CandleInterval.OneDay));

        await world.Aapl().ApplyAsync(Batch(days, interval: CandleInterval.OneDay));
        await world.Aapl().ApplyAsync(Batch(hours));

        await world.AssertIsPlainRunOfAsync(hours);
        await world.AssertIsPlainRunOfAsync(days, CandleInterval.OneDay);
        var views = await world.Aapl().DescribeAsync();
        Assert.Equal(
            [
                new SeriesView(CandleInterval.OneHour, "csv", 1, 300, hours[0].Time, hours[^1].Time, hours[^1].Close),
                new SeriesView(CandleInterval.OneDay, "csv", 1, 300, days[0].Time, days[^1].Time, days[^1].Close),
            ],
            views);
    }

    [Fact]
    public async Task Apply_Correction_ReplaysTheSeriesAndSupersedesWhatNoLongerFollows()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 500);
        await world.Aapl().ApplyAsync(Batch(candles));
        var before = await world.SignalsAsync();
        var corrected = Corrected(candles, 250);

        var result = await world.Aapl().ApplyAsync(Batch([corrected[250]]));

        Assert.Equal((0, 1, 0, 2), (result.Added, result.Corrected, result.Duplicates, result.Version));
        await world.AssertIsPlainRunOfAsync(corrected);
        var rows = await world.RowsAsync();
        Assert.True(result.Superseded > 0);
        Assert.Equal(result.Superseded, rows.Count(r => r.SupersededAt is not null));
        Assert.Equal(before.Length + result.Signals, rows.Count);
    }

    [Fact]
    public async Task Apply_CorrectionWithNewCandles_EqualsAPlainRun()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 500);
        await world.Aapl().ApplyAsync(Batch(candles[..400]));
        var corrected = Corrected(candles, 395);

        var result = await world.Aapl().ApplyAsync(Batch(corrected[390..450]));

        Assert.Equal((50, 1, 9, 2), (result.Added, result.Corrected, result.Duplicates, result.Version));
        await world.AssertIsPlainRunOfAsync(corrected[..450]);
        await world.Aapl().ApplyAsync(Batch(corrected[450..]));
        await world.AssertIsPlainRunOfAsync(corrected);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(0)]
    public async Task Apply_LateCandle_FillsTheGapAndReplays(int missing)
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 500);
        await world.Aapl().ApplyAsync(Batch([.. candles[..missing], .. candles[(missing + 1)..]]));

        var result = await world.Aapl().ApplyAsync(Batch([candles[missing]]));

        Assert.Equal((0, 1, 2), (result.Added, result.Corrected, result.Version));
        await world.AssertIsPlainRunOfAsync(candles);
        Assert.Equal(candles[0].Time, Assert.Single(await world.Aapl().DescribeAsync()).FirstTime);
    }

    [Fact]
    public async Task Apply_RevertedCorrection_LetsTheSignalsFollowAgain()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 500);
        await world.Aapl().ApplyAsync(Batch(candles));
        var ids = (await world.RowsAsync()).Select(r => r.Id).ToHashSet();
        await world.Aapl().ApplyAsync(Batch([Corrected(candles, 250)[250]]));

        var result = await world.Aapl().ApplyAsync(Batch([candles[250]]));

        Assert.Equal((1, 0, 3), (result.Corrected, result.Signals, result.Version));
        await world.AssertIsPlainRunOfAsync(candles);
        Assert.Equal(ids, (await world.RowsAsync()).Where(r => r.SupersededAt is null).Select(r => r.Id).ToHashSet());
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Apply_RandomCorrectionsGapsAndPassivation_EqualsAPlainRunOfTheLastWord(int seed)
    {
        await using var world = await World.StartAsync();
        var random = new Random(seed);
        var candles = Walk(seed, 400);
        var known = new SortedDictionary<long, Candle>();

        for (var step = 0; step < 40; step++)
        {
            var from = random.Next(candles.Length);
            var part = candles[from..Math.Min(candles.Length, from + random.Next(1, 40))];
            if (random.Next(3) == 0)
            {
                part = Corrected(part, random.Next(part.Length));
            }

            await world.Aapl().ApplyAsync(Batch(part));
            foreach (var candle in part)
            {
                known[candle.Time] = candle;
            }

            if (random.Next(6) == 0)
            {
                await world.Cluster.PutAllAwayAsync();
            }
        }

        await world.AssertIsPlainRunOfAsync([.. known.Values]);
    }

    [Fact]
    public async Task Apply_AnotherSource_ThrowsAtTheCallerAndChangesNothing()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 300);
        await world.Aapl().ApplyAsync(Batch(candles));

        var error = await Assert.ThrowsAsync<SeriesSourceException>(
            () => world.Aapl().ApplyAsync(Batch(Walk(2, 400), source: "yahoo")));

        Assert.Equal(
            "AAPL 1h holds candles from 'csv'; candles from 'yahoo' would mix two sources. " +
            "Replace the series (--replace) or use another symbol name (--symbol).", error.Message);
        await world.AssertIsPlainRunOfAsync(candles);
    }

    [Fact]
    public async Task Apply_AnotherSourceWithReplace_TakesThePlaceOfTheWholeSeries()
    {
        await using var world = await World.StartAsync();
        await world.Aapl().ApplyAsync(Batch(Walk(1, 500)));
        var candles = Walk(2, 300);

        var result = await world.Aapl().ApplyAsync(Batch(candles, source: "yahoo", replace: true));

        Assert.Equal((300, 0, 0), (result.Added, result.Corrected, result.Duplicates));
        await world.AssertIsPlainRunOfAsync(candles);
        Assert.Equal("yahoo", Assert.Single(await world.Aapl().DescribeAsync()).Source);
        await world.Cluster.PutAllAwayAsync();
        Assert.Equal(Walk(2, 300)[^5..], (await world.Aapl().RecentAsync(CandleInterval.OneHour, 5)).ToCandles());
    }

    [Fact]
    public async Task Apply_BackfillOverTheSample_ReplacesItWhole()
    {
        await using var world = await World.StartAsync();
        await world.Aapl().ApplyAsync(Batch(Walk(1, 500), source: SeriesSources.Sample));
        var candles = Walk(2, 400);

        await world.Aapl().ApplyAsync(Batch(candles[..200], source: "yahoo"));
        await world.Aapl().ApplyAsync(Batch(candles[200..], source: "yahoo"));

        await world.AssertIsPlainRunOfAsync(candles);
    }

    [Theory]
    [InlineData(BatchOrigin.Live)]
    [InlineData(BatchOrigin.Replay)]
    public async Task Apply_NoBackfillOverTheSample_IsRefused(BatchOrigin origin)
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 300);
        await world.Aapl().ApplyAsync(Batch(candles, source: SeriesSources.Sample));

        await Assert.ThrowsAsync<SeriesSourceException>(() => world.Aapl().ApplyAsync(Batch(Walk(2, 300), origin, source: "yahoo")));

        await world.AssertIsPlainRunOfAsync(candles);
    }

    [Fact]
    public async Task Apply_ReplacingCommitFails_KeepsTheOldSeries()
    {
        await using var world = await World.StartAsync();
        var (old, fresh) = (Walk(1, 300), Walk(2, 400));
        await world.Aapl().ApplyAsync(Batch(old, source: SeriesSources.Sample));
        world.Market.FailNextCommit = true;

        await Assert.ThrowsAnyAsync<Exception>(() => world.Aapl().ApplyAsync(Batch(fresh, source: "yahoo")));

        await world.AssertIsPlainRunOfAsync(old);
        await world.Aapl().ApplyAsync(Batch(fresh, source: "yahoo"));
        await world.AssertIsPlainRunOfAsync(fresh);
    }

    [Fact]
    public async Task Apply_BatchOutOfOrder_IsRefused()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 10);

        await Assert.ThrowsAsync<ArgumentException>(() => world.Aapl().ApplyAsync(Batch([candles[1], candles[0]])));
        await Assert.ThrowsAsync<ArgumentException>(() => world.Aapl().ApplyAsync(Batch([candles[0], candles[0]])));

        Assert.Empty(await world.Store.ReadSeriesAsync(null, World.Stop));
    }

    [Fact]
    public async Task Apply_BatchOfAnotherSymbol_IsRefused()
    {
        await using var world = await World.StartAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => world.Aapl().ApplyAsync(Batch(Walk(1, 10), symbol: "MSFT")));

        Assert.Contains("MSFT", error.Message, StringComparison.Ordinal);
        Assert.Empty(await world.Store.ReadSeriesAsync(null, World.Stop));
    }

    [Fact]
    public async Task Apply_BatchTooLarge_IsRefused()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, CandleBatch.MaxWhole + 1, CandleInterval.OneMinute);

        await Assert.ThrowsAsync<ArgumentException>(() => world.Aapl().ApplyAsync(Batch(candles, interval: CandleInterval.OneMinute)));
        await Assert.ThrowsAsync<ArgumentException>(() => world.Aapl().ApplyAsync(
            Batch(candles[..(CandleBatch.MaxCandles + 1)], BatchOrigin.Live, interval: CandleInterval.OneMinute)));

        Assert.Empty(await world.Store.ReadSeriesAsync(null, World.Stop));
    }

    [Fact]
    public async Task Apply_EmptyBatch_ChangesNothing()
    {
        await using var world = await World.StartAsync();

        Assert.Equal(new ApplyResult(0, 0, 0, 0, 0, 0, 1), await world.Aapl().ApplyAsync(Batch([])));

        Assert.Equal(0, world.Market.Commits);
        Assert.Empty(await world.Aapl().DescribeAsync());
    }

    [Fact]
    public async Task Apply_CommitFails_LeavesNothingAndTheNextCallHeals()
    {
        await using var world = await World.StartAsync([Chat]);
        var candles = Walk(1, 500);
        await world.Aapl().ApplyAsync(Batch(candles[..400]));
        world.Market.FailNextCommit = true;

        await Assert.ThrowsAnyAsync<Exception>(() => world.Aapl().ApplyAsync(Batch(candles[400..], BatchOrigin.Live)));

        await world.AssertIsPlainRunOfAsync(candles[..400]);
        Assert.Empty(await world.OutboxAsync());
        Assert.Equal(candles[399].Close, Assert.Single(await world.Aapl().DescribeAsync()).LastClose);
        await world.Aapl().ApplyAsync(Batch(candles[400..], BatchOrigin.Live));
        await world.AssertIsPlainRunOfAsync(candles);
    }

    [Fact]
    public async Task Apply_CommitOfACorrectionFails_ShowsWhatIsStored()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 300);
        await world.Aapl().ApplyAsync(Batch(candles));
        world.Market.FailNextCommit = true;

        await Assert.ThrowsAnyAsync<Exception>(() => world.Aapl().ApplyAsync(Batch([Corrected(candles, 299)[299]])));

        Assert.Equal(candles[^3..], (await world.Aapl().RecentAsync(CandleInterval.OneHour, 3)).ToCandles());
        Assert.Equal(candles[^1].Close, Assert.Single(await world.Aapl().DescribeAsync()).LastClose);
    }

    [Fact]
    public async Task Apply_StoreIsAwayForTwoCalls_TheNextHeals()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 500);
        await world.Aapl().ApplyAsync(Batch(candles[..400]));
        world.Market.FailNextCommit = true;
        await Assert.ThrowsAnyAsync<Exception>(() => world.Aapl().ApplyAsync(Batch(candles[400..450])));
        world.Market.FailNextRead = true;
        await Assert.ThrowsAnyAsync<Exception>(() => world.Aapl().ApplyAsync(Batch(candles[400..450])));

        await world.Aapl().ApplyAsync(Batch(candles[400..]));

        await world.AssertIsPlainRunOfAsync(candles);
    }

    [Fact]
    public async Task Apply_AnswerOfACommitIsLost_TheNextCallFindsIt()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 500);
        await world.Aapl().ApplyAsync(Batch(candles[..400]));
        world.Market.LoseNextAnswer = true;
        await Assert.ThrowsAnyAsync<Exception>(() => world.Aapl().ApplyAsync(Batch(candles[400..450])));

        var result = await world.Aapl().ApplyAsync(Batch(candles[400..]));

        Assert.Equal((50, 50), (result.Added, result.Duplicates));
        await world.AssertIsPlainRunOfAsync(candles);
    }

    [Fact]
    public async Task Apply_AnotherWriterWasFaster_ReadsAgainAndGoesOn()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 500);
        await world.Aapl().ApplyAsync(Batch(candles[..300]));
        var other = Keeper(world);
        await other.ApplyAsync(Batch(Corrected(candles, 100)[..400]), World.Stop);

        var result = await world.Aapl().ApplyAsync(Batch(candles[300..]));

        // What the other had added differs in nothing from the batch; its correction stays.
        Assert.Equal((100, 100), (result.Added, result.Duplicates));
        await world.AssertIsPlainRunOfAsync(Corrected(candles, 100));
    }

    [Fact]
    public async Task Recent_MoreThanThereAre_GivesAllOldestFirst()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, 20);
        await world.Aapl().ApplyAsync(Batch(candles));

        var recent = await world.Aapl().RecentAsync(CandleInterval.OneHour, 1_000);

        Assert.Equal(candles, recent.ToCandles());
        Assert.Equal(("csv", World.Start.ToUnixTimeSeconds()), (recent.Source, recent.AsOf));
        Assert.Empty((await world.Aapl().RecentAsync(CandleInterval.OneDay, 10)).Time);
        Assert.Empty((await world.Aapl().RecentAsync(CandleInterval.OneHour, -1)).Time);
    }

    [Fact]
    public async Task Recent_MoreCandlesThanTheWindowHolds_GivesTheNewest()
    {
        await using var world = await World.StartAsync();
        var candles = Walk(1, SeriesKeeper.WindowCapacity + 100);
        await world.Aapl().ApplyAsync(Batch(candles[..^50]));
        await world.Cluster.PutAllAwayAsync();
        await world.Aapl().ApplyAsync(Batch(candles[^50..]));

        var recent = await world.Aapl().RecentAsync(CandleInterval.OneHour, int.MaxValue);

        Assert.Equal(candles[100..], recent.ToCandles());
    }

    private static SeriesKeeper Keeper(World world) => new(
        world.Store, world.Time, SeriesKeeperTests.Unknown, new SeriesContext(CandleInterval.OneHour, Analysis.Calendars.TradingCalendar.Utc));

    // The same candles, one of them with a price far from what it was.
    private static Candle[] Corrected(Candle[] candles, int index)
    {
        var copy = candles.ToArray();
        var candle = copy[index];
        copy[index] = candle with { Close = candle.Close * 1.3, High = candle.High * 1.3 };
        return copy;
    }
}
