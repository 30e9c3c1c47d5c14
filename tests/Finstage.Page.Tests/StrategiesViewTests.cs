using Finstage.Grains.Interfaces.Jobs;
using Finstage.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Finstage.Page.Tests;

/// <summary>The leaderboard, on what the job finds in the samples.</summary>
[Collection(Browser.Name)]
public sealed class StrategiesViewTests(Browser browser)
{
    [Fact]
    public async Task Strategies_WhenTheJobEnds_AreRankedWithSamplesAndLuck()
    {
        await using var tab = await browser.OpenAsync("#/strategies", language: "en-GB");
        await tab.SettleAsync();

        await browser.Silo.Service<IGrains>().Get<IJobGrain>("backtests").RunAsync();

        await Expect(tab[".verdict"]).ToContainTextAsync("passes every test for luck", new() { Timeout = 60_000 });
        var first = tab["tr[data-strategy]"].First;
        await Expect(first.Locator("td").Nth(1)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9]{2,}$"));
        await Expect(first.Locator("td").Nth(2).Locator("span")).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("^95 %: [0-9.]+ % … [0-9.]+ %$"));
        await Expect(first.Locator(".badge")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("/3$"));
        await Expect(tab["section[aria-labelledby=walksHead] tbody tr"].First).ToContainTextAsync("…");

        await tab["#scope"].SelectOptionAsync("*");
        await Expect(tab["tr[data-strategy] th a"].First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^(AAPL|\\^GSPC)$"));
        await tab["#horizon"].SelectOptionAsync("1w");
        await Expect(first.Locator("td").Nth(1)).ToHaveTextAsync("1 week");
        Assert.Empty(tab.Faults);
    }
}
