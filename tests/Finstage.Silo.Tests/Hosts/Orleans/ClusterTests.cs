using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Finstage.Testing;
using MySqlConnector;

namespace Finstage.Silo.Tests.Hosts;

/// <summary>The whole program as a cluster.</summary>
public sealed class ClusterTests
{
    private const string Key = "a key of the tests' own";

    [Fact]
    public async Task Dashboard_WithAKey_AsksForItAndOpens()
    {
        await using var silo = await SiloUnderTest.StartAsync(("Cluster:DashboardKey", Key));

        var refused = await silo.Http.GetAsync("/dashboard/");
        var wrong = await AskAsync(silo, $"admin:{Key}x");
        var right = await AskAsync(silo, $"admin:{Key}");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("Basic", refused.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Contains("<html", await right.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Dashboard_WithoutAKey_IsNotThere()
    {
        await using var silo = await SiloUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await silo.Http.GetAsync("/dashboard/")).StatusCode);
    }

    [Fact]
    public async Task Silos_Two_ShareWhatIsStoredAndOneGoesOnAlone()
    {
        Assert.SkipWhen(MariaDbServer.Missing is not null, MariaDbServer.Missing ?? string.Empty);
        await using var server = await MariaDbServer.StartAsync();
        await using (var connection = new MySqlConnection(server.ConnectionString(string.Empty)))
        {
            await connection.OpenAsync();
            await using var command = new MySqlCommand("CREATE DATABASE finstage", connection);
            await command.ExecuteNonQueryAsync();
        }

        await using var first = await StartAsync(server);
        Assert.Contains("Delete the rows of the table api_keys", first.Output, StringComparison.Ordinal);
        await using (var second = await StartAsync(server))
        {
            // The first start imports the samples; whichever silo has the symbol's grain, both answer.
            foreach (var silo in new[] { first, second })
            {
                Assert.Equal("AAPL", (await silo.GetAsync("/api/symbols/AAPL")).GetProperty("symbol").GetString());
                Assert.Contains("this silo 127.0.0.1:", silo.Output, StringComparison.Ordinal);
                Assert.DoesNotContain("User ID", silo.Output, StringComparison.Ordinal);
            }
        }

        // The second has left in order: what it had lives on with the first.
        foreach (var symbol in new[] { "AAPL", "%5EGSPC", "MSFT", "TSLA", "NVDA" })
        {
            Assert.Equal(HttpStatusCode.OK, (await first.Http.GetAsync($"/api/symbols/{symbol}")).StatusCode);
        }
    }

    private static Task<SiloUnderTest> StartAsync(MariaDbServer server) => SiloUnderTest.StartAsync(
        ("Cluster:Mode", "mysql"), ("Cluster:Connection", server.ConnectionString("finstage")),
        ("Cluster:SiloPort", FreePort()), ("Cluster:GatewayPort", FreePort()));

    private static async Task<HttpResponseMessage> AskAsync(SiloUnderTest silo, string credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        return await silo.Http.SendAsync(request);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
