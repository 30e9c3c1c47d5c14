using System.Globalization;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Grains.Insights;

/// <summary>
/// The job <c>outcomes</c>: fills in what became of live signals, as their horizons pass. What passed while the process was down, or was emptied
/// by a correction, is filled by the next run; what is filled is not touched again.
/// </summary>
public sealed class OutcomeJob(IMarketStore store, IOutcomeStore outcomes, TimeProvider clock) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string JobName = "outcomes";

    // So many at once: what is left over comes in the next round of the same run.
    private const int Round = 20_000;

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Every(TimeSpan.FromHours(1));

    /// <inheritdoc/>
    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        var symbols = (await store.ReadSymbolsAsync(cancellation)).ToDictionary(s => s.Code);
        var (filled, waiting) = (0, 0);
        while (true)
        {
            var due = await outcomes.ReadDueAsync(clock.GetUtcNow().ToUnixTimeSeconds(), Round, cancellation);
            var now = 0;
            foreach (var series in due.GroupBy(d => (d.Signal.Symbol, d.Signal.Interval)))
            {
                now += await FillAsync(symbols.GetValueOrDefault(series.Key.Symbol), series.Key.Symbol, series.Key.Interval, [.. series], cancellation);
            }

            (filled, waiting) = (filled + now, due.Count - now);
            if (now == 0 || due.Count < Round)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{filled} outcomes filled, {waiting} wait for their candle");
            }
        }
    }

    private async Task<int> FillAsync(
        SymbolInfo? symbol, string code, CandleInterval interval, IReadOnlyList<DueOutcome> due, CancellationToken cancellation)
    {
        // The version first: where a correction comes between, it is another one when the outcomes are stored, and nothing is.
        var series = (await store.ReadSeriesAsync(code, cancellation)).FirstOrDefault(s => s.Interval == interval);
        if (series is null)
        {
            return 0;
        }

        var candles = await store.ReadCandlesAsync(code, interval, due.Min(d => d.Signal.Time), long.MaxValue, int.MaxValue, cancellation);
        var book = new OutcomeBook(new SeriesContext(interval, TradingCalendar.For(symbol?.Exchange ?? string.Empty)), candles);
        var results = due.Select(d => (d.SignalId, d.Horizon, Found: book.Find(d.Signal.Time, d.Signal.Direction, d.Horizon)))
            .Where(r => r.Found.State != OutcomeState.Waiting).Select(r => (r.SignalId, r.Horizon, r.Found.Outcome)).ToList();
        return results.Count == 0
            ? 0
            : await outcomes.SettleAsync(new OutcomeSettlement(code, interval, series.Version, results, clock.GetUtcNow()), cancellation);
    }
}
