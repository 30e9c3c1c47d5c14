using Finstage.Adapters.Storage;
using Finstage.Grains.Ports;
using Finstage.Silo;
using Finstage.Silo.Startup;
using Finstage.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Finstage.Page.Tests;

/// <summary>The whole program within the test's process, on the shipped samples; it can be stopped and started again at the same address.</summary>
internal sealed class PageSilo : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly StringWriter output = new();
    private CancellationTokenSource stop = new();
    private SiloApp? silo;
    private Task? running;

    /// <summary>Where it answers.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>An admin key.</summary>
    public string Key { get; private set; } = string.Empty;

    /// <summary>Starts it, and waits until the samples are imported and played.</summary>
    public static async Task<PageSilo> NewAsync()
    {
        var silo = new PageSilo();
        await silo.StartAsync();
        silo.Key = (await silo.Service<ApiKeyStore>().CreateAsync("page", KeyScope.Admin, TimeProvider.System.GetUtcNow(), CancellationToken.None))!.Secret;
        using var http = new HttpClient { BaseAddress = silo.Address };
        await UntilAsync(async () => (await http.GetStringAsync("/api/jobs")).Contains("candles played", StringComparison.Ordinal));
        return silo;
    }

    /// <summary>Starts it, at the address it had before.</summary>
    public async Task StartAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Silo:Data"] = folder.Path, ["Silo:Urls"] = Address.ToString(), ["Silo:FirstInsights"] = "false", ["Feeds:Enabled"] = "false",
        };
        stop = new CancellationTokenSource();
        silo = await SiloApp.BuildAsync(settings, TextWriter.Synchronized(output), TimeProvider.System, stop.Token);
        await silo.Web.StartAsync();
        running = silo.RunUntilStoppedAsync(stop.Token);
        Address = new Uri(silo.Web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await UntilAsync(() => Task.FromResult(Service<SiloState>().IsReady));
    }

    /// <summary>Stops it; its data stays.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await running!;
        await silo!.DisposeAsync();
        stop.Dispose();
    }

    /// <summary>A service of the program.</summary>
    public T Service<T>()
        where T : notnull => silo!.Web.Services.GetRequiredService<T>();

    /// <summary>The store.</summary>
    public IMarketStore Store => Service<IMarketStore>();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
