using System.Text.Json;
using System.Text.RegularExpressions;
using Finstage.Testing;

namespace Finstage.Client.Tests.Server;

/// <summary>A silo as a process of its own, on the shipped samples.</summary>
public sealed partial class LiveSilo : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private ProgramProcess? silo;

    public string Address { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        var assembly = AppContext.BaseDirectory.Replace("Finstage.Client.Tests", "Finstage.Silo", StringComparison.Ordinal) + "Finstage.Silo.dll";
        silo = ProgramProcess.Start(assembly, folder.Path, null, "--urls", "http://127.0.0.1:0");
        Address = ServingOn().Match(await silo.SeeAsync("candles played")).Groups[1].Value;
    }

    public ValueTask DisposeAsync()
    {
        silo?.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"Serving on (\S+)")]
    private static partial Regex ServingOn();
}

public sealed class LiveSiloTests(LiveSilo silo) : IClassFixture<LiveSilo>
{
    [Theory]
    [InlineData("health", "ok")]
    [InlineData("symbols", "Apple")]
    [InlineData("symbol ^GSPC", "2,874.560059")]
    [InlineData("signals AAPL --limit 3", "AAPL")]
    [InlineData("signals --strategy GOLDEN_CROSS_50_200", "2020-03-30")]
    public async Task Command_AsATable_ShowsIt(string words, string expected)
    {
        var run = await Run.Of([.. words.Split(' '), "--server", silo.Address]);

        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(0, run.Code);
        Assert.Contains(expected, run.Output);
    }

    [Theory]
    [InlineData("health", JsonValueKind.Object)]
    [InlineData("symbols", JsonValueKind.Array)]
    [InlineData("symbol AAPL", JsonValueKind.Object)]
    [InlineData("signals AAPL", JsonValueKind.Array)]
    public async Task Command_AsJson_IsJson(string words, JsonValueKind kind)
    {
        var run = await Run.Of([.. words.Split(' '), "--server", silo.Address, "--json"]);

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(kind, json.RootElement.ValueKind);
    }

    [Theory]
    [InlineData("symbol AAPLE", "AAPL")]
    [InlineData("signals --strategy GOLDEN", "GOLDEN_CROSS_5_20")]
    [InlineData("signals --interval 7m", "1m, 5m")]
    public async Task Command_WithAFault_SaysWhatTheSiloSays(string words, string expected)
    {
        var run = await Run.Of([.. words.Split(' '), "--server", silo.Address]);

        Assert.Equal(1, run.Code);
        Assert.Contains(expected, run.Error);
    }
}
