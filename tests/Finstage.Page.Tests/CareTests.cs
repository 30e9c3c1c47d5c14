using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Finstage.Page.Tests;

/// <summary>What a reader with an admin key changes: what is watched, muted, and told of from where.</summary>
[Collection(Browser.Name)]
public sealed class CareTests(Browser browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Symbol_MutedAndUnmuted_IsSoForEveryChat()
    {
        await using var tab = await OpenWithKeyAsync("#/symbol/AAPL");

        await tab["#muteFor"].SelectOptionAsync("168");
        await tab["#muteIt"].ClickAsync();
        await Expect(tab[".care .badge.paused"]).ToHaveTextAsync("muted");
        await Expect(tab[".care"]).ToContainTextAsync("every chat, until ");
        var mute = Assert.Single(await browser.Silo.Service<IChatStore>().ReadMutesAsync(null, TimeProvider.System.GetUtcNow(), Stop));
        Assert.Equal((null, "AAPL"), (mute.Chat, mute.Symbol));
        Assert.InRange(mute.Until - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(6), TimeSpan.FromDays(7));

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Unmute: every chat" }).ClickAsync();

        await Expect(tab["#muteIt"]).ToBeFocusedAsync();
        Assert.Empty(await browser.Silo.Service<IChatStore>().ReadMutesAsync(null, TimeProvider.System.GetUtcNow(), Stop));
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Thresholds_OwnOnesAndNoneAgain_AreKept()
    {
        await using var tab = await OpenWithKeyAsync("#/symbol/AAPL");
        var drop = tab[".thresholds input[name=drop]"];
        await Expect(drop).ToHaveAttributeAsync("placeholder", "-3");

        await drop.FillAsync("4.5");
        await tab["#saveThresholds"].ClickAsync();

        await Expect(tab["#said"]).ToHaveTextAsync("AAPL: thresholds saved");
        await Expect(drop).ToHaveValueAsync("-4.5");
        await tab.Page.ReloadAsync();
        await Expect(drop).ToHaveValueAsync("-4.5");
        await drop.FillAsync(string.Empty);
        await tab["#saveThresholds"].ClickAsync();
        await Expect(drop).ToHaveAttributeAsync("placeholder", "-3");
    }

    [Fact]
    public async Task Thresholds_ThatMakeNoSense_AreExplained()
    {
        await using var tab = await OpenWithKeyAsync("#/symbol/AAPL");

        await tab[".thresholds input[name=rise]"].FillAsync("0");
        await tab["#saveThresholds"].ClickAsync();

        await Expect(tab[".care [role=alert]"]).ToContainTextAsync("rise");
    }

    [Fact]
    public async Task Symbol_Unwatched_StandsApartUntilItIsWatchedAgain()
    {
        await using var tab = await OpenWithKeyAsync("#/symbol/XLB");

        await tab["#watchIt"].ClickAsync();
        await Expect(tab["#watchIt"]).ToHaveTextAsync("Watch");
        await Expect(tab["#watchIt"]).ToBeFocusedAsync();
        await tab.Page.GotoAsync("/#/");
        await tab.SettleAsync();
        await tab["#held"].UncheckAsync();
        await Expect(tab["tr[data-group=others] ~ tr[data-symbol=XLB]"]).ToBeVisibleAsync();

        await tab["tr[data-symbol=XLB] a"].ClickAsync();
        await tab["#watchIt"].ClickAsync();

        await Expect(tab["#watchIt"]).ToHaveTextAsync("Stop watching");
    }

    [Fact]
    public async Task Symbol_AddedWhileTheFeedsAreOff_IsAddedUncheckedOnAWord()
    {
        await using var tab = await OpenWithKeyAsync("#/");

        await tab["#adding summary"].ClickAsync();
        await tab["#newSymbol"].FillAsync("orcl");
        await tab["#newSymbol"].PressAsync("Enter");
        await Expect(tab["#adding [role=alert]"]).ToContainTextAsync("could not be checked");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Add unchecked" }).ClickAsync();

        await Expect(tab["tr[data-symbol=ORCL]"]).ToBeVisibleAsync();
        await browser.Silo.Service<IGrains>().Get<IMarketGrain>(IMarketGrain.Main).RemoveAsync("ORCL");
    }

    [Fact]
    public async Task Change_WithoutAKey_AsksForOneAndNothingHappensWithoutIt()
    {
        await using var tab = await browser.OpenAsync("#/symbol/AAPL", language: "en-GB");

        await tab["#muteIt"].ClickAsync();
        await Expect(tab["dialog"]).ToContainTextAsync("needs an admin key");
        await tab.Page.Keyboard.PressAsync("Escape");

        await Expect(tab[".care [role=alert]"]).Not.ToBeEmptyAsync();
        await Expect(tab["#muteIt"]).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Alerts_InOneState_AreShownAlone()
    {
        await using var tab = await browser.OpenAsync("#/alerts", language: "en-GB");
        await tab.SettleAsync();

        await tab["#state"].SelectOptionAsync("failed");
        await Expect(tab[".empty"]).ToBeVisibleAsync();
        await tab["#state"].SelectOptionAsync("");
        Assert.Empty(tab.Faults);
    }

    private async Task<Tab> OpenWithKeyAsync(string hash)
    {
        var tab = await browser.OpenAsync(hash, language: "en-GB");
        await tab.Page.EvaluateAsync("key => sessionStorage.setItem('finstage.key', key)", browser.Silo.Key);
        await tab.Page.ReloadAsync();
        await tab.SettleAsync();
        return tab;
    }
}
