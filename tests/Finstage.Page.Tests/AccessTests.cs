using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Finstage.Page.Tests;

/// <summary>Whether everybody can use the page: names, contrast, keyboard, narrow screens.</summary>
[Collection(Browser.Name)]
public sealed class AccessTests(Browser browser)
{
    public static TheoryData<string> Views => ["#/", "#/symbol/AAPL", "#/strategies", "#/patterns", "#/report", "#/news", "#/alerts", "#/system"];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_OfAPhone_FitsItsWidth(string view)
    {
        await using var tab = await browser.OpenAsync(view, width: 360, height: 740);
        await tab.SettleAsync();

        Assert.Equal(360, await tab.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"));
        Assert.Empty(tab.Faults);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_InBothThemes_CanBeReadAndHasNames(string view)
    {
        await using var tab = await browser.OpenAsync(view);
        await tab.SettleAsync();

        Assert.Equal("[]", await FaultsAsync(tab));
        await tab["#theme"].ClickAsync();
        Assert.Equal("[]", await FaultsAsync(tab));
        await tab["#lang"].ClickAsync();
        await tab.SettleAsync();
        Assert.Equal("[]", await FaultsAsync(tab));
    }

    [Fact]
    public async Task Keyboard_Alone_SkipsFindsAndOpens()
    {
        await using var tab = await browser.OpenAsync();
        await tab.SettleAsync();

        await tab.Page.Keyboard.PressAsync("Tab");
        await Expect(tab["#skip"]).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("/");
        await Expect(tab["#find"]).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("애플");
        await Expect(tab["tr[data-symbol]:visible"]).ToHaveCountAsync(1);
        await tab["tr[data-symbol=AAPL] a"].FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab["h1"]).ToHaveTextAsync("애플");
        await Expect(tab["#main"]).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Landmarks_OfThePage_AreThere()
    {
        await using var tab = await browser.OpenAsync();
        await tab.SettleAsync();

        foreach (var role in (AriaRole[])[AriaRole.Banner, AriaRole.Navigation, AriaRole.Main, AriaRole.Contentinfo])
        {
            await Expect(tab.Page.GetByRole(role)).ToHaveCountAsync(1);
        }

        await Expect(tab.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveCountAsync(1);
    }

    private static async Task<string> FaultsAsync(Tab tab) => JsonSerializer.Serialize(await tab.Page.EvaluateAsync<string[]>(Checks));

    // Contrast after WCAG 2.2 AA (4.5, or 3 for large text); a name for everything that can be used; no id twice; a caption for each table.
    private const string Checks =
        """
        () => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = (text) => {
            canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = '#000'; canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
          };
          const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
          const behind = (e) => {
            const layers = [];
            for (let x = e; x; x = x.parentElement) { const c = rgba(getComputedStyle(x).backgroundColor); if (c[3] > 0) layers.push(c); if (c[3] === 1) break; }
            return layers.reverse().reduce((under, c) => over(c, under), [255, 255, 255, 1]);
          };
          const light = ([r, g, b]) => { const l = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
          const faults = new Set();
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const e = node.parentElement;
            if (!node.textContent.trim() || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || e.closest('.quiet, .skip, button:disabled, option, datalist, noscript')) continue;
            const style = getComputedStyle(e);
            const back = behind(e);
            const [a, b] = [light(over(rgba(style.color), back)), light(back)];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            const size = parseFloat(style.fontSize);
            if (ratio < (size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5)) faults.add(`contrast ${ratio.toFixed(2)} of ${e.className || e.tagName}: ${node.textContent.trim().slice(0, 30)}`);
          }
          for (const e of document.querySelectorAll('a, button, input, select, summary, progress, [role=img], dialog')) {
            const name = e.getAttribute('aria-label') ?? (e.getAttribute('aria-labelledby') ? document.getElementById(e.getAttribute('aria-labelledby'))?.textContent : null) ?? ([...(e.labels ?? [])].map((l) => l.textContent).join(' ') || e.textContent);
            if (!name.trim()) faults.add(`no name: ${e.outerHTML.slice(0, 80)}`);
          }
          const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
          for (const id of ids.filter((id, i) => ids.indexOf(id) !== i)) faults.add(`id twice: ${id}`);
          for (const table of document.querySelectorAll('table:not(.chart table)')) if (!table.caption?.textContent.trim()) faults.add('a table without a caption');
          return [...faults];
        }
        """;
}
