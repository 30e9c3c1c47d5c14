using Finstage.Analysis.News;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class NewsStoreTests : StoreTests
{
    private const long Hour = 3_600;

    private static readonly Chat On = new("1", "ko", Enabled: true);
    private static readonly Chat AlsoOn = new("2", "en", Enabled: true);
    private static readonly Chat Off = new("3", "ko", Enabled: false);

    private static readonly SymbolInfo AppleInfo = new("AAPL", "애플", "Apple", SymbolCategory.Stock, "NASDAQ", "USD", true);
    private static readonly NewsOrigin Apple = new("YAHOO:AAPL", "m1", string.Empty, string.Empty, AppleInfo);
    private static readonly NewsOrigin Tesla = new("YAHOO:TSLA", "m2", string.Empty, string.Empty, AppleInfo with { Code = "TSLA", NameKo = "테슬라" });
    private static readonly NewsOrigin Forex = new("INVESTING:FOREX", "m3", "외환", "Forex", null);

    [Fact]
    public async Task Commit_FirstAnswer_StoresAllAndTellsNothing()
    {
        await using var test = await OpenAsync(On);

        var stored = await CommitAsync(test, 0, Apple, Item("old", -5), Item("now", 0), Item("ahead", 5), Undated("undated", 0));

        Assert.Equal((4, 0, 0), (stored.New, stored.Told, stored.Repeats));
        Assert.Empty(stored.Chats);
        Assert.Empty(await test.Store.ReadNewestAsync(null, 10, Stop));
        Assert.Equal(4, await test.Store.News.CountNewsAsync(Stop));
        var feed = (await test.Store.News.FindFeedAsync(Apple.Feed, Stop))!;
        Assert.Equal((Start, Start, 0, null, Time(5)), (feed.FirstAnswer!.Value, feed.LastAnswer!.Value, feed.Failures, feed.NextAttempt, feed.LastSeen!.Value));
    }

    [Fact]
    public async Task Commit_LaterAnswer_TellsWhatCameOutSinceTheFirst()
    {
        await using var test = await OpenAsync(On, AlsoOn, Off);
        await CommitAsync(test, 0, Apple, Item("old", -5));

        var stored = await CommitAsync(test, 2, Apple, Item("old", -5), Item("older", -1), Item("new", 1), Undated("undated", 2));

        Assert.Equal((3, 2, 1), (stored.New, stored.Told, stored.Repeats));
        Assert.Equal(["1", "2"], stored.Chats);
        var rows = await test.Store.ReadNewestAsync(null, 10, Stop);
        Assert.Equal(["1", "2"], rows.Select(r => r.Chat).Order());
        var payload = NewsPayload.Parse(rows[0].Alert.Payload);
        Assert.Equal(["undated", "new"], payload.Items.Select(i => i.Title));
        Assert.Equal(("AAPL", "애플", "stock", (long?)Time(1)), (payload.Items[1].Source, payload.Items[1].NameKo, payload.Items[1].Category, payload.Items[1].Published));
        Assert.Null(payload.Items[0].Published);
        Assert.Equal((0, Time(2), "news|2"), (payload.More, payload.AsOf, rows[0].Alert.Key));
        var told = await test.Store.News.ReadNewsAsync(new NewsQuery(), Stop);
        Assert.Equal([true, true, false, false], told.Select(n => n.IsTold));
    }

    [Fact]
    public async Task Commit_TheSameCrawlAgain_ChangesNothing()
    {
        await using var test = await OpenAsync(On);
        await CommitAsync(test, 0, Apple);
        await CommitAsync(test, 2, Apple, Item("new", 1));
        await test.ReopenAsync();

        var again = await CommitAsync(test, 2, Apple, Item("new", 1));
        var later = await CommitAsync(test, 3, Apple, Item("new", 1));

        Assert.Equal((0, 0, 1), (again.New, again.Told, again.Repeats));
        Assert.Equal((0, 0, 1), (later.New, later.Told, later.Repeats));
        Assert.Single(await test.Store.ReadNewestAsync(null, 10, Stop));
        Assert.Equal(1, await test.Store.News.CountNewsAsync(Stop));
    }

    [Fact]
    public async Task Commit_MoreThanADigestTakes_TellsTheNewestAndCountsTheRest()
    {
        await using var test = await OpenAsync(On);
        await CommitAsync(test, 0, Apple);

        var stored = await CommitAsync(test, 30, Apple, [.. Enumerable.Range(1, 25).Select(i => Item($"n{i}", i))]);

        Assert.Equal(25, stored.Told);
        var payload = NewsPayload.Parse(Assert.Single(await test.Store.ReadNewestAsync(null, 10, Stop)).Alert.Payload);
        Assert.Equal(Enumerable.Range(16, 10).Reverse().Select(i => $"n{i}"), payload.Items.Select(i => i.Title));
        Assert.Equal(15, payload.More);
    }

    [Fact]
    public async Task Commit_ItemOfTwoSources_IsStoredOnceAndFoundUnderBoth()
    {
        await using var test = await OpenAsync(On);
        await CommitAsync(test, 0, Apple);

        // The first to have it has never answered before and tells nothing; the second would.
        var stored = await test.Store.News.CommitAsync(
            new NewsCrawl("2", At(2), [new NewsBatch(Tesla, [Item("both", 1)]), new NewsBatch(Apple, [Item("both", 1)])]), Stop);

        Assert.Equal((1, 1, 1), (stored.New, stored.Told, stored.Repeats));
        Assert.Equal("AAPL", NewsPayload.Parse(Assert.Single(await test.Store.ReadNewestAsync(null, 10, Stop)).Alert.Payload).Items.Single().Source);
        var row = Assert.Single(await ReadAsync(test, new NewsQuery(Symbol: "TSLA")));
        Assert.Equal(row, Assert.Single(await ReadAsync(test, new NewsQuery(Symbol: "AAPL"))), Same);
        Assert.Equal(["YAHOO:AAPL", "YAHOO:TSLA"], row.Feeds);
        Assert.Equal(["AAPL", "TSLA"], row.Symbols);
    }

    [Theory]
    [InlineData("1", null, "other", 0, false)]
    [InlineData("2", "https://e.com/a?utm_source=x", "other", 0, false)]
    [InlineData("2", "https://e.com/b", "DOLLAR gains  after Powell's speech", 48, false)]
    [InlineData("2", "https://e.com/b", "Dollar gains after Powell's speech", -48, false)]
    [InlineData("2", "https://e.com/b", "Dollar gains after Powell's speech", 49, true)]
    [InlineData("2", "https://e.com/b", "Dollar gains after Powell's speech", -49, true)]
    [InlineData("2", "https://e.com/b", "Dollar gains after Powell's speech!", 0, true)]
    [InlineData(null, null, "other", 0, true)]
    public async Task Commit_Item_IsKnownByAnyOfItsKeys(string? id, string? link, string title, int hours, bool isNew)
    {
        await using var test = await OpenAsync();
        await CommitAsync(test, 0, Apple, Item("Dollar gains after Powell\u2019s speech", 0, "1", "https://e.com/a"));

        var stored = await CommitAsync(test, 1, Forex, Item(title, hours, id, link));

        Assert.Equal(isNew ? 1 : 0, stored.New);
    }

    [Fact]
    public async Task Commit_RepeatUnderANewAddress_IsKnownByThatToo()
    {
        await using var test = await OpenAsync();
        await CommitAsync(test, 0, Apple, Item("A title", 0, null, "https://e.com/a"));
        await CommitAsync(test, 1, Apple, Item("A title", 47, null, "https://e.com/b"));

        var stored = await CommitAsync(test, 2, Apple, Item("Quite another", 900, null, "https://e.com/b"), Item("A title", 90, null, "https://e.com/c"));

        // A title speaks for 48 hours from the stored item on, not from its repeats.
        Assert.Equal((1, 1), (stored.New, stored.Repeats));
    }

    [Fact]
    public async Task Commit_ColumnOfEachWeek_IsNewEachWeek()
    {
        await using var test = await OpenAsync();

        var stored = await CommitAsync(test, 0, Apple, [.. Enumerable.Range(0, 10).Select(week => Item("Week ahead", week * 168, null, null))]);

        Assert.Equal(10, stored.New);
    }

    [Fact]
    public async Task Commit_DigestCannotBeWritten_StoresNothingAtAll()
    {
        await using var test = await OpenAsync(On, AlsoOn);
        await CommitAsync(test, 0, Apple);
        test.RefuseAlert("news|2");

        await Assert.ThrowsAnyAsync<Exception>(() => CommitAsync(test, 2, Apple, Item("new", 1)));

        Assert.Equal(0, await test.Store.News.CountNewsAsync(Stop));
        Assert.Equal(0, test.Scalar<int>("SELECT COUNT(*) FROM news_keys"));
        Assert.Equal(Start, (await test.Store.News.FindFeedAsync(Apple.Feed, Stop))!.LastAnswer);

        // The next crawl has it all.
        var stored = await CommitAsync(test, 3, Apple, Item("new", 1));
        Assert.Equal((1, 1, 2), (stored.New, stored.Told, stored.Chats.Count));
    }

    [Fact]
    public async Task Commit_TheSameItemsFromManyAtOnce_StoresEachOnce()
    {
        await using var test = await OpenAsync(On);
        await CommitAsync(test, 0, Apple);
        var items = Enumerable.Range(1, 20).Select(i => Item($"n{i}", i)).ToArray();

        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => test.Store.News.CommitAsync(
            new NewsCrawl($"crawl{i}", At(30), [new NewsBatch(Apple, items)]), Stop)));

        Assert.Equal(20, all.Sum(s => s.New));
        Assert.Equal(20, await test.Store.News.CountNewsAsync(Stop));
        Assert.Equal(20, (await test.Store.ReadNewestAsync(null, 100, Stop)).Select(r => NewsPayload.Parse(r.Alert.Payload)).Sum(p => p.Items.Count + p.More));
    }

    [Fact]
    public async Task SaveFailure_ThenAnAnswer_KeepsWhatWasSeenAndForgetsTheFailures()
    {
        await using var test = await OpenAsync();
        await CommitAsync(test, 0, Apple, Item("a", -1));

        await test.Store.News.SaveFailureAsync(new NewsFailure(Apple.Feed, Apple.Mark, 3, At(1), At(3), "It refuses."), Stop);
        var failing = (await test.Store.News.FindFeedAsync(Apple.Feed, Stop))!;
        await CommitAsync(test, 4, Apple, Item("b", 2));

        Assert.Equal(
            new NewsStanding(Apple.Feed, Apple.Mark, Start, Start, Time(-1), 3, At(3), "It refuses.", At(1)), failing);
        Assert.Equal(
            new NewsStanding(Apple.Feed, Apple.Mark, Start, At(4), Time(2), 0, null, null, null), Assert.Single(await test.Store.News.ReadFeedsAsync(Stop)));
    }

    [Fact]
    public async Task Commit_AnotherAddress_AnswersForTheFirstTime()
    {
        await using var test = await OpenAsync(On);
        await CommitAsync(test, 0, Apple);
        await test.Store.News.SaveFailureAsync(new NewsFailure(Apple.Feed, Apple.Mark, 3, At(1), At(9), "It moved."), Stop);

        var stored = await CommitAsync(test, 2, Apple with { Mark = "other" }, Item("new", 1));

        Assert.Equal((1, 0), (stored.New, stored.Told));
        Assert.Equal(At(2), (await test.Store.News.FindFeedAsync(Apple.Feed, Stop))!.FirstAnswer);
    }

    [Fact]
    public async Task Read_Pages_CoverAllOnceNewestFirst()
    {
        await using var test = await OpenAsync();
        await CommitAsync(test, 30, Apple, [.. Enumerable.Range(0, 25).Select(i => Item($"n{i}", i / 5))]);
        await CommitAsync(test, 31, Forex, Item("fx", 2), Item("n3", 0));

        foreach (var (query, count) in (IEnumerable<(NewsQuery, int)>)
            [(new NewsQuery(), 26), (new NewsQuery(Symbol: "AAPL"), 25), (new NewsQuery(Feed: Forex.Feed), 2), (new NewsQuery(Feed: "none"), 0), (new NewsQuery(From: Time(3)), 10), (new NewsQuery("AAPL", Apple.Feed, Time(4)), 5)])
        {
            var all = await ReadAsync(test, query);
            Assert.Equal(count, all.Count);
            Assert.Equal(all.OrderByDescending(n => n.Time).ThenByDescending(n => n.Id).Select(n => n.Id), all.Select(n => n.Id));
            var pages = new List<NewsRow>();
            IReadOnlyList<NewsRow> page;
            do
            {
                page = await ReadAsync(test, query with { Limit = 4, Before = pages.Count == 0 ? null : (pages[^1].Time, pages[^1].Id) });
                pages.AddRange(page);
            }
            while (page.Count == 4);
            Assert.Equal(all.Select(n => n.Id), pages.Select(n => n.Id));
        }
    }

    [Fact]
    public async Task Read_OfText_GivesBackWhatWasStored()
    {
        await using var test = await OpenAsync();
        var item = new NewsItem("<b>👩‍👩‍👧‍👦 삼성 & 'x'", "a\n\"b\"", "https://e.com/a?x=1", At(-1), NewsKeys.Of("e.com", "g", "https://e.com/a?x=1", "t", Time(-1)));

        await CommitAsync(test, 0, Forex, item);

        var row = Assert.Single(await ReadAsync(test, new NewsQuery()));
        Assert.Equal((item.Title, item.Summary, item.Link, item.Published, Time(-1), Start), (row.Title, row.Summary, row.Link, row.Published, row.Time, row.SeenAt));
        Assert.Equal(["INVESTING:FOREX"], row.Feeds);
        Assert.Empty(row.Symbols);
    }

    private static bool Same(NewsRow? a, NewsRow? b) => a!.Id == b!.Id && a.Feeds.SequenceEqual(b.Feeds) && a.Symbols.SequenceEqual(b.Symbols);

    private static Task<IReadOnlyList<NewsRow>> ReadAsync(TestStore test, NewsQuery query) => test.Store.News.ReadNewsAsync(query, Stop);

    private static Task<NewsStored> CommitAsync(TestStore test, int hours, NewsOrigin origin, params NewsItem[] items) =>
        test.Store.News.CommitAsync(new NewsCrawl($"{hours}", At(hours), [new NewsBatch(origin, items)]), Stop);

    private static DateTimeOffset At(int hours) => Start.AddHours(hours);

    private static long Time(int hours) => At(hours).ToUnixTimeSeconds();

    private static NewsItem Item(string title, int hours) => Item(title, hours, title, $"https://e.com/{title}");

    private static NewsItem Item(string title, int hours, string? id, string? link) =>
        new(title, null, link, At(hours), NewsKeys.Of("e.com", id, link, title, Start.ToUnixTimeSeconds() + (hours * Hour)));

    private static NewsItem Undated(string title, int seen) => Item(title, seen) with { Published = null };
}
