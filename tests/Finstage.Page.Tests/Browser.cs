using Finstage.Testing;
using Microsoft.Playwright;

namespace Finstage.Page.Tests;

/// <summary>A browser and a silo that all tests of the page share.</summary>
[CollectionDefinition(Name)]
public sealed class Browser : IAsyncLifetime, ICollectionFixture<Browser>
{
    public const string Name = "a browser";

    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;
    private PageSilo? silo;

    internal PageSilo Silo => silo!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Headless = true, Args = Flags });
        silo = await PageSilo.NewAsync();
    }

    /// <summary>A tab of a reader of one's own; skips the test where there is no browser.</summary>
    internal async Task<Tab> OpenAsync(string hash = "#/", string language = "ko-KR", int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipUnless(browser is not null, $"There is no browser here: {Chromium} (package chromium).");
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Silo.Address.ToString(), Locale = language, ColorScheme = scheme, TimezoneId = "Asia/Seoul", ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        context.SetDefaultTimeout(20_000);
        var tab = new Tab(context, await context.NewPageAsync());
        await tab.Page.GotoAsync("/" + hash);
        return tab;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (silo is not null)
        {
            await silo.DisposeAsync();
        }
    }
}

/// <summary>A reader's tab, and what it complained of.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> faults = [];

    public Tab(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                faults.Add(message.Text);
            }
        };
        page.PageError += (_, fault) => faults.Add(fault);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console.</summary>
    public IReadOnlyList<string> Faults => faults;

    public ILocator this[string selector] => Page.Locator(selector);

    /// <summary>Waits until the view has loaded what it shows and the events come in.</summary>
    public async Task SettleAsync()
    {
        await Assertions.Expect(this["#link.live"]).ToBeVisibleAsync();
        await Assertions.Expect(this["[aria-busy=true]"]).ToHaveCountAsync(0);
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
