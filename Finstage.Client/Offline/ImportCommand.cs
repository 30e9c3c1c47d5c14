using System.CommandLine;
using Finstage.Adapters.Prices;
using Finstage.Adapters.Storage;
using Finstage.Analysis.Candles;
using Finstage.Client.Output;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Symbols;
using Spectre.Console;

namespace Finstage.Client.Offline;

/// <summary><c>import FILE…</c>: writes price files into a data folder that no silo holds, and judges them.</summary>
internal static class ImportCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("import", "Import price files into a data folder, while no silo holds it.");
        var files = new PriceFiles(screen, command);
        var data = new Option<string>("--data") { Description = "The data folder.", HelpName = "DIR", DefaultValueFactory = _ => "data" };
        var replace = new Option<bool>("--replace") { Description = "Let the files take the place of what is stored of their series." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        command.Options.Add(data);
        command.Options.Add(replace);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var folder = DataFolder.Open(parsed.GetValue(data)!);
            await using var store = await SqlStore.OpenAsync(folder.DatabasePath, TimeProvider.System, cancellation);
            var results = new List<ImportResult>();
            await foreach (var file in files.ReadAsync(parsed, cancellation))
            {
                foreach (var series in file.Series.Where(s => s.Candles.Length > 0))
                {
                    // A symbol is known in any case, and its candles are stored under the code that it has.
                    var stored = (await store.ReadSymbolsAsync(cancellation))
                        .FirstOrDefault(s => string.Equals(s.Code, series.Symbol, StringComparison.OrdinalIgnoreCase));
                    var symbol = files.Describe(series.Symbol, parsed, stored);
                    var keeper = new SeriesKeeper(store, TimeProvider.System, symbol, files.ContextOf(series, parsed, stored));
                    var named = series with { Symbol = symbol.Code };
                    await store.PutSymbolsAsync([symbol], cancellation);
                    results.Add(await WatchAsync(screen, named, tell =>
                        ImportAsync(keeper, named, parsed.GetValue(replace), file.RejectedCount, tell, cancellation)));
                }
            }

            if (parsed.GetValue(json))
            {
                screen.WriteJson(results);
            }
            else
            {
                Show(screen, results);
            }
        });
        return command;
    }

    private static async Task<ImportResult> ImportAsync(
        SeriesKeeper keeper, PriceSeries series, bool replace, long rejected, Action<int> tell, CancellationToken cancellation)
    {
        var total = new ImportResult(series.Symbol, series.Interval.Code(), 0, 0, 0, 0, rejected);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (index, part) in series.Candles.Chunk(CandleBatch.MaxCandles).Index())
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = CandleBatch.Of(series.Symbol, series.Interval, SeriesSources.Csv, BatchOrigin.Backfill, now, part, replace: replace && index == 0);
            var (result, _) = await keeper.ApplyAsync(batch, cancellation);
            total = total with
            {
                Added = total.Added + result.Added,
                Corrected = total.Corrected + result.Corrected,
                Known = total.Known + result.Duplicates,
                Signals = total.Signals + result.Signals,
            };
            tell(part.Length);
        }

        return total;
    }

    private static async Task<ImportResult> WatchAsync(Screen screen, PriceSeries series, Func<Action<int>, Task<ImportResult>> import)
    {
        if (!screen.IsInteractive)
        {
            return await import(_ => { });
        }

        return await screen.Console.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var task = progress.AddTask(Markup.Escape($"{series.Symbol} {series.Interval.Code()}"), maxValue: series.Candles.Length);
            return await import(count => task.Increment(count));
        });
    }

    private static void Show(Screen screen, IReadOnlyList<ImportResult> results) => screen.WriteTable(
        ["Symbol", "Interval", "Added", "Corrected", "Known", "Signals", "Refused rows"],
        results.Select(r => new[]
        {
            r.Symbol, r.Interval, Words.Number(r.Added), Words.Number(r.Corrected), Words.Number(r.Known), Words.Number(r.Signals), Words.Number(r.Rejected),
        }),
        2,
        3,
        4,
        5,
        6);

    /// <summary>What an import did to one series.</summary>
    private sealed record ImportResult(string Symbol, string Interval, long Added, long Corrected, long Known, long Signals, long Rejected);
}
