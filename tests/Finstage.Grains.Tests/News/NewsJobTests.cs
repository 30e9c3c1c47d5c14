using Finstage.Grains.Interfaces.News;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;

namespace Finstage.Grains.Tests.News;

public sealed class NewsJobTests
{
    private static readonly FeedFailure Refused = new(FeedFault.Refused, "news.example answered 403: it refuses the question.");

    [Fact]
    public async Task Run_FirstCrawl_StoresAndTellsNothing()
    {
        await using var test = await NewsWorld.StartAsync();
        test.Feed.Titles["YAHOO:AAPL"] = [("a", 5), ("b", 0)];

        var summary = await test.CrawlAsync();

        Assert.Equal("4/4 sources answered, 3 new headlines, 0 of them told, 2 known", summary);
        Assert.Equal(["INVESTING:FOREX", "INVESTING:US", "YAHOO:AAPL", "YAHOO:TSLA"], test.Feed.Asked.Select(s => s.Id).Order(StringComparer.Ordinal));
        Assert.Equal("https://news.example/rss/headline?s=TSLA", test.Feed.Asked.Single(s => s.Id == "YAHOO:TSLA").Address.AbsoluteUri);
        Assert.Equal("America/New_York", test.Feed.Asked.Single(s => s.Id == "INVESTING:US").Zone);
        Assert.Empty(await test.DigestsAsync());
        Assert.Equal(["b", "a", "old"], await test.StoredAsync());
    }

    [Fact]
    public async Task Run_LaterCrawl_SendsOneDigestWithItAtOnce()
    {
        await using var test = await NewsWorld.StartAsync();
        await test.CrawlAsync();
        test.World.Time.Jump(TimeSpan.FromMinutes(90));
        test.Feed.Titles["YAHOO:AAPL"] = [("Apple <rises>", 5), ("Both", 7)];
        test.Feed.Titles["YAHOO:TSLA"] = [("Both", 7), ("old", 10_000)];
        test.Feed.Titles["INVESTING:FOREX"] = [("Dollar", 3)];

        var summary = await test.CrawlAsync();

        Assert.Equal("4/4 sources answered, 3 new headlines, 3 of them told, 3 known", summary);
        await test.World.AdvanceUntilAsync(() => test.World.Messenger.Messages.Count == 2, TimeSpan.FromSeconds(1));

        // Medium, and yet it does not wait for the end of its quarter of an hour.
        Assert.All(test.World.Messenger.Messages, m => Assert.InRange((m.At - World.Start).TotalMinutes, 90, 91));
        var english = test.World.Messenger.Messages.Single(m => m.Chat == "7").Text;
        Assert.StartsWith("🗞️ <b>[INVESTING:FOREX] Forex</b>\n\n📰 <b>Dollar</b>\n", english, StringComparison.Ordinal);
        Assert.Contains("🗞️ <b>[AAPL] AAPL Inc. (Stock)</b>\n\n📰 <b>Apple &lt;rises&gt;</b>\n", english, StringComparison.Ordinal);
        Assert.Equal(3, english.Split("📰").Length - 1);
        Assert.Contains("🔗 <a href=\"https://e.com/Dollar\">기사 보러가기</a>", test.World.Messenger.Messages.Single(m => m.Chat == "8").Text, StringComparison.Ordinal);
        Assert.Single(await test.DigestsAsync());
    }

    [Fact]
    public async Task Run_SomeSourcesFail_TheOthersGoOn()
    {
        await using var test = await NewsWorld.StartAsync();
        test.Feed.Failures["INVESTING:US"] = Refused;
        test.Feed.Broken = "YAHOO:AAPL";

        var summary = await test.CrawlAsync();

        Assert.StartsWith("2/4 sources answered, 1 new headlines, 0 of them told, 1 known; 2 failed, the first because: It broke.", summary, StringComparison.Ordinal);
        var view = (await test.World.Grains.Get<INewsGrain>("INVESTING:US").DescribeAsync())!;
        Assert.Equal((1, Refused.Message, 0L), (view.Failures, view.Error, view.FirstAnswer));
        Assert.Equal(World.Start.ToUnixTimeMilliseconds(), (await test.World.Grains.Get<INewsGrain>("YAHOO:TSLA").DescribeAsync())!.LastAnswer);
    }

    [Fact]
    public async Task Run_EverySourceFails_IsAFailureOfTheJob()
    {
        await using var test = await NewsWorld.StartAsync();
        test.Feed.Failures["*"] = Refused;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => test.CrawlAsync());

        Assert.StartsWith("0/4 sources answered", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(Refused.Message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SourceFailsAgainAndAgain_IsLeftAloneLongerAndLonger()
    {
        await using var test = await NewsWorld.StartAsync();
        test.Feed.Failures["INVESTING:US"] = Refused;
        var asked = new List<bool>();

        for (var crawl = 0; crawl < 16; crawl++)
        {
            test.Feed.Asked.Clear();
            var summary = await test.CrawlAsync();
            asked.Add(test.Feed.Asked.Any(s => s.Id == "INVESTING:US"));
            Assert.Equal(!asked[^1], summary.Contains("1 are left alone for a while", StringComparison.Ordinal));
            await test.World.Cluster.PutAllAwayAsync();
            test.World.Time.Jump(TimeSpan.FromMinutes(90));
        }

        // Waits of 0.5, 1, 2, 4, 8 hours, on the crawls of every 1.5 hours.
        Assert.Equal([0, 1, 2, 4, 7, 13], asked.Select((was, i) => (was, i)).Where(x => x.was).Select(x => x.i));
        test.Feed.Failures.Clear();
        test.World.Time.Jump(TimeSpan.FromHours(24));
        Assert.StartsWith("4/4", await test.CrawlAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await test.World.Grains.Get<INewsGrain>("INVESTING:US").DescribeAsync())!.Failures);
    }

    [Fact]
    public async Task Run_NobodyCanBeReached_AsksEverybodyNextTime()
    {
        await using var test = await NewsWorld.StartAsync();
        test.Feed.Failures["*"] = new FeedFailure(FeedFault.Unreachable, "news.example cannot be reached: nobody knows its name.");
        for (var crawl = 0; crawl < 5; crawl++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => test.CrawlAsync());
        }

        Assert.Equal(20, test.Feed.Asked.Count);
        test.Feed.Failures.Clear();
        Assert.StartsWith("4/4", await test.CrawlAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AnotherAddress_IsAskedAtOnce()
    {
        await using var test = await NewsWorld.StartAsync();
        test.Feed.Failures["INVESTING:US"] = Refused with { RetryAfter = TimeSpan.FromHours(12) };
        await test.CrawlAsync();
        test.Feed.Failures.Clear();
        Assert.Contains("1 are left alone", await test.CrawlAsync(), StringComparison.Ordinal);

        test.Options.Feeds[2].Url += "?moved=1";

        Assert.StartsWith("4/4", await test.CrawlAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SymbolIsWatchedFromNowOn_ItsOldNewsAreStoredAndNotTold()
    {
        await using var test = await NewsWorld.StartAsync();
        await test.CrawlAsync();
        test.World.Time.Jump(TimeSpan.FromMinutes(90));
        test.Feed.Titles["YAHOO:AAPL"] = [("new", 5)];
        test.Feed.Titles["YAHOO:MSFT"] = [("m1", 5), ("m2", 50)];
        var apple = (await test.World.Store.ReadSymbolsAsync(World.Stop)).First(s => s.Code == "AAPL");
        await test.World.Store.PutSymbolsAsync([apple with { Code = "MSFT" }], World.Stop);
        await test.World.Cluster.PutAllAwayAsync();

        await test.CrawlAsync();

        Assert.Equal(["new"], (await test.DigestsAsync()).Single().Items.Select(i => i.Title));
        Assert.Equal(["m1", "m2", "new", "old"], (await test.StoredAsync()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_CutOffAroundTheCommit_LosesAndDoublesNothing(bool before)
    {
        await using var test = await NewsWorld.StartAsync();
        foreach (var chat in (IEnumerable<string>)["7", "8"])
        {
            // As every start of the program does.
            await test.World.Grains.Get<INotifierGrain>(chat).WakeAsync(0);
        }

        await test.CrawlAsync();
        test.World.Time.Jump(TimeSpan.FromMinutes(90));
        test.Feed.Titles["YAHOO:AAPL"] = [("a", 5), ("b", 6)];
        test.Store = new FaultyNewsStore(test.World.Store.News) { FailsBefore = before, FailsAfter = !before };

        await Assert.ThrowsAsync<IOException>(() => test.CrawlAsync());
        Assert.Equal(before ? 1 : 3, (await test.StoredAsync()).Count);
        await test.World.Cluster.PutAllAwayAsync();
        test.Store = test.World.Store.News;
        await test.CrawlAsync();

        Assert.Equal(["a", "b", "old"], await test.StoredAsync());
        var digest = Assert.Single(await test.DigestsAsync());
        Assert.Equal(["a", "b"], digest.Items.Select(i => i.Title));

        // Nobody woke the notifiers in the second case; their heartbeat finds the rows.
        await test.World.AdvanceUntilAsync(() => test.World.Messenger.Messages.Count == 2, TimeSpan.FromSeconds(10));
        await test.CrawlAsync();
        await test.World.Time.AdvanceAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(2, test.World.Messenger.Messages.Count);
    }
}
