using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Finstage.Testing;

/// <summary>
/// A MariaDB server of the tests' own, in a temporary folder, on a free port of the loopback interface; user root, no password. It can be
/// killed and started again. Not thread-safe.
/// </summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    private readonly TempFolder folder = new();
    private readonly string program;
    private Process? process;

    private MariaDbServer(string program) => this.program = program;

    /// <summary>Why no server can be started here; null when one can.</summary>
    public static string? Missing => Find("mariadbd") is null || Find("mariadb-install-db") is null
        ? "There is no MariaDB server on this machine (package mariadb-server)." : null;

    /// <summary>The port that it listens on.</summary>
    public int Port { get; } = FreePort();

    /// <summary>How to connect to one of its databases.</summary>
    public string ConnectionString(string database) => $"Server=127.0.0.1;Port={Port};User ID=root;Database={database}";

    /// <summary>Makes an empty server and starts it.</summary>
    public static async Task<MariaDbServer> StartAsync()
    {
        var server = new MariaDbServer(Find("mariadbd") ?? throw new InvalidOperationException(Missing));
        try
        {
            using var install = Process.Start(new ProcessStartInfo(
                Find("mariadb-install-db")!,
                ["--no-defaults", $"--datadir={server.folder.File("data")}", "--auth-root-authentication-method=normal", "--skip-test-db", .. User])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            await Task.WhenAll(install.StandardOutput.ReadToEndAsync(), install.StandardError.ReadToEndAsync());
            await install.WaitForExitAsync();
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server on the data it has.</summary>
    public async Task StartAgainAsync()
    {
        process = Process.Start(new ProcessStartInfo(
            program,
            [
                "--no-defaults", $"--datadir={folder.File("data")}", $"--port={Port}", "--bind-address=127.0.0.1",
                $"--socket={folder.File("s")}", $"--pid-file={folder.File("pid")}", $"--log-error={folder.File("log")}",

                // A test's data need not survive a power cut.
                "--skip-name-resolve", "--innodb-flush-log-at-trx-commit=2", "--skip-innodb-doublewrite", "--innodb-buffer-pool-size=64M", "--max-connections=300", .. User,
            ]));
        var started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync())
        {
            if (process!.HasExited || Stopwatch.GetElapsedTime(started) > StartWithin)
            {
                throw new InvalidOperationException($"MariaDB does not start: {await File.ReadAllTextAsync(folder.File("log"))}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Ends the server at once, as a crash does.</summary>
    public async Task KillAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            process = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        folder.Dispose();
    }

    // As root it refuses to run without being told that this is meant.
    private static string[] User => Environment.UserName == "root" ? ["--user=root"] : [];

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, patience.Token);
            return await client.GetStream().ReadAsync(new byte[1], patience.Token) == 1;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
