using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Grains.Symbols;
using Finstage.Grains.Tests.Hosts;

namespace Finstage.Grains.Tests.Prices;

public sealed class HistoryJobTests
{
    // World.Start is Monday, 2 March 2026, 10:00 in New York.
    private static readonly DateOnly Friday = new(2026, 2, 27);

    [Fact]
    public async Task Run_NewSymbols_FetchesTheYearsAndTellsNobody()
    {
        await using var test = await PriceWorld.StartAsync("AAPL", "MSFT");

        var summary = await test.RunAsync();

        Assert.StartsWith("2/2 series up to date, 2 of them asked for, 500 candles added", summary, StringComparison.Ordinal);
        await test.AssertIsWholeAsync("AAPL");
        await test.AssertIsWholeAsync("MSFT");
        var row = await test.RowAsync("AAPL");
        Assert.Equal(("yahoo", 1, Stamp(Friday)), (row!.Source, row.Version, row.LastTime));
        Assert.Empty(await test.World.OutboxAsync());
    }

    [Fact]
    public async Task Run_NothingMissing_AsksNothing()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        test.Feed.Requests.Clear();

        var summary = await test.RunAsync();

        Assert.StartsWith("1/1 series up to date, 0 of them asked for", summary, StringComparison.Ordinal);
        Assert.Empty(test.Feed.Requests);
    }

    [Fact]
    public async Task Run_AfterDaysAway_ClosesTheGapFromTheLastCandle()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        test.Feed.Requests.Clear();
        test.Later(TimeSpan.FromDays(9));

        await test.RunAsync();

        Assert.Equal(Stamp(Friday), Assert.Single(test.Feed.Requests).From);
        await test.AssertIsWholeAsync("AAPL");
        Assert.Equal(Stamp(new DateOnly(2026, 3, 10)), (await test.RowAsync("AAPL"))!.LastTime);
    }

    [Fact]
    public async Task Run_BeforeTheSessionIsFinal_LeavesItOpen()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        test.Feed.Requests.Clear();

        // 16:19 in New York: a minute too early.
        test.Later(new TimeSpan(6, 19, 0));
        await test.RunAsync();
        Assert.Empty(test.Feed.Requests);

        test.Later(TimeSpan.FromMinutes(1));
        await test.RunAsync();
        Assert.Equal(Stamp(new DateOnly(2026, 3, 2)), (await test.RowAsync("AAPL"))!.LastTime);
    }

    [Fact]
    public async Task Run_HoleInside_IsAskedForAgainAndFilled()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        var hole = new DateOnly(2025, 11, 5);
        test.Feed.Holes.Add(("AAPL", hole));
        var summary = await test.RunAsync();
        Assert.Contains("1 sessions missing", summary, StringComparison.Ordinal);
        test.Feed.Holes.Clear();
        test.Feed.Requests.Clear();

        await test.RunAsync();

        Assert.Equal(Stamp(hole), Assert.Single(test.Feed.Requests).From);
        await test.AssertIsWholeAsync("AAPL");
    }

    [Fact]
    public async Task Run_HoleThatComesBackEmptyTwice_IsAbsentFromThenOn()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        var hole = new DateOnly(2025, 11, 5);
        test.Feed.Holes.Add(("AAPL", hole));
        await test.RunAsync();
        await test.RunAsync();
        test.Feed.Requests.Clear();

        await test.RunAsync();

        Assert.Empty(test.Feed.Requests);
        Assert.Equal(2, (await test.World.Store.History.ReadHolesAsync("AAPL", CandleInterval.OneDay, World.Stop))[hole]);
    }

    [Fact]
    public async Task Run_CandleThatComesLate_IsAskedForUntilItIsThere()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        var today = new DateOnly(2026, 3, 2);
        test.Feed.Holes.Add(("AAPL", today));
        test.Later(new TimeSpan(6, 20, 0));
        for (var i = 0; i < 4; i++)
        {
            await test.RunAsync();
            test.Later(TimeSpan.FromMinutes(30));
        }

        Assert.Empty(await test.World.Store.History.ReadHolesAsync("AAPL", CandleInterval.OneDay, World.Stop));
        test.Feed.Holes.Clear();
        await test.RunAsync();

        Assert.Equal(Stamp(today), (await test.RowAsync("AAPL"))!.LastTime);
    }

    [Fact]
    public async Task Run_SymbolThatWasListedLately_HasNoHolesBefore()
    {
        await using var test = await PriceWorld.StartAsync("NEWCO");
        test.Feed.Listed["NEWCO"] = new DateOnly(2026, 1, 15);

        var summary = await test.RunAsync();

        Assert.DoesNotContain("missing", summary, StringComparison.Ordinal);
        test.Feed.Requests.Clear();
        await test.RunAsync();
        Assert.Empty(test.Feed.Requests);
    }

    [Fact]
    public async Task Run_NewSplit_FetchesTheWholeHistoryAgain()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        var first = (await test.RowAsync("AAPL"))!.FirstTime;
        test.Feed.Splits["AAPL"] = new PriceSplit(Stamp(new DateOnly(2026, 3, 3)), 4, 1);
        test.Later(TimeSpan.FromDays(2));

        await test.RunAsync();

        var row = await test.RowAsync("AAPL");
        Assert.Equal((2, first), (row!.Version, row.FirstTime));
        Assert.InRange((await test.World.CandlesAsync(CandleInterval.OneDay))[0].Close, 25, 28);
        await test.AssertIsWholeAsync("AAPL");

        await test.RunAsync();
        Assert.Empty(test.Feed.Requests);
        Assert.Equal(2, (await test.RowAsync("AAPL"))!.Version);
    }

    [Fact]
    public async Task Run_SplitThatTheFeedKeepsToItself_IsSeenByThePrices()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        test.Feed.Splits["AAPL"] = new PriceSplit(Stamp(new DateOnly(2026, 3, 3)), 4, 1);
        test.Later(TimeSpan.FromDays(2));
        test.Feed.HidesSplits = true;

        await test.RunAsync();

        Assert.Equal(2, (await test.RowAsync("AAPL"))!.Version);
        await test.AssertIsWholeAsync("AAPL");
    }

    [Fact]
    public async Task Run_SplitOfAnIntradaySeries_KeepsWhatTheFeedNoLongerHas()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        test.Options.Intraday = ["1h"];
        await test.RunAsync();
        var before = await test.World.CandlesAsync(CandleInterval.OneHour);
        test.Feed.Splits["AAPL"] = new PriceSplit(Stamp(new DateOnly(2026, 3, 20)), 2, 1);
        test.Later(TimeSpan.FromDays(30));

        await test.RunAsync();

        var after = await test.World.CandlesAsync(CandleInterval.OneHour);
        Assert.Equal(before[0].Time, after[0].Time);
        Assert.Equal(before[0].Close / 2, after[0].Close);
        Assert.Equal(before[0].Volume * 2, after[0].Volume);
        await test.AssertIsWholeAsync("AAPL", CandleInterval.OneHour);
    }

    [Fact]
    public async Task Run_Intraday_FetchesWhatTheFeedHasAndFillsASession()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        test.Options.Intraday = ["15m", "1h"];
        var hole = new DateOnly(2026, 2, 10);
        test.Feed.Holes.Add(("AAPL", hole));
        await test.RunAsync();
        test.Feed.Holes.Clear();

        await test.RunAsync();

        await test.AssertIsWholeAsync("AAPL", CandleInterval.OneHour);
        await test.AssertIsWholeAsync("AAPL", CandleInterval.FifteenMinutes);
        await test.RunAsync();
        Assert.Empty(test.Feed.Requests);
    }

    [Fact]
    public async Task Run_SampleSeries_GivesWayWhole()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        var sample = TestSeries.Walk(1, 300, CandleInterval.OneDay);
        await test.World.Aapl().ApplyAsync(TestSeries.Batch(sample, source: SeriesSources.Sample, interval: CandleInterval.OneDay));

        await test.RunAsync();

        Assert.Equal("yahoo", (await test.RowAsync("AAPL"))!.Source);
        await test.AssertIsWholeAsync("AAPL");
    }

    [Fact]
    public async Task Run_SampleSeriesAndNoAnswer_Stays()
    {
        await using var test = await PriceWorld.StartAsync("AAPL", "MSFT");
        var sample = TestSeries.Walk(1, 300, CandleInterval.OneDay);
        await test.World.Aapl().ApplyAsync(TestSeries.Batch(sample, source: SeriesSources.Sample, interval: CandleInterval.OneDay));
        test.Feed.Failures["AAPL"] = new FeedFailure(FeedFault.Timeout, "no answer");

        await test.RunAsync();

        Assert.Equal((SeriesSources.Sample, 300L), ((await test.RowAsync("AAPL"))!.Source, (await test.RowAsync("AAPL"))!.Candles));
    }

    [Theory]
    [InlineData(false, "csv")]
    [InlineData(true, "yahoo")]
    public async Task Run_SeriesOfAnotherSource_IsLeftAloneUnlessToldOtherwise(bool replace, string source)
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.World.Aapl().ApplyAsync(TestSeries.Batch(TestSeries.Walk(1, 300, CandleInterval.OneDay), interval: CandleInterval.OneDay));
        test.Options.Replace = replace;

        var summary = await test.RunAsync();

        Assert.Equal(source, (await test.RowAsync("AAPL"))!.Source);
        Assert.Equal(!replace, summary.Contains("1 left to their own source", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_OneSymbolFails_HoldsUpNoOther()
    {
        await using var test = await PriceWorld.StartAsync("AAPL", "BAD", "MSFT");
        test.Feed.Failures["BAD"] = new FeedFailure(FeedFault.NotFound, "No data found, symbol may be delisted");

        var summary = await test.RunAsync();

        Assert.StartsWith("2/3 series up to date", summary, StringComparison.Ordinal);
        Assert.EndsWith("1 failed, the first because: No data found, symbol may be delisted", summary, StringComparison.Ordinal);
        Assert.NotNull(await test.RowAsync("AAPL"));
        Assert.NotNull(await test.RowAsync("MSFT"));
        Assert.Equal("BAD 1d", Assert.Single(Assert.Single(test.Watch.Standings).Failing).Subject);
    }

    [Fact]
    public async Task Run_CommitFails_OfThatSymbolAloneAndIsMadeUp()
    {
        await using var test = await PriceWorld.StartAsync("AAPL", "MSFT");
        test.World.Market.FailNextCommit = true;

        Assert.Contains("1 failed", await test.RunAsync(), StringComparison.Ordinal);
        await test.RunAsync();

        await test.AssertIsWholeAsync("AAPL");
        await test.AssertIsWholeAsync("MSFT");
    }

    [Fact]
    public async Task Run_NobodyAnswers_FailsAndSaysWhy()
    {
        await using var test = await PriceWorld.StartAsync("AAPL", "MSFT");
        test.Feed.Failures["AAPL"] = test.Feed.Failures["MSFT"] = new FeedFailure(FeedFault.Unreachable, "Nobody knows its name.");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(test.RunAsync);

        Assert.Contains("Nobody knows its name.", error.Message, StringComparison.Ordinal);
        Assert.True(test.Watch.IsOut("yahoo"));
    }

    [Fact]
    public async Task Run_MoreYearsThanBefore_AsksForThemOnce()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        test.Options.Years = 2;

        await test.RunAsync();

        Assert.Equal(1, (int)Math.Round((Stamp(Friday) - (await test.RowAsync("AAPL"))!.FirstTime) / (730.0 * 86_400)));
        await test.AssertIsWholeAsync("AAPL");
        await test.RunAsync();
        Assert.Empty(test.Feed.Requests);
    }

    [Fact]
    public async Task Run_CutOffAfterTheCommit_ChangesNothingWhenTakenUp()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        await test.World.Store.History.RecordAsync(
            new HistoryMark("AAPL", CandleInterval.OneDay, "nobody", 0, 0, default), [], World.Stop);

        await test.RunAsync();

        Assert.Equal(1, (await test.RowAsync("AAPL"))!.Version);
        await test.AssertIsWholeAsync("AAPL");
    }

    [Fact]
    public async Task Run_UnderWay_SaysHowFar()
    {
        await using var test = await PriceWorld.StartAsync("AAPL", "MSFT");
        var seen = new List<(int, int)>();
        var told = new Told(view => seen.Add((view.Done, view.Total)));
        var job = test.Job(told);

        await job.RunAsync(test.World.Grains, World.Stop);

        Assert.Equal([(1, 2), (2, 2)], seen.Order());
        Assert.Null(job.Progress.View);
    }

    private static long Stamp(DateOnly date) => new DateTimeOffset(date, default, TimeSpan.Zero).ToUnixTimeSeconds();

    private sealed class Told(Action<JobProgressView> tell) : IProgress<JobProgressView>
    {
        private readonly Lock gate = new();

        public void Report(JobProgressView value)
        {
            lock (gate)
            {
                tell(value);
            }
        }
    }
}
