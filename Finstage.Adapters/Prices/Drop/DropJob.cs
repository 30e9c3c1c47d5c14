using System.Globalization;
using System.Text;
using Finstage.Adapters.Symbols;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Grains.Symbols;
using Finstage.Hosting;
using Microsoft.Extensions.Logging;

namespace Finstage.Adapters.Prices.Drop;

/// <summary>
/// The job <c>drop</c>: the second feed. Takes in the price files of a folder. A series that files feed already goes on as if live: what
/// closed just now may alert; what is new to the store is history.
/// </summary>
public sealed partial class DropJob(
    DropFolder folder, DropOptions options, CsvPriceFile reader, SymbolList symbols, IMarketStore store, TimeProvider clock,
    ILogger<DropJob> logger) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string JobName = "drop";

    private const int RejectedTold = 100;

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Every(TimeSpan.FromMinutes(1));

    /// <inheritdoc/>
    public JobProgress Progress { get; } = new();

    /// <inheritdoc/>
    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grains);
        folder.Make();
        var files = await folder.ReadyAsync(cancellation);
        var (done, candles) = (0, 0);
        Exception? error = null;
        Progress.Begin(files.Count, "reading");
        try
        {
            foreach (var file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    var (added, note) = await TakeAsync(grains, file, cancellation);
                    folder.Done(file, note);
                    (done, candles) = (done + 1, candles + added);
                }
                catch (Exception fault) when (fault is PriceFileException or SeriesSourceException or ArgumentException)
                {
                    folder.Failed(file, fault.Message);
                    LogRefused(Path.GetFileName(file), fault.Message);
                }
                catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
                {
                    // Not the file's fault: it waits for the next run.
                    error ??= fault;
                    LogFailed(fault, Path.GetFileName(file));
                }

                Progress.Step(Path.GetFileName(file));
            }
        }
        finally
        {
            Progress.End();
        }

        var summary = string.Create(CultureInfo.InvariantCulture, $"{done}/{files.Count} files taken in, {candles} candles added");
        return error is null ? summary : throw new InvalidOperationException($"{summary}; the others wait because: {error.Message}", error);
    }

    private async Task<(int Added, string? Note)> TakeAsync(IGrains grains, string path, CancellationToken cancellation)
    {
        var file = await reader.ReadAsync(path, new PriceFileOptions { CategoryOf = symbols.CategoryOf }, cancellation);
        var series = file.Series.Where(s => s.Candles.Length > 0).Select(s => s with { Symbol = symbols.Find(s.Symbol)?.Code ?? s.Symbol }).ToList();
        if (series.Count == 0)
        {
            throw new PriceFileException(path, null, $"None of its rows is a closed candle.{Environment.NewLine}{Refused(file)}");
        }

        var added = 0;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        foreach (var part in series)
        {
            var isKnown = (await store.ReadSeriesAsync(part.Symbol, cancellation)).Any(s => s.Interval == part.Interval && s.Source == SeriesSources.Csv);
            var origin = isKnown ? BatchOrigin.Live : BatchOrigin.Backfill;
            foreach (var (index, candles) in part.Candles.Chunk(CandleBatch.MaxCandles).Index())
            {
                var replace = options.Replace && !isKnown && index == 0;
                var batch = CandleBatch.Of(part.Symbol, part.Interval, SeriesSources.Csv, origin, now, candles, replace: replace);
                added += (await grains.Get<ISymbolGrain>(part.Symbol).ApplyAsync(batch)).Added;
            }
        }

        return (added, file.RejectedCount > 0 ? Refused(file) : null);
    }

    private static string Refused(PriceFile file)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{file.RejectedCount} of {file.Rows} rows were refused."));
        foreach (var row in file.Rejected.Take(RejectedTold))
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"line {row.Line}: {row.Reason}");
        }

        return text.ToString();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The price file {File} could not be taken in just now; it is tried again.")]
    private partial void LogFailed(Exception error, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The price file {File} was not taken in: {Reason}")]
    private partial void LogRefused(string file, string reason);
}
