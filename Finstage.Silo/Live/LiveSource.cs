using Finstage.Adapters.Http;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Finstage.Silo.Api;

namespace Finstage.Silo.Live;

/// <summary>
/// Compares what is committed now with what was at the last look: whatever process wrote it, it is seen. Rows are told apart by what
/// they hold, not by their numbers alone, since a shared store may commit a lower number after a higher one. Not thread-safe.
/// </summary>
internal sealed class LiveSource(
    IMarketStore market, IOverviewStore overview, IOutbox outbox, IEnumerable<IJobWork> works, IGrains grains, JobPlans plans)
{
    /// <summary>The newest rows that are looked at, of signals and of the outbox.</summary>
    public const int Newest = 200;

    private readonly Changes<string, LastQuote> quotes = new();
    private readonly Changes<(string, CandleInterval), long> series = new();
    private readonly Changes<long, DateTimeOffset?> signals = new();
    private readonly Changes<long, (OutboxState, int, long?)> alerts = new();
    private readonly Changes<string, JobView> jobs = new();
    private long oldestSignal;
    private long oldestAlert;

    /// <summary>What has changed since the last look; at the first, everything.</summary>
    public async Task<IReadOnlyList<LiveChange>> LookAsync(CancellationToken cancellation)
    {
        var found = new List<LiveChange>();
        Quotes(await overview.ReadQuotesAsync(cancellation), found);
        Series(await market.ReadSeriesAsync(null, cancellation), found);
        Signals(await overview.ReadNewestSignalsAsync(Newest, cancellation), found);
        Alerts(await outbox.ReadNewestAsync(null, Newest, cancellation), found);
        Jobs(await Task.WhenAll(works.Select(w => grains.Get<IJobGrain>(w.Name).DescribeAsync())), found);
        return found;
    }

    private void Quotes(IReadOnlyDictionary<string, LastQuote> now, List<LiveChange> found)
    {
        foreach (var (symbol, quote) in quotes.Take(now.Select(q => (q.Key, q.Value))))
        {
            found.Add(new LiveChange("quote", Shapes.Of(symbol, quote)));
        }
    }

    private void Series(IReadOnlyList<SeriesRow> now, List<LiveChange> found)
    {
        var rows = now.ToDictionary(s => (s.Symbol, s.Interval));
        foreach (var (key, _) in series.Take(now.Select(s => ((s.Symbol, s.Interval), s.Revision))))
        {
            var row = rows[key];
            found.Add(new LiveChange("candles", new LiveCandlesDto(row.Symbol, row.Interval.Code(), row.Candles, Shapes.Time(row.LastTime), row.Version)));
        }
    }

    private void Signals(IReadOnlyList<SignalRow> now, List<LiveChange> found)
    {
        var changed = signals.Take(now.Select(s => (s.Id, s.SupersededAt))).Select(c => c.Key).ToHashSet();
        var told = now.Where(s => changed.Contains(s.Id) && s.Id >= oldestSignal).Reverse().ToList();
        AddAll("signal", told.Count, told.Select(s => new LiveChange("signal", Shapes.Of(s, "ko"), Shapes.Of(s, "en"))), found);
        oldestSignal = now.Count == Newest ? now[^1].Id : 0;
    }

    private void Alerts(IReadOnlyList<OutboxRow> now, List<LiveChange> found)
    {
        var changed = alerts.Take(now.Select(a => (a.Id, (a.State, a.Attempts, a.BatchId)))).Select(c => c.Key).ToHashSet();
        var told = now.Where(a => changed.Contains(a.Id) && a.Id >= oldestAlert).Reverse().ToList();
        AddAll("alert", told.Count, told.Select(a => new LiveChange("alert", Shapes.Of(a))), found);
        oldestAlert = now.Count == Newest ? now[^1].Id : 0;
    }

    private void Jobs(IEnumerable<JobView> now, List<LiveChange> found)
    {
        foreach (var (_, job) in jobs.Take(now.Select(j => (j.Name, j))))
        {
            found.Add(new LiveChange("job", Shapes.Of(job, plans.IsEnabled(job.Name))));
        }
    }

    // All that is looked at is new, so there may be more: whoever listens reads the list.
    private static void AddAll(string kind, int count, IEnumerable<LiveChange> changes, List<LiveChange> found)
    {
        if (count < Newest)
        {
            found.AddRange(changes);
        }
        else
        {
            found.Add(new LiveChange("more", new LiveMoreDto(kind)));
        }
    }

    /// <summary>What differs from the time before.</summary>
    private sealed class Changes<TKey, TValue>
        where TKey : notnull
    {
        private Dictionary<TKey, TValue> before = [];

        public List<(TKey Key, TValue Value)> Take(IEnumerable<(TKey Key, TValue Value)> now)
        {
            var all = now.ToDictionary(n => n.Key, n => n.Value);
            var changed = all
                .Where(n => !before.TryGetValue(n.Key, out var known) || !EqualityComparer<TValue>.Default.Equals(known, n.Value))
                .Select(n => (n.Key, n.Value)).ToList();
            before = all;
            return changed;
        }
    }
}
