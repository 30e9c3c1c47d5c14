using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Finstage.Page.Tests;

/// <summary>A symbol's chart, with and without the library that draws it.</summary>
[Collection(Browser.Name)]
public sealed class SymbolViewTests(Browser browser)
{
    [Fact]
    public async Task Symbol_FromTheWatchlist_HasItsChartItsFiguresAndItsSignals()
    {
        await using var tab = await browser.OpenAsync(language: "en-GB");

        await tab["tr[data-symbol=AAPL] a"].ClickAsync();

        await Expect(tab["h1"]).ToHaveTextAsync("Apple");
        await Expect(tab["#price"]).ToHaveTextAsync("188.59");
        await Expect(tab[".chart canvas"].First).ToBeVisibleAsync();
        await Expect(tab[".signal"].First).ToBeVisibleAsync();
        await Expect(tab[".legend"]).ToContainTextAsync("Close");
        await tab.SettleAsync();
        Assert.Equal("AAPL · Finstage", await tab.Page.TitleAsync());
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Indicator_Added_IsDrawnAndCanBeRemoved()
    {
        await using var tab = await browser.OpenAsync("#/symbol/AAPL", language: "en-GB");
        await tab.SettleAsync();

        await tab["#indicator"].FillAsync("rsi:14");
        await tab["#indicator"].PressAsync("Enter");
        await Expect(tab[".chips li"]).ToHaveCountAsync(4);
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove: rsi:14" }).ClickAsync();

        await Expect(tab[".chips li"]).ToHaveCountAsync(3);
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Indicator_AmongOthers_KeepsItsColourUntilItIsRemoved()
    {
        await using var tab = await browser.OpenAsync("#/symbol/AAPL", language: "en-GB");
        await tab.SettleAsync();
        await Expect(tab[".chips .dot"].Nth(2)).ToHaveClassAsync("dot line3");

        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove: sma:20", Exact = true }).ClickAsync();
        await tab["#indicator"].FillAsync("ema:50");
        await tab["#indicator"].PressAsync("Enter");

        await Expect(tab[".chips .dot"]).ToHaveCountAsync(3);
        await Expect(tab[".chips .dot"].Nth(0)).ToHaveClassAsync("dot line2");
        await Expect(tab[".chips .dot"].Nth(2)).ToHaveClassAsync("dot line1");
    }

    [Fact]
    public async Task Indicator_ThatIsNone_IsExplained()
    {
        await using var tab = await browser.OpenAsync("#/symbol/AAPL", language: "en-GB");
        await tab.SettleAsync();

        await tab["#indicator"].FillAsync("rsy:14");
        await tab["#indicator"].PressAsync("Enter");

        await Expect(tab[".chart-tools [role=alert]"]).ToContainTextAsync("rsi");
        await Expect(tab[".chips li"]).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Chart_WithoutItsLibrary_IsALineAndATable()
    {
        await using var tab = await browser.OpenAsync("#/report");
        await tab.Page.RouteAsync("**/js/vendor/charts.js", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/javascript", Body = "export const createChart = null;",
        }));

        await tab.Page.GotoAsync("/#/symbol/AAPL");

        await Expect(tab[".plainchart svg polyline"]).ToBeVisibleAsync();
        await tab["summary"].ClickAsync();
        await Expect(tab["details tbody tr"]).ToHaveCountAsync(60);
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Symbol_ThatIsNone_NamesTheNearest()
    {
        await using var tab = await browser.OpenAsync("#/symbol/AAPLE");

        await Expect(tab["[role=alert]"].First).ToContainTextAsync("AAPL");
    }
}
