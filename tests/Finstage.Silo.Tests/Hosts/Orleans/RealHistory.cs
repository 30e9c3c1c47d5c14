using Finstage.Adapters.Prices;
using Finstage.Adapters.Symbols;
using Finstage.Analysis;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Testing;

namespace Finstage.Silo.Tests.Hosts;

/// <summary>Recorded prices under the names of the watchlist, given to the cluster as a job does: each candle until it is taken.</summary>
internal sealed class RealHistory(IReadOnlyList<RealHistory.Series> all)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    // A call's own limit is 10 s; what takes longer hangs.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private int refused;

    public IReadOnlyList<Series> All => all;

    /// <summary>The days of the longest series.</summary>
    public int Days => all.Max(s => s.Candles.Length);

    /// <summary>How many days were given whole.</summary>
    public int Given { get; private set; }

    /// <summary>How many calls failed and were made again.</summary>
    public int Refused => refused;

    /// <summary>Windows of recorded daily candles: each file in turn, each time a little later; the samples where there is nothing else.</summary>
    public static async Task<RealHistory> LoadAsync(int symbols, int candles)
    {
        var folder = Repository.HasData ? Path.Combine(Repository.Data, "prices") : Path.Combine(Repository.Root, "samples");
        var files = Directory.GetFiles(folder, "*.1d.csv").Order(StringComparer.Ordinal).ToArray();
        var list = SymbolList.Load(SymbolList.DefaultPath).All.Take(symbols).ToArray();
        var series = new List<Series>();
        for (var i = 0; i < list.Length; i++)
        {
            var read = await new CsvPriceFile(TimeProvider.System).ReadAsync(
                files[i % files.Length], new PriceFileOptions { Symbol = list[i].Code, Interval = CandleInterval.OneDay });
            var whole = read.Series.Single().Candles;
            var begin = Math.Max(0, Math.Min(i / files.Length * 250, whole.Length - candles));
            series.Add(new Series(list[i], [.. whole.Skip(begin).Take(candles)]));
        }

        return new RealHistory(series);
    }

    /// <summary>Gives the candles, one of each symbol at a time, and tells the notifier how far it has come.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="pace">The least time for one candle of each symbol.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task GiveAsync(IClusterClient client, Func<TimeSpan> pace, CancellationToken cancellation)
    {
        for (var day = 0; day < Days; day++)
        {
            var rest = Task.Delay(pace(), cancellation);
            await Parallel.ForEachAsync(
                all.Where(s => day < s.Candles.Length), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (one, _) => await UntilTakenAsync(() => client.GetGrain<ISymbolGrain>(one.Symbol.Code).ApplyAsync(one.Batch(day)), cancellation));
            await UntilTakenAsync(() => client.GetGrain<INotifierGrain>(ClusterProcesses.Chat).WakeAsync(all[0].AsOf(Math.Min(day, all[0].Candles.Length - 1))), cancellation);
            Given = day + 1;
            await rest;
        }

        await UntilTakenAsync(() => client.GetGrain<INotifierGrain>(ClusterProcesses.Chat).WakeAsync(long.MaxValue), cancellation);
    }

    private async Task UntilTakenAsync(Func<Task> call, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await call().WaitAsync(Hang, cancellation);
                return;
            }
            catch (Exception) when (!cancellation.IsCancellationRequested)
            {
                Interlocked.Increment(ref refused);
                await Task.Delay(Again, cancellation);
            }
        }
    }

    /// <summary>A symbol's candles.</summary>
    internal sealed record Series(SymbolInfo Symbol, Candle[] Candles)
    {
        public long AsOf(int day) => CandleInterval.OneDay.CloseTime(Candles[day].Time);

        public CandleBatch Batch(int day) => CandleBatch.Of(
            Symbol.Code, CandleInterval.OneDay, "csv", BatchOrigin.Replay, AsOf(day), [Candles[day]], Audience.EveryChat, replace: false);

        /// <summary>What a plain run finds in them.</summary>
        public List<Signal> Signals()
        {
            var signals = new List<Signal>();
            new SymbolEngine(new SeriesContext(CandleInterval.OneDay, TradingCalendar.For(Symbol.Exchange)), StrategyCatalog.All).Commit(Candles, signals);
            return signals;
        }
    }
}
