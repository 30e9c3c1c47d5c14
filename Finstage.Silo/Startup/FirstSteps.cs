using System.Diagnostics;
using System.Globalization;
using Finstage.Adapters.Storage;
using Finstage.Adapters.Symbols;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Bot;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Grains.Symbols;
using Finstage.Hosting;
using Finstage.Silo.Hosts;
using Finstage.Silo.Replay;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Finstage.Silo.Startup;

/// <summary>
/// What is done at each start: chats and symbols put in place, notifiers and jobs woken; at the first start the samples imported,
/// and the year they kept back played. A start that was cut off is taken up where it stood.
/// </summary>
internal sealed partial class FirstSteps(
    SiloSettings settings, SiloState state, Narrator narrator, IGrains grains, IMarketStore store, IOutbox outbox, SymbolList symbols,
    DataFolder folder, IEnumerable<IJobWork> works, TimeProvider clock, IHostApplicationLifetime lifetime, IServer server,
    ApiKeyStore keys, ILogger<FirstSteps> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        try
        {
            await Started(stopping);
            await TakeAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped while starting: the next start goes on.
        }
        catch (Exception failure)
        {
            state.Fail(failure);
            lifetime.StopApplication();
        }
    }

    private async Task TakeAsync(CancellationToken stopping)
    {
        narrator.Say($"Finstage {SiloApp.Version} · grains: {SiloHost.Describe(settings)} · data: {folder.Path}");
        await outbox.SeedChatsAsync(settings.Chats, stopping);
        await SeedSymbolsAsync();
        foreach (var chat in (await outbox.ReadChatsAsync(stopping)).Where(c => c.Enabled))
        {
            await grains.Get<INotifierGrain>(chat.Id).WakeAsync(0);
        }

        if (settings is { HasTelegram: true, Bot.IsOn: true })
        {
            await grains.Get<IBotGrain>(IBotGrain.Main).StartAsync();
        }

        foreach (var work in works)
        {
            await grains.Get<IJobGrain>(work.Name).StartAsync();
        }

        var isFirst = await ImportSamplesAsync(stopping);
        await TellWhatIsThereAsync(stopping);
        await GiveFirstKeyAsync(stopping);
        state.Ready();
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? settings.Silo.Urls;
        narrator.Say($"Serving on {address} — try {address.TrimEnd('/')}/health, /api/symbols, /api/signals. Ctrl-C stops.");
        if (settings.Silo.Replay is not null && settings.Cluster.IsShared)
        {
            // The file lies on this machine, and the job's grain perhaps on another.
            narrator.Say($"Playing {settings.Silo.Replay} as if live (speed {settings.Silo.Speed}) …");
            narrator.Say($"… {await works.Single(w => w.Name == ReplayJob.JobName).RunAsync(grains, stopping)}");
        }
        else if (settings.Silo.Replay is not null)
        {
            await RunAsync(ReplayJob.JobName, $"Playing {settings.Silo.Replay} as if live (speed {settings.Silo.Speed})", stopping);
        }
        else
        {
            await TryAsync(() => PlaySampleAsync(isFirst, stopping), stopping);
        }

        await TryAsync(() => new FirstRuns(settings, grains, clock).StartAsync(stopping), stopping);
    }

    // It serves by now: what fails from here on, unless it was asked for, stops nothing. The next start and the jobs' hours make up for it.
    private async Task TryAsync(Func<Task> step, CancellationToken stopping)
    {
        try
        {
            await step();
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            LogStepFailed(failure);
        }
    }

    private async Task PlaySampleAsync(bool isFirst, CancellationToken stopping)
    {
        if (isFirst || await IsPlayUnfinishedAsync(stopping))
        {
            await RunAsync(SamplePlayJob.JobName, "Playing AAPL's last year as if live, in ten seconds; its alerts appear here alone", stopping);
        }
    }

    /// <summary>Makes the first key, and shows it to the person at the terminal: nowhere else, and never again.</summary>
    private async Task GiveFirstKeyAsync(CancellationToken stopping)
    {
        if (await keys.CreateFirstAsync("first start", clock.GetUtcNow(), stopping) is { } made)
        {
            var lost = settings.Cluster.IsShared
                ? "Lost it? Delete the rows of the table api_keys: the next silo that starts makes another."
                : $"Lost it? Stop the silo and run: finstage keys create NAME --scope admin --data {folder.Path}";
            narrator.Say(
                $"""
                Your admin key, shown this once: {made.Secret}
                  Changes need it: finstage … --key KEY, or the variable FINSTAGE_KEY, or the header Authorization: Bearer KEY.
                  {lost}
                """);
        }
    }

    private async Task SeedSymbolsAsync()
    {
        var market = grains.Get<IMarketGrain>(IMarketGrain.Main);
        var known = (await market.ListAsync()).Select(s => s.Code).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var symbol in symbols.All.Where(s => !known.Contains(s.Code)))
        {
            await market.PutAsync(symbol);
        }
    }

    /// <summary>Imports the samples into an empty store, or goes on with an import that was cut off.</summary>
    private async Task<bool> ImportSamplesAsync(CancellationToken stopping)
    {
        var series = await store.ReadSeriesAsync(null, stopping);
        var job = await grains.Get<IJobGrain>(SampleImportJob.JobName).DescribeAsync();
        var isDone = job.LastRun != 0 && job.LastError is null;
        if (isDone || (series.Count > 0 && series.Any(s => s.Source != SeriesSources.Sample)))
        {
            return false;
        }

        state.Phase = "importing the samples";
        await RunAsync(SampleImportJob.JobName, "First start: importing the samples and analysing them", stopping);
        return true;
    }

    /// <summary>Whether the kept-back year is still to be played: never on a series that has real history by now.</summary>
    private async Task<bool> IsPlayUnfinishedAsync(CancellationToken stopping)
    {
        var samples = await grains.Get<IJobGrain>(SampleImportJob.JobName).DescribeAsync();
        var play = await grains.Get<IJobGrain>(SamplePlayJob.JobName).DescribeAsync();
        var series = await store.ReadSeriesAsync(null, stopping);
        return samples.LastRun != 0 && play.LastRun == 0 && series.All(s => s.Source == SeriesSources.Sample);
    }

    private async Task TellWhatIsThereAsync(CancellationToken stopping)
    {
        foreach (var series in await store.ReadSeriesAsync(null, stopping))
        {
            var newest = await store.ReadSignalsAsync(new SignalQuery(series.Symbol, series.Interval, Limit: 1), stopping);
            var count = (await store.CountSignalsAsync(series.Symbol, series.Interval, stopping)).Values.Sum();
            var last = newest.Count == 0
                ? "none yet"
                : string.Create(CultureInfo.InvariantCulture, $"last {Day(newest[0].Signal.Time)} {newest[0].Signal.Strategy} {(newest[0].Signal.Direction == Direction.Buy ? "BUY" : "SELL")}");
            narrator.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"  {series.Symbol,-8} {series.Interval.Code(),-3} {series.Candles,9:N0} candles {Day(series.FirstTime)} … {Day(series.LastTime)}  {count,7:N0} signals, {last}"));
        }
    }

    /// <summary>Runs a job now and waits for its end.</summary>
    private async Task RunAsync(string name, string what, CancellationToken stopping)
    {
        narrator.Say($"{what} …");
        var started = Stopwatch.GetTimestamp();
        var job = grains.Get<IJobGrain>(name);
        await job.RunAsync();
        JobView view;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, stopping);
            view = await job.DescribeAsync();
        }
        while (view.RunId is not null);
        if (view.LastError is not null)
        {
            throw new StartupException($"The job '{name}' failed: {view.LastError}");
        }

        narrator.Say(string.Create(
            CultureInfo.InvariantCulture, $"… {view.LastSummary}, in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s."));
    }

    // Hosted services start before the server listens: what is said and done here waits for it, and for the port to be free.
    private async Task Started(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
    }

    private static string Day(long time) =>
        DateTimeOffset.FromUnixTimeSeconds(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Error, Message = "A step after the start failed; the silo goes on, and the step is made up for later.")]
    private partial void LogStepFailed(Exception failure);
}
