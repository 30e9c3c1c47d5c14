using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Finstage.Adapters.Prices;
using Finstage.Adapters.Storage;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Finstage.Silo.Access;
using Finstage.Silo.Api;
using Finstage.Silo.Hosts;
using Finstage.Silo.Monitoring;
using Finstage.Silo.Live;
using Finstage.Silo.Metrics;
using Finstage.Silo.Replay;
using Finstage.Silo.Startup;
using Finstage.Silo.Telegram;
using Microsoft.Extensions.Options;

namespace Finstage.Silo;

/// <summary>The composed program: data folder, store, grains, HTTP. Disposing it ends everything in order and unlocks the folder last.</summary>
internal sealed class SiloApp : IAsyncDisposable
{
    private readonly DataFolder folder;
    private readonly SqlStore store;

    private SiloApp(WebApplication web, DataFolder folder, SqlStore store)
    {
        Web = web;
        this.folder = folder;
        this.store = store;
    }

    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(SiloApp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The web application; its services are the program's.</summary>
    public WebApplication Web { get; }

    /// <summary>Reads the settings, locks the data folder, opens the store, and puts everything together. Nothing is served yet.</summary>
    public static async Task<SiloApp> BuildAsync(
        IReadOnlyDictionary<string, string?> commandLine, TextWriter output, TimeProvider clock, CancellationToken cancellation,
        Action<GrainHostOptions>? host = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        try
        {
            SiloSettings.AddSources(builder.Configuration, commandLine);
        }
        catch (InvalidDataException fault)
        {
            throw new SettingsException([$"appsettings.json: {fault.InnerException?.Message ?? fault.Message}"]);
        }

        var settings = SiloSettings.Read(builder.Configuration);
        var folder = DataFolder.Open(settings.Silo.Data);
        SqlStore? store = null;
        try
        {
            ThrowIfTaken(new Uri(settings.Silo.Urls));
            store = await SiloHost.OpenStoreAsync(settings, folder, clock, cancellation);
            AddServices(builder, settings, folder, store, output, clock, host);
            var web = builder.Build();
            SiloApi.Map(web);
            SiloHost.Map(web);
            return new SiloApp(web, folder, store);
        }
        catch
        {
            if (store is not null)
            {
                await store.DisposeAsync();
            }

            folder.Dispose();
            throw;
        }
    }

    /// <summary>Serves until it is stopped.</summary>
    /// <returns>Why the start failed after it had begun to serve; null when it did not.</returns>
    public async Task<Exception?> RunAsync(CancellationToken cancellation)
    {
        await Web.StartAsync(cancellation);
        return await RunUntilStoppedAsync(cancellation);
    }

    /// <summary>Serves on, once started, until it is stopped; then everything is drained.</summary>
    internal async Task<Exception?> RunUntilStoppedAsync(CancellationToken cancellation)
    {
        var state = Web.Services.GetRequiredService<SiloState>();
        await Web.WaitForShutdownAsync(cancellation);
        return state.Failure;
    }

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await store.DisposeAsync();
        folder.Dispose();
    }

    // The listener would find out as well, but only after the grains have started.
    private static void ThrowIfTaken(Uri address)
    {
        var ip = IPAddress.TryParse(address.Host.Trim('[', ']'), out var named) ? named : IPAddress.Loopback;
        try
        {
            using var probe = new TcpListener(ip, address.Port);
            probe.Start();
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new StartupException(
                $"{address} is in use. Stop the program that uses it, or choose another address: --urls http://127.0.0.1:{address.Port + 1}");
        }
        catch (SocketException fault)
        {
            throw new StartupException($"{address} cannot be listened on: {fault.Message} Choose another address: --urls http://127.0.0.1:5080");
        }
    }

    // A shared database is backed up by its own tools.
    private static void AddBackups(IServiceCollection services, SiloSettings settings, DataFolder folder, SqlStore store)
    {
        if (!settings.Cluster.IsShared)
        {
            var target = settings.Backup.Folder ?? Path.Combine(folder.Path, Backups.FolderName);
            var backups = new Backups(target, settings.Backup.Keep);
            services.AddSingleton<IJobWork>(s => new BackupJob(store, backups, s.GetRequiredService<TimeProvider>()));
        }
    }

    private static void AddServices(
        WebApplicationBuilder builder, SiloSettings settings, DataFolder folder, SqlStore store, TextWriter output, TimeProvider clock,
        Action<GrainHostOptions>? host)
    {
        builder.WebHost.UseUrls(settings.Silo.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
        builder.Logging.AddLog(settings.Log);
        var services = builder.Services;
        services.AddSingleton(clock).AddSingleton(settings).AddSingleton(settings.Symbols).AddSingleton(folder);
        services.AddSingleton(Options.Create(settings.Notifier));

        // Instances, which the container does not dispose: the store outlives it, for the grains' last words.
        services.AddSingleton<IMarketStore>(store).AddSingleton<IOutbox>(store);
        services.AddSingleton<IReminderStore>(store).AddSingleton<IGrainStateStore>(store);
        services.AddTelegram(settings, store, output, clock);
        services.AddSingleton<CsvPriceFile>().AddSingleton<ReplaySource>().AddSingleton<CandlePlayer>().AddSingleton<SampleSet>();
        services.AddSingleton<IJobWork, SampleImportJob>().AddSingleton<IJobWork, SamplePlayJob>();
        services.AddSingleton<IJobWork, ReplayJob>().AddSingleton<IJobWork, OptimizeJob>();
        services.AddFeeds(settings, folder, store, isTerminal: ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected);
        services.AddNews(settings, store).AddInsights(settings, store);
        services.AddLive(store);
        services.AddMetricsText().AddApiDocs();
        services.AddSingleton<SiloState>().AddSingleton(new Narrator(output));
        services.AddSingleton(store.Keys).AddAccess(settings);
        services.AddSingleton(store.JobRuns).AddSingleton(settings.Jobs);
        AddBackups(services, settings, folder, store);

        // It listens from now on: what is measured during the start counts too.
        var performance = new PerformanceMonitor();
        services.AddSingleton(_ => performance).AddSingleton<ProcessSampler>().AddHostedService(s => s.GetRequiredService<ProcessSampler>());
        services.AddProblemDetails();
        services.AddResponseCompression(compression =>
            compression.MimeTypes = [.. Microsoft.AspNetCore.ResponseCompression.ResponseCompressionDefaults.MimeTypes, "image/svg+xml"]);

        // Long enough for a message that is on its way.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Telegram.Timeout + TimeSpan.FromSeconds(10));

        SiloHost.AddGrains(builder, settings, host);
        services.AddHostedService<FirstSteps>();
    }
}
