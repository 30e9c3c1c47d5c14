using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Finstage.Testing;

namespace Finstage.Silo.Tests;

/// <summary>The program as a user starts it: what goes wrong at the start, and the second start.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Start_Twice_ImportsAndPlaysOnce()
    {
        using (var first = Start())
        {
            await first.SeeAsync("candles played");
            Assert.Contains("First start", first.Output);
            Assert.Matches("Your admin key, shown this once: fs_[A-Za-z0-9_-]{43}\n", first.Output);
            await first.KillAsync();
        }

        using var second = Start();
        await second.SeeAsync("Serving on");

        Assert.DoesNotContain("First start", second.Output);
        Assert.DoesNotContain("Playing", second.Output);
        Assert.DoesNotContain("fs_", second.Output);
        Assert.Contains("1,260 candles 2013-05-13 … 2018-05-11", second.Output);
    }

    [Fact]
    public async Task Start_OnDataThatAnotherProcessHolds_SaysSo()
    {
        using var first = Start();
        await first.SeeAsync("Serving on");

        using var second = Start();

        Assert.Equal(1, await second.EndAsync());
        Assert.Contains("in use by another Finstage process", second.Error);
        Assert.Contains(folder.File("data"), second.Error);
    }

    [Fact]
    public async Task Start_OnAPortInUse_SaysSo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        using var silo = ProgramProcess.Start(SiloAssembly, folder.Path, null, "--urls", $"http://127.0.0.1:{port}");

        Assert.Equal(1, await silo.EndAsync());
        Assert.Contains($"{port}", silo.Error);
        Assert.Contains("--urls", silo.Error);
        Assert.DoesNotContain("   at ", silo.Error);
    }

    [Fact]
    public async Task Start_OnACorruptDatabase_SaysSoAndLeavesIt()
    {
        Directory.CreateDirectory(folder.File("data"));
        var garbage = new byte[100_000];
        new Random(7).NextBytes(garbage);
        await File.WriteAllBytesAsync(folder.File("data/finstage.db"), garbage);

        using var silo = Start();

        Assert.Equal(1, await silo.EndAsync());
        Assert.Contains("finstage.db", silo.Error);
        Assert.Contains("Restore a backup", silo.Error);
        Assert.Equal(garbage, await File.ReadAllBytesAsync(folder.File("data/finstage.db")));
    }

    [Fact]
    public async Task Start_OnADataFolderThatIsAFile_SaysSo()
    {
        folder.Write("data", "I am a file.");

        using var silo = Start();

        Assert.Equal(1, await silo.EndAsync());
        Assert.Contains("cannot be used", silo.Error);
    }

    [Fact]
    public async Task Start_WithFaultsInTheSettings_ListsThemAll()
    {
        using var silo = ProgramProcess.Start(
            SiloAssembly,
            folder.Path,
            new Dictionary<string, string>
            {
                ["FINSTAGE__Silo__Language"] = "fr", ["FINSTAGE__Logging__Format"] = "xml", ["FINSTAGE__Telegram__BotToken"] = "1:secret-token", ["FINSTAGE__Telegram__ChatIds__0"] = "bob",
                ["FINSTAGE__Telegram__ApiBaseUrl"] = "ftp://x",
            },
            "--urls", "http://example.com:80", "--replay", "missing.csv", "--speed", "fast");

        Assert.Equal(2, await silo.EndAsync());
        Assert.All(
            (string[])["Silo:Language", "Logging:Format", "Telegram:ChatIds", "Telegram:ApiBaseUrl", "--urls", "--replay", "--speed"],
            name => Assert.Contains(name, silo.Error));
        Assert.DoesNotContain("secret-token", silo.Error + silo.Output);
        Assert.False(Directory.Exists(folder.File("data")));
    }

    [Fact]
    public async Task Start_WithAJsonLog_WritesAnObjectALine()
    {
        using var silo = ProgramProcess.Start(
            SiloAssembly,
            folder.Path,
            new Dictionary<string, string> { ["FINSTAGE__Logging__Format"] = "json", ["FINSTAGE__Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information" },
            "--urls", "http://127.0.0.1:0");
        await silo.SeeAsync("Serving on");
        silo.Interrupt();
        Assert.Equal(0, await silo.EndAsync());

        var lines = silo.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Contains(lines, line => line.GetProperty("Message").GetString()!.StartsWith("Now listening on: http://127.0.0.1:", StringComparison.Ordinal));
        Assert.All(lines, line =>
        {
            Assert.Equal(DateTimeKind.Utc, line.GetProperty("Timestamp").GetDateTime().Kind);
            Assert.False(string.IsNullOrEmpty(line.GetProperty("LogLevel").GetString()));
            Assert.False(string.IsNullOrEmpty(line.GetProperty("Category").GetString()));
        });
    }

    [Fact]
    public async Task Start_WithAnUnknownOption_ExitsWithTwo()
    {
        using var silo = ProgramProcess.Start(SiloAssembly, folder.Path, null, "--replai", "x.csv");

        Assert.Equal(2, await silo.EndAsync());
        Assert.Contains("--replai", silo.Error);
    }

    private static string SiloAssembly => typeof(SiloApp).Assembly.Location;

    private ProgramProcess Start() => ProgramProcess.Start(SiloAssembly, folder.Path, null, "--urls", "http://127.0.0.1:0");
}
