using System.Globalization;
using Finstage.Adapters.Prices;
using Finstage.Adapters.Symbols;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Jobs;
using Finstage.Grains.Symbols;
using Finstage.Hosting;
using Finstage.Silo.Startup;

namespace Finstage.Silo.Replay;

/// <summary>The job <c>replay</c>: plays the file named with <c>--replay</c>.</summary>
internal sealed class ReplayJob(SiloSettings settings, CsvPriceFile reader, SymbolList symbols, CandlePlayer player, Narrator narrator) : IJobWork
{
    private const int RejectedShown = 5;

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
        foreach (var row in file.Rejected.Take(RejectedShown))
        {
            narrator.Say($"{path}, line {row.Line}: {row.Reason}");
        }

        // The listed code, however the file is written.
        var series = file.Series.Select(s => s with { Symbol = symbols.Find(s.Symbol)?.Code ?? s.Symbol }).ToList();
        foreach (var unlisted in series.Select(s => s.Symbol).Where(s => symbols.Find(s) is null).Distinct())
        {
            narrator.Say($"{unlisted} is not in the symbol list: taken as stock, on plain UTC days without holidays.");
        }

        var play = new PlayOptions(SeriesSources.Csv, silo.SpeedFactor, Audience.EveryChat, silo.Replace);
        var result = await player.PlayAsync(grains, series, play, cancellation);
        await player.EndAsync(grains, series, play.Audience, cancellation);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Candles} candles played ({result.Known} were known, {file.RejectedCount} rows refused), {result.Signals} signals, {result.Alerts} alerts");
    }
}
