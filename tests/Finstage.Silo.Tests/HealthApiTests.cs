using System.Net;
using System.Text.Json;
using Finstage.Adapters.Storage;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Finstage.Silo.Startup;
using Microsoft.Extensions.Hosting;

namespace Finstage.Silo.Tests;

public sealed class HealthApiTests
{
    [Fact]
    public async Task Health_AfterTheStart_HasEveryPart()
    {
        await using var silo = await SiloUnderTest.StartAsync(("Jobs:report:Enabled", "false"), ("Feeds:Enabled", "false"));
        await silo.UntilAsync(async () =>
        {
            // The play of the samples, which brings the first symbol to life, begins a moment after the silo is ready.
            var soFar = (await silo.GetAsync("/health")).GetProperty("performance");
            return soFar.GetProperty("samples").GetInt64() > 0
                && soFar.GetProperty("operations").EnumerateArray().Any(o => o.GetProperty("operation").GetString() == "activation")
                && soFar.GetProperty("grains").EnumerateArray().Any(g => g.GetProperty("kind").GetString() == "Symbol" && Number(g, "turns") > 0);
        });

        var health = await silo.GetAsync("/health");

        Assert.All(
            (string[])["database", "telegram", "scheduler", "feeds", "news"],
            part => Assert.NotEmpty(health.GetProperty(part).GetProperty("status").GetString()!));
        var features = health.GetProperty("features");
        Assert.Equal(
            (false, false, true, false, true),
            (Is(features, "report"), Is(features, "feeds"), Is(features, "backup"), Is(features, "history"), Is(features, "patterns")));
        var performance = health.GetProperty("performance");
        Assert.True(performance.GetProperty("memoryBytes").GetInt64() > 1_000_000);
        foreach (var (operation, subject) in new[] { ("job", "samples"), ("database", "write"), ("database", "read"), ("activation", "Symbol") })
        {
            var found = performance.GetProperty("operations").EnumerateArray()
                .Single(o => o.GetProperty("operation").GetString() == operation && o.GetProperty("subject").GetString() == subject);
            var (min, average, max) = (Number(found, "minMs"), Number(found, "averageMs"), Number(found, "maxMs"));
            Assert.True(found.GetProperty("count").GetInt64() > 0 && min <= average && average <= max && max <= Number(found, "totalMs"), found.ToString());
        }

        var symbols = performance.GetProperty("grains").EnumerateArray().Single(g => g.GetProperty("kind").GetString() == "Symbol");
        Assert.True(Number(symbols, "living") > 0 && Number(symbols, "turns") > 0, symbols.ToString());
        Assert.True(Number(symbols, "averageMs") > 0 && Number(symbols, "p99Ms") > 0, symbols.ToString());
        Assert.Equal(GrainHost.Name == "Orleans", symbols.GetProperty("waiting").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Health_StoreIsGone_Is200AndDegraded()
    {
        await using var silo = await SiloUnderTest.StartAsync();
        await ((SqlStore)silo.Service<IMarketStore>()).DisposeAsync();

        using var response = await silo.SendAsync(HttpMethod.Get, "/health");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var health = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal("failing", health.GetProperty("database").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Health_StoreIsGoneWhileTheSamplesPlay_GoesOnServing()
    {
        await using var silo = await SiloUnderTest.StartAsync();
        await silo.UntilAsync(() => Task.FromResult(silo.Output.Contains("Playing", StringComparison.Ordinal)));

        await ((SqlStore)silo.Service<IMarketStore>()).DisposeAsync();
        var steps = silo.Service<IEnumerable<IHostedService>>().OfType<FirstSteps>().Single();
        await silo.UntilAsync(() => Task.FromResult(steps.ExecuteTask!.IsCompleted));

        Assert.False(silo.Service<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        using var response = await silo.SendAsync(HttpMethod.Get, "/health");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static bool Is(JsonElement element, string name) => element.GetProperty(name).GetBoolean();

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
