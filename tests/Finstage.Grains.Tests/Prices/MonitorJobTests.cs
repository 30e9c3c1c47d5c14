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

        var summary = await test.Monitor().RunAsync(test.World.Grains, World.Stop);

        Assert.Equal("1/1 symbols asked for, 0 not trading, 3 candles committed", summary);
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
}
