using Finstage.Analysis.Candles;
using Finstage.Analysis.News;
using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Finstage.Page.Tests;

/// <summary>What a reader does, in a real browser.</summary>
[Collection(Browser.Name)]
public sealed class PageTests(Browser browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstVisit_InKorean_ShowsEverythingWithoutAComplaint()
    {
        await using var tab = await browser.OpenAsync();

        await Expect(tab["tr[data-symbol=AAPL] .price"]).ToHaveTextAsync("188.59");
        await Expect(tab["tr[data-symbol=AAPL]"]).ToContainTextAsync("애플");
        await Expect(tab[".feed .signal"]).ToHaveCountAsync(40);
        await Expect(tab["tr[data-job=demo]"]).ToContainTextAsync("candles played");
        await Expect(tab[".tiles"]).ToContainTextAsync("정상");
        await tab.SettleAsync();
        Assert.Equal("ko", await tab["html"].GetAttributeAsync("lang"));
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task FirstVisit_InEnglish_SpeaksEnglish()
    {
        await using var tab = await browser.OpenAsync(language: "en-GB");

        await Expect(tab["#watchHead"]).ToHaveTextAsync("Watchlist");
        await Expect(tab["tr[data-symbol=AAPL]"]).ToContainTextAsync("Apple");
        Assert.Equal("en", await tab["html"].GetAttributeAsync("lang"));
    }

    [Fact]
    public async Task Signal_ThatIsStoredNow_AppearsWithoutAReload()
    {
        await using var tab = await browser.OpenAsync(language: "en-GB");
        await tab.SettleAsync();
        await tab.Page.EvaluateAsync("window.stillHere = true");
        var series = (await browser.Silo.Store.ReadSeriesAsync("AAPL", Stop)).Single();
        var like = (await browser.Silo.Store.ReadSignalsAsync(new SignalQuery("AAPL", Strategy: "RSI_OVERBOUGHT", Limit: 1), Stop)).Single().Signal;
        var signal = like with { Time = series.LastTime + 86_400, Figures = new Figures(77.7, 77.7, 77.7, 77.7) };

        await UntilHeardAsync(tab, async turn => await browser.Silo.Store.CommitAsync(
            new SeriesCommit(
                "AAPL", CandleInterval.OneDay, series.Source, series.Version, (await browser.Silo.Store.ReadSeriesAsync("AAPL", Stop)).Single().Revision,
                series.Rules, [], [signal with { Time = signal.Time + (86_400 * turn) }], [], [], Audience.EveryChat, TimeProvider.System.GetUtcNow()),
            Stop), ".signal.new");

        await Expect(tab[".signal.new"].First).ToContainTextAsync("77.7");
        await Expect(tab["#said"]).ToContainTextAsync("New signal: AAPL SELL RSI_OVERBOUGHT");
        Assert.True(await tab.Page.EvaluateAsync<bool>("window.stillHere"));
    }

    [Fact]
    public async Task Quote_ThatChanges_IsShownAtOnce()
    {
        await using var tab = await browser.OpenAsync();
        await tab.SettleAsync();
        var prices = browser.Silo.Service<IPriceStore>();
        var now = TimeProvider.System.GetUtcNow();

        await UntilHeardAsync(tab, turn => prices.CommitAsync(
            new PriceCommit("NVDA", new LastQuote(1_234.5 + turn, now.ToUnixTimeSeconds(), 1_200), PriceAlertState.Empty, [], Audience.EveryChat, now), Stop),
            "tr[data-symbol=NVDA].blink");

        await Expect(tab["tr[data-symbol=NVDA] .change"]).ToContainTextAsync("+");
    }

    [Fact]
    public async Task Language_Switched_StaysAfterAReload()
    {
        await using var tab = await browser.OpenAsync();

        await tab["#lang"].ClickAsync();

        await Expect(tab["#watchHead"]).ToHaveTextAsync("Watchlist");
        await Expect(tab[".feed .signal .why"].First).ToContainTextAsync(new System.Text.RegularExpressions.Regex("[a-z]{3}"));
        await tab.Page.ReloadAsync();
        await Expect(tab["#watchHead"]).ToHaveTextAsync("Watchlist");
        await Expect(tab["html"]).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task Theme_Switched_StaysAfterAReload()
    {
        await using var tab = await browser.OpenAsync();
        var before = await BackgroundAsync(tab);

        await tab["#theme"].ClickAsync();

        await Expect(tab["html"]).ToHaveAttributeAsync("data-theme", "dark");
        Assert.NotEqual(before, await BackgroundAsync(tab));
        await tab.Page.ReloadAsync();
        await Expect(tab["html"]).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task Theme_OfTheSystem_IsFollowedUntilOneIsChosen()
    {
        await using var tab = await browser.OpenAsync(scheme: ColorScheme.Dark);

        await Expect(tab["html"]).ToHaveAttributeAsync("data-theme", "dark");
        await tab.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await Expect(tab["html"]).ToHaveAttributeAsync("data-theme", "light");
    }

    [Fact]
    public async Task Job_RunFromThePage_AsksForAKeyAndShowsItsEnd()
    {
        await using var tab = await browser.OpenAsync("#/system", language: "en-GB");
        await tab.SettleAsync();

        await tab["tr[data-job=optimize] button"].First.ClickAsync();
        await Expect(tab["dialog"]).ToContainTextAsync("needs an admin key");
        await tab["#keyInput"].FillAsync(browser.Silo.Key);
        await tab["dialog button.primary"].ClickAsync();

        await Expect(tab["#said"]).ToContainTextAsync("optimize: started");
        await Expect(tab["tr[data-job=optimize] td:nth-child(4)"]).ToHaveTextAsync("just now");
        Assert.Equal(browser.Silo.Key, await tab.Page.EvaluateAsync<string>("sessionStorage.getItem('finstage.key')"));
        Assert.Null(await tab.Page.EvaluateAsync<string?>("localStorage.getItem('finstage.key')"));
    }

    [Fact]
    public async Task Job_PausedAndResumed_SaysSo()
    {
        await using var tab = await browser.OpenAsync("#/system", language: "en-GB");
        await tab.SettleAsync();
        var row = tab["tr[data-job=outcomes]"];

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause: outcomes" }).ClickAsync();
        await tab["#keyInput"].FillAsync(browser.Silo.Key);
        await tab["dialog button.primary"].ClickAsync();
        await Expect(row.Locator(".badge")).ToHaveTextAsync("paused");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Resume: outcomes" }).ClickAsync();
        await Expect(row.Locator(".badge")).ToHaveTextAsync("idle");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause: outcomes" })).ToBeFocusedAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause: demo" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task System_Grains_AreShownByKindWithTheirTurns()
    {
        await browser.Silo.Service<IGrains>().Get<ISymbolGrain>("AAPL").DescribeAsync();
        await using var tab = await browser.OpenAsync("#/system", language: "en-GB");

        var symbols = tab["tr[data-kind=Symbol] td"];

        await Expect(symbols.Nth(0)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[1-9][0-9]*$"));
        await Expect(symbols.Nth(3)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[1-9][0-9,]*$"));
        await Expect(symbols.Nth(6)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9.,]+$"));
        await Expect(tab["section[aria-labelledby=timingsHead] tbody tr"].First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Name_WithMarkup_IsShownAsText()
    {
        const string Name = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";
        var market = browser.Silo.Service<IGrains>().Get<IMarketGrain>(IMarketGrain.Main);
        await market.PutAsync(new SymbolInfo("EVIL", Name, Name, SymbolCategory.Stock, "NASDAQ", "USD", Enabled: true));
        await using var tab = await browser.OpenAsync();

        await tab["#held"].UncheckAsync();

        await Expect(tab["tr[data-symbol=EVIL]"]).ToContainTextAsync(Name);
        Assert.Equal("한눈에 · Finstage", await tab.Page.TitleAsync());
        await market.RemoveAsync("EVIL");
    }

    [Fact]
    public async Task NewsTitle_WithAScript_IsShownAsText()
    {
        const string Title = "<script>document.title='taken'</script> & <b>more</b>";
        var now = TimeProvider.System.GetUtcNow();
        NewsItem Item(string title, string link) => new(title, "<img src=x onerror=alert(1)>", link, now, NewsKeys.Of("test", null, link, title, now.ToUnixTimeSeconds()));
        await browser.Silo.Service<INewsStore>().CommitAsync(
            new NewsCrawl("test", now, [new NewsBatch(new NewsOrigin("TEST", "mark", "시험", "Test", null), [Item(Title, "https://example.com/a"), Item("Innocent", "javascript:alert(1)")])]), Stop);
        await using var tab = await browser.OpenAsync("#/news");

        await Expect(tab.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = Title })).ToHaveAttributeAsync("href", "https://example.com/a");
        await Expect(tab[".stories li"].Filter(new LocatorFilterOptions { HasText = "Innocent" }).Locator("a")).ToHaveCountAsync(0);
        await Expect(tab[".stories img, .stories script, .stories b"]).ToHaveCountAsync(0);
        Assert.Equal("뉴스 · Finstage", await tab.Page.TitleAsync());
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Silo_StoppedAndStartedAgain_IsFoundAgain()
    {
        await using var tab = await browser.OpenAsync(language: "en-GB");
        await tab.SettleAsync();
        await tab.Page.EvaluateAsync("window.stillHere = true");

        await browser.Silo.StopAsync();
        await Expect(tab["#link.lost"]).ToBeVisibleAsync();
        await browser.Silo.StartAsync();

        await Expect(tab["#link.live"]).ToBeVisibleAsync();
        await Expect(tab["tr[data-symbol=AAPL] .price"]).ToHaveTextAsync("188.59");
        Assert.True(await tab.Page.EvaluateAsync<bool>("window.stillHere"));
    }

    private static Task<string> BackgroundAsync(Tab tab) => tab.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");

    // Only what changes after the silo's first look is told, so it happens until it is heard.
    private static async Task UntilHeardAsync(Tab tab, Func<int, Task> happen, string selector)
    {
        for (var turn = 0; turn < 10 && await tab[selector].CountAsync() == 0; turn++)
        {
            await happen(turn);
            await tab.Page.WaitForTimeoutAsync(1_500);
        }
    }
}
