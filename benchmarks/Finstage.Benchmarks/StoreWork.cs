using Finstage.Adapters.Storage;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Reports;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Insights;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Grains.Reports;
using Finstage.Hosting;

namespace Finstage.Benchmarks;

/// <summary>What begins at an SQLite file: the same windows, stored as 55 symbols, with what the jobs make of them.</summary>
internal sealed class StoreWork : IAsyncDisposable
{
    private readonly string folder;
    private readonly SqlStore store;
    private readonly ReportReader reader;
    private DateTimeOffset at;

    private StoreWork(SqlStore store, string folder)
    {
        (this.store, this.folder) = (store, folder);
        reader = new ReportReader(store, store.Insights, store.Backtests, store.Outcomes, store.Reports, new ReportOptions());
    }

    /// <summary>Stores the windows, all with the last one's dates, as a watchlist has them.</summary>
    public static async Task<StoreWork> OpenAsync(Candle[][] windows)
    {
        var folder = Directory.CreateTempSubdirectory("finstage-bench").FullName;
        var work = new StoreWork(await SqlStore.OpenAsync(Path.Combine(folder, "bench.db"), TimeProvider.System), folder);
        var dates = windows[^1];
        work.at = dates[^1].OpenTime.AddDays(1).AddHours(23);
        for (var i = 0; i < windows.Length; i++)
        {
            Candle[] candles = [.. windows[i].Select((c, row) => c with { Time = dates[row].Time })];
            await work.store.CommitAsync(
                new SeriesCommit($"W{i}", CandleInterval.OneDay, "bench", 1, 0, "bench", candles, [], [], [], Audience.EveryChat, work.at), default);
        }

        return work;
    }

    /// <summary>From the file to the table, each figure of which is read.</summary>
    public async Task<double> TableAsync()
    {
        var series = (await WatchedHistories.ReadAsync(store, CandleInterval.OneDay, default)).Select(h => h.History).ToArray();
        return BacktestTable.Of(OutcomeSet.Replay(series, StrategyCatalog.All)).Rows.Sum(r => r.Figures.Average);
    }

    /// <summary>The job that finds clusters, its reading and storing included.</summary>
    public Task<string> ClustersAsync() => new ClusterJob(store, store.Insights, TimeProvider.System).RunAsync(new NoGrains(), default);

    /// <summary>The jobs on which the report rests.</summary>
    public async Task PrepareReportAsync()
    {
        await new BacktestJob(store, store.Backtests, TimeProvider.System).RunAsync(new NoGrains(), default);
        await new PatternJob(store, store.Insights, TimeProvider.System).RunAsync(new NoGrains(), default);
    }

    /// <summary>From stored results to the report's messages in both languages.</summary>
    public async Task<double> ReportAsync()
    {
        var lines = DailyReport.Compose(await reader.ReadAsync(at, fullGlossary: true, default));
        return ReportWriter.Write(lines, "ko").Sum(m => m.Length) + ReportWriter.Write(lines, "en").Sum(m => m.Length);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    // These jobs ask no grain.
    private sealed class NoGrains : IGrains
    {
        public T Get<T>(string key)
            where T : IKeyedGrain => throw new NotSupportedException();
    }
}
