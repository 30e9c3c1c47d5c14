using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Finstage.Adapters.Storage;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Simulation;
using Finstage.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MySqlConnector;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Finstage.Silo.Tests.Hosts;

/// <summary>A database server, and silos over it as processes of their own, which can be killed; a client of the cluster looks on.</summary>
internal sealed partial class ClusterProcesses : IAsyncDisposable
{
    public const string Chat = "77";

    private readonly TempFolder folder = new();
    private readonly TelegramStandIn telegram;
    private IHost? watcher;

    private ClusterProcesses(MariaDbServer server, TelegramStandIn telegram) => (Server, this.telegram) = (server, telegram);

    public MariaDbServer Server { get; }

    public string Connection => Server.ConnectionString("finstage");

    /// <summary>Makes the database, with a series of one's own in it, so that no silo imports the samples.</summary>
    public static async Task<ClusterProcesses> StartAsync(TelegramStandIn telegram)
    {
        var cluster = new ClusterProcesses(await MariaDbServer.StartAsync(), telegram);
        await cluster.AskAsync(string.Empty, "CREATE DATABASE finstage");
        await using var store = await cluster.OpenStoreAsync();
        await store.CommitAsync(
            new SeriesCommit(
                "OWN", CandleInterval.OneDay, "csv", 1, 0, "none", [new Candle(0, 1, 1, 1, 1, 1)], [], [], [], Audience.EveryChat, DateTimeOffset.UnixEpoch),
            CancellationToken.None);
        return cluster;
    }

    public Task<SqlStore> OpenStoreAsync() => SqlStore.OpenMySqlAsync(Connection, TimeProvider.System);

    /// <summary>Starts a silo; with the same number, on the same data folder and at the same addresses as before, unless it moves.</summary>
    public async Task<SiloProcess> StartSiloAsync(SiloPlace place)
    {
        var settings = new Dictionary<string, string>
        {
            ["FINSTAGE__Cluster__Connection"] = Connection, ["FINSTAGE__Telegram__BotToken"] = TelegramStandIn.Token,
            ["FINSTAGE__Telegram__ApiBaseUrl"] = telegram.Address, ["FINSTAGE__Telegram__ChatIds__0"] = Chat, ["FINSTAGE__Notifier__Pace"] = "00:00:00",
        };
        var process = ProgramProcess.Start(
            typeof(SiloApp).Assembly.Location, folder.Path, settings, "--data", folder.File($"data{place.Number}"), "--urls", "http://127.0.0.1:0",
            "--cluster", "mysql", "--silo-port", place.SiloPort, "--gateway-port", place.GatewayPort);
        var address = ServingOn().Match(await process.SeeAsync("Serving on")).Groups[1].Value;
        return new SiloProcess(process, place, new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(30) });
    }

    /// <summary>A client of the cluster, which is no silo; it takes the place of the one before.</summary>
    public async Task<IClusterClient> WatchAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("finstage", "finstage"))
            .Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2))
            .Configure<ClientMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(10))
            .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("MySql.Data.MySqlConnector", Connection)));
        await StopWatchingAsync();
        watcher = builder.Build();
        await watcher.StartAsync();
        return watcher.Services.GetRequiredService<IClusterClient>();
    }

    /// <summary>The symbols whose grains live on a silo.</summary>
    public static async Task<string[]> SymbolsOnAsync(IClusterClient client, SiloProcess silo)
    {
        var all = await client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return
        [
            .. all.Where(g => g.GrainType.Contains("SymbolGrain", StringComparison.Ordinal) && $"{g.SiloAddress.Endpoint.Port}" == silo.Place.SiloPort)
                .Select(g => g.GrainId.Key.ToString()!),
        ];
    }

    /// <summary>Puts every idle grain away, so that the next calls place them anew.</summary>
    public static Task SpreadAsync(IClusterClient client) => client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    /// <summary>The members of the cluster as its table has them: how many of each status (3 active, 6 dead).</summary>
    public async Task<IReadOnlyDictionary<int, long>> MembersAsync()
    {
        var members = new Dictionary<int, long>();
        await using var connection = new MySqlConnection(Connection);
        await connection.OpenAsync();
        await using var command = new MySqlCommand("SELECT status, COUNT(*) FROM cluster_members GROUP BY status", connection);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            members[rows.GetInt32(0)] = rows.GetInt64(1);
        }

        return members;
    }

    public async ValueTask DisposeAsync()
    {
        await StopWatchingAsync();
        await Server.DisposeAsync();
        folder.Dispose();
    }

    private async Task StopWatchingAsync()
    {
        if (watcher is not null)
        {
            await watcher.StopAsync();
            watcher.Dispose();
        }
    }

    private async Task AskAsync(string database, string sql)
    {
        await using var connection = new MySqlConnection(Server.ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex(@"Serving on (\S+)")]
    private static partial Regex ServingOn();
}

/// <summary>Where a silo lives: its data folder's number and its ports.</summary>
internal sealed record SiloPlace(int Number, string SiloPort, string GatewayPort)
{
    /// <summary>A place that nobody has.</summary>
    public static SiloPlace Free(int number) => new(number, FreePort(), FreePort());

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>A silo as a process; killed when disposed.</summary>
internal sealed class SiloProcess(ProgramProcess process, SiloPlace place, HttpClient http) : IDisposable
{
    public SiloPlace Place => place;

    public HttpClient Http => http;

    /// <summary>What it complained of.</summary>
    public string Error => process.Error;

    public bool HasEnded => process.HasEnded;

    /// <summary>As <c>kill -9</c>.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Asks for a symbol until it answers.</summary>
    /// <returns>How often it refused.</returns>
    public async Task<int> UntilAnsweredAsync(string symbol, TimeSpan patience)
    {
        using var gaveUp = new CancellationTokenSource(patience);
        for (var refused = 0; ; refused++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"/api/symbols/{Uri.EscapeDataString(symbol)}", UriKind.Relative), gaveUp.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return refused;
                }
            }
            catch (HttpRequestException)
            {
                // It does not serve yet.
            }

            await Task.Delay(50, gaveUp.Token);
        }
    }

    public void Dispose()
    {
        http.Dispose();
        process.Dispose();
    }
}
