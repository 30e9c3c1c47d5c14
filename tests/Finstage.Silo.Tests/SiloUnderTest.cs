using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Finstage.Adapters.Storage;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Hosting;
using Finstage.Silo.Access;
using Finstage.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Finstage.Silo.Tests;

/// <summary>The whole program within the test's process, on a data folder and a port of its own.</summary>
internal sealed class SiloUnderTest : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly CancellationTokenSource stop = new();
    private readonly StringWriter output = new();
    private SiloApp? silo;
    private Task? running;

    /// <summary>An admin key, made past the API.</summary>
    public string Key { get; private set; } = string.Empty;

    /// <summary>Asks the program, with the admin key.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>What it told the person at the terminal.</summary>
    public string Output => output.ToString();

    /// <summary>Starts the program and waits until the first import and analysis are done.</summary>
    public static async Task<SiloUnderTest> StartAsync(params (string Name, string Value)[] settings)
    {
        var test = new SiloUnderTest();
        var all = new Dictionary<string, string?>
        {
            ["Silo:Data"] = test.folder.Path, ["Silo:Urls"] = "http://127.0.0.1:0", ["Silo:FirstInsights"] = "false", ["Feeds:Enabled"] = "false",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        test.silo = await SiloApp.BuildAsync(all, TextWriter.Synchronized(test.output), TimeProvider.System, test.stop.Token);
        await test.silo.Web.StartAsync();
        test.running = test.silo.RunUntilStoppedAsync(test.stop.Token);
        var server = test.silo.Web.Services.GetRequiredService<IServer>();
        test.Http.BaseAddress = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        await test.UntilAsync(async () => (await test.Http.GetAsync("/health/ready")).IsSuccessStatusCode);
        test.Key = (await test.NewKeyAsync("test", KeyScope.Admin)).Secret;
        test.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", test.Key);
        return test;
    }

    /// <summary>Makes a key past the API.</summary>
    public async Task<NewApiKey> NewKeyAsync(string name, KeyScope scope)
    {
        var services = silo!.Web.Services;
        var made = (await services.GetRequiredService<ApiKeyStore>().CreateAsync(name, scope, TimeProvider.System.GetUtcNow(), stop.Token))!;
        services.GetRequiredService<KeyRing>().Forget();
        return made;
    }

    /// <summary>Sends a request with this header alone.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? header = null, string? value = null, object? body = null)
    {
        using var plain = new HttpClient { BaseAddress = Http.BaseAddress };
        using var request = new HttpRequestMessage(method, path);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        request.Content = body is null ? null : JsonContent.Create(body);
        return await plain.SendAsync(request);
    }

    /// <summary>A service of the program.</summary>
    public T Service<T>()
        where T : notnull => silo!.Web.Services.GetRequiredService<T>();

    /// <summary>Asks for JSON.</summary>
    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Runs a job and waits for its end.</summary>
    /// <returns>What it did.</returns>
    public async Task<string> RunJobAsync(string name)
    {
        var job = silo!.Web.Services.GetRequiredService<IGrains>().Get<IJobGrain>(name);
        await job.RunAsync();
        JobView view = null!;
        await UntilAsync(async () => (view = await job.DescribeAsync()).RunId is null);
        return view.LastError is null ? view.LastSummary! : throw new InvalidOperationException($"The job '{name}' failed: {view.LastError}");
    }

    /// <summary>Waits, for two minutes at most, until something holds.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (running is not null)
        {
            await running;
        }

        if (silo is not null)
        {
            await silo.DisposeAsync();
        }

        Http.Dispose();
        stop.Dispose();
        folder.Dispose();
    }
}
