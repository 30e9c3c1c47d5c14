using System.Globalization;
using Finstage.Adapters.Prices;
using Finstage.Adapters.Symbols;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Jobs;
using Finstage.Grains.Symbols;
using Finstage.Hosting;

namespace Finstage.Silo.Replay;

/// <summary>The job <c>replay</c>: plays the file named with <c>--replay</c>.</summary>
internal sealed class ReplayJob(SiloSettings settings, CsvPriceFile reader, SymbolList symbols, CandlePlayer player) : IJobWork
{
    public const string JobName = "replay";

    public string Name => JobName;

    public JobSchedule Schedule => JobSchedule.Manual;

    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        var silo = settings.Silo;
        var path = silo.Replay ?? throw new InvalidOperationException("No file to replay: start with --replay FILE.");
        CandleInterval? interval = CandleIntervals.TryParse(silo.Interval, out var named) ? named : null;
        var options = new PriceFileOptions { Symbol = silo.Symbol, Interval = interval, CategoryOf = symbols.CategoryOf };
        var file = await reader.ReadAsync(path, options, cancellation);
        var play = new PlayOptions(SeriesSources.Csv, silo.SpeedFactor, Audience.EveryChat, silo.Replace);
        var result = await player.PlayAsync(grains, file.Series, play, cancellation);
        await player.EndAsync(grains, file.Series, play.Audience, cancellation);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Candles} candles played ({result.Known} were known, {file.RejectedCount} rows refused), {result.Signals} signals, {result.Alerts} alerts");
    }
}
