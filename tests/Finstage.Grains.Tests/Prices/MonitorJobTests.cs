using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Grains.Tests.Hosts;

namespace Finstage.Grains.Tests.Prices;

public sealed class MonitorJobTests
{
    [Fact]
    public async Task Run_WhileTheMarketTrades_CommitsWhatHasClosed()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        test.Options.Intraday = ["15m", "1h"];
        await test.RunAsync();
        test.Later(TimeSpan.FromMinutes(30));
        test.Feed.Now["AAPL"] = await test.LastCloseAsync("AAPL");

        var summary = await test.Monitor().RunAsync(test.World.Grains, World.Stop);

        Assert.Equal("1/1 symbols asked for, 0 not trading, 3 candles committed, 0 price alerts", summary);
        await test.AssertIsWholeAsync("AAPL", CandleInterval.FifteenMinutes);
        await test.AssertIsWholeAsync("AAPL", CandleInterval.OneHour);
    }

    [Fact]
    public async Task Run_LongerInterval_IsAskedForOnlyWhenACandleCanHaveClosed()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        test.Options.Intraday = ["15m", "1h"];
        await test.RunAsync();
        test.Later(TimeSpan.FromMinutes(30));
        await test.Monitor().RunAsync(test.World.Grains, World.Stop);
        test.Feed.Requests.Clear();
        test.Later(TimeSpan.FromMinutes(30));

        await test.Monitor().RunAsync(test.World.Grains, World.Stop);

        Assert.Equal(CandleInterval.FifteenMinutes, Assert.Single(test.Feed.Requests).Interval);
    }

    [Theory]
    [InlineData(-60, 0)]
    [InlineData(6 * 60 + 80, 1)]
    [InlineData(6 * 60 + 91, 0)]
    public async Task Run_AroundTheSession_AsksWhileItTrades(int minutes, int asked)
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        test.Later(TimeSpan.FromMinutes(minutes));
        test.Feed.Requests.Clear();

        var summary = await test.Monitor().RunAsync(test.World.Grains, World.Stop);

        Assert.StartsWith($"{asked}/{asked} symbols asked for, {1 - asked} not trading", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AfterAnOutage_SetsTheHistoryJobToWork()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        var grains = test.World.Grains;
        test.Later(TimeSpan.FromHours(60));

        var summary = await test.Monitor().RunAsync(grains, World.Stop);

        Assert.EndsWith("history is behind and was set to work", summary, StringComparison.Ordinal);
        await Waiting.UntilAsync(async () => (await grains.Get<IJobGrain>(HistoryJob.JobName).DescribeAsync()).Count == 1);
        await test.AssertIsWholeAsync("AAPL");
        Assert.DoesNotContain("history", await test.Monitor().RunAsync(grains, World.Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NobodyAnswers_FailsAndSaysWhy()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        test.Feed.Failures["AAPL"] = new FeedFailure(FeedFault.Empty, "It answered with nothing.");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => test.Monitor().RunAsync(test.World.Grains, World.Stop));

        Assert.Contains("It answered with nothing.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PriceBeyondTheThreshold_AlertsOnceWhateverIsRestarted()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        test.Options.Intraday = ["15m"];
        await test.RunAsync();
        test.Feed.Now["AAPL"] = 1.04 * await test.LastCloseAsync("AAPL");

        for (var i = 0; i < 3; i++)
        {
            test.Later(TimeSpan.FromMinutes(30));
            await test.Monitor().RunAsync(test.World.Grains, World.Stop);
            await test.World.Cluster.PutAllAwayAsync();
        }

        var rows = await test.World.Store.ReadNewestAsync("7", 100, World.Stop);
        Assert.Single(rows, r => r.Alert.Key == "price|AAPL|day_rise|1|2026-03-02");
    }

    [Fact]
    public async Task Run_SplitOverNight_FollowsBeforeThePriceIsJudged()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        test.Options.Intraday = ["15m", "1h"];
        await test.RunAsync();
        test.Feed.Splits["AAPL"] = new PriceSplit(new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), 4, 1);
        test.Later(new TimeSpan(6, 20, 0));
        await test.RunAsync();

        // The next morning, before the day's candle.
        test.Later(new TimeSpan(18, 0, 0));
        test.Feed.Now["AAPL"] = await test.LastCloseAsync("AAPL") / 4;
        await test.Monitor().RunAsync(test.World.Grains, World.Stop);

        Assert.Empty(await test.World.Store.Prices.ReadAlertsAsync("AAPL", 10, World.Stop));
        Assert.Equal(2, (await test.RowAsync("AAPL"))!.Version);
        await test.AssertIsWholeAsync("AAPL");
    }

    [Fact]
    public async Task RunHighs_Weekly_AsksForTheWholeHistory()
    {
        await using var test = await PriceWorld.StartAsync("AAPL");
        await test.RunAsync();
        Assert.Equal(500, (await test.World.Aapl().PriceAsync()).EverHigh);
        test.Feed.Monthly.Clear();
        test.Feed.EverHigh = 600;
        var job = new HighsJob(test.Highs(), Microsoft.Extensions.Logging.Abstractions.NullLogger<HighsJob>.Instance);

        Assert.Equal("1/1 symbols looked up, 0 of them asked for", await job.RunAsync(test.World.Grains, World.Stop));
        test.Later(TimeSpan.FromDays(7));

        Assert.Equal("1/1 symbols looked up, 1 of them asked for", await job.RunAsync(test.World.Grains, World.Stop));
        Assert.Equal(600, (await test.World.Aapl().PriceAsync()).EverHigh);
    }
}
