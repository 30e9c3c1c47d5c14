using System.Net;
using System.Net.Sockets;

namespace Finstage.Client.Tests.Server;

public sealed class ServerCommandTests
{
    [Theory]
    [InlineData("health")]
    [InlineData("symbols")]
    [InlineData("symbol", "AAPL")]
    [InlineData("signals")]
    public async Task Command_WithoutASilo_SaysHowToStartOne(params string[] words)
    {
        var run = await Run.Of([.. words, "--server", $"http://127.0.0.1:{FreePort()}"]);

        Assert.Equal(1, run.Code);
        Assert.Contains("No silo answers", run.Error);
        Assert.Contains("dotnet run", run.Error);
    }

    [Fact]
    public async Task Command_WithABadAddress_IsWrongUsage()
    {
        var run = await Run.Of("health", "--server", "somewhere");

        Assert.Equal(2, run.Code);
        Assert.Contains("--server", run.Error);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
