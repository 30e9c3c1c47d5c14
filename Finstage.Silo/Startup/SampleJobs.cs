using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Jobs;
using Finstage.Grains.Symbols;
using Finstage.Hosting;
using Finstage.Silo.Replay;

namespace Finstage.Silo.Startup;

/// <summary>The job <c>samples</c>: imports the shipped series at the first start.</summary>
internal sealed class SampleImportJob(SampleSet samples, TimeProvider clock) : IJobWork
{
    public const string JobName = "samples";

    public string Name => JobName;

    public JobSchedule Schedule => JobSchedule.Manual;

    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        var (candles, signals) = (0, 0);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        foreach (var series in await samples.HistoryAsync(cancellation))
        {
            foreach (var part in series.Candles.Chunk(CandleBatch.MaxCandles))
            {
                cancellation.ThrowIfCancellationRequested();
                var batch = CandleBatch.Of(series.Symbol, series.Interval, SeriesSources.Sample, BatchOrigin.Backfill, now, part);
                var result = await grains.Get<ISymbolGrain>(series.Symbol).ApplyAsync(batch);
                (candles, signals) = (candles + result.Added, signals + result.Signals);
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{candles} candles imported, {signals} signals");
    }
}

/// <summary>The job <c>demo</c>: plays what the samples kept back, on the console alone.</summary>
internal sealed class SamplePlayJob(SampleSet samples, CandlePlayer player) : IJobWork
{
    public const string JobName = "demo";

    // A year in about ten seconds.
    private const double Speed = 365 * 86_400 / 10d;

    public string Name => JobName;

    public JobSchedule Schedule => JobSchedule.Manual;

    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        var series = await samples.LastYearAsync(cancellation);
        var result = await player.PlayAsync(
            grains, series, new PlayOptions(SeriesSources.Sample, Speed, Audience.ConsoleOnly, Replace: false), cancellation);
        await player.EndAsync(grains, series, Audience.ConsoleOnly, cancellation);
        return string.Create(
            CultureInfo.InvariantCulture, $"{result.Candles} candles played, {result.Signals} signals, {result.Alerts} alerts");
    }
}
