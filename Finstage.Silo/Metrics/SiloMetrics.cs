using System.Diagnostics;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Hosting;
using Finstage.Silo.Live;
using Finstage.Silo.Startup;

namespace Finstage.Silo.Metrics;

/// <summary>
/// What is known without being measured on the way: what is stored, what waits, how jobs and feeds stand, what the process uses. It is
/// read when somebody asks, and is the same at every silo that shares the store, but for the process and the feeds.
/// </summary>
internal sealed class SiloMetrics(
    SiloState state, IMarketStore store, IOutbox outbox, IEnumerable<IJobWork> works, IGrains grains, FeedWatch feeds, LiveHub live, TimeProvider clock)
{
    public async Task<IReadOnlyList<MetricFamily>> ReadAsync(CancellationToken cancellation)
    {
        var series = await store.ReadSeriesAsync(null, cancellation);
        var signals = await store.CountSignalsAsync(null, null, cancellation);
        var waiting = await outbox.CountWaitingAsync(cancellation);
        var jobs = await Task.WhenAll(works.Select(w => grains.Get<IJobGrain>(w.Name).DescribeAsync()));
        return
        [
            Gauge("finstage.build.info", null, "The running program; always 1.", MetricSeries.Of(1, new("version", SiloApp.Version), new("host", GrainHost.Name))),
            Gauge("finstage.ready", null, "Whether the first import and analysis are done.", MetricSeries.Of(state.IsReady ? 1 : 0)),
            Gauge("finstage.candles", null, "Candles stored, by interval.", [.. series.GroupBy(s => s.Interval).Select(g => MetricSeries.Of(g.Sum(s => s.Candles), new KeyValuePair<string, string>("interval", g.Key.Code())))]),
            Gauge("finstage.series", null, "Series stored, by interval.", [.. series.GroupBy(s => s.Interval).Select(g => MetricSeries.Of(g.Count(), new KeyValuePair<string, string>("interval", g.Key.Code())))]),
            Gauge("finstage.signals", null, "Signals stored that follow from their series, by strategy.", [.. signals.Select(s => MetricSeries.Of(s.Value, new KeyValuePair<string, string>("strategy", s.Key)))]),
            Gauge("finstage.outbox.waiting", null, "Outbox rows that wait.", MetricSeries.Of(waiting)),
            Gauge("finstage.stream.listeners", null, "Listeners of the event stream.", MetricSeries.Of(live.Listeners)),
            .. Jobs(jobs),
            .. Feeds(),
            .. Process(),
        ];
    }

    private static IEnumerable<MetricFamily> Jobs(IReadOnlyList<JobView> jobs)
    {
        yield return new MetricFamily("finstage.job.runs", MetricKind.Counter, null, "Runs of a job that ended.", Each(j => j.Count));
        yield return new MetricFamily("finstage.job.duration", MetricKind.Counter, "s", "How long a job's runs took, added up.", Each(j => j.TotalMs / 1_000.0));
        yield return Gauge("finstage.job.last.duration", "s", "How long a job's last run took.", [.. Each(j => j.LastMs / 1_000.0)]);
        yield return Gauge("finstage.job.running", null, "Whether a job runs.", [.. Each(j => j.RunId is null ? 0 : 1)]);
        yield return Gauge("finstage.job.failing", null, "Whether a job's last run failed.", [.. Each(j => j.LastError is null ? 0 : 1)]);
        yield return Gauge("finstage.job.last.run.timestamp", "s", "When a job's last run ended, in Unix seconds; 0 before the first.", [.. Each(j => j.LastRun / 1_000.0)]);
        yield return Gauge("finstage.job.next.run.timestamp", "s", "When a job's next run is due, in Unix seconds; 0 when by hand alone.", [.. Each(j => j.NextRun / 1_000.0)]);

        IReadOnlyList<MetricSeries> Each(Func<JobView, double> value) =>
            [.. jobs.Select(j => MetricSeries.Of(value(j), new KeyValuePair<string, string>("job_name", j.Name)))];
    }

    private IEnumerable<MetricFamily> Feeds()
    {
        var standings = feeds.Standings;
        yield return Gauge("finstage.feed.out", null, "Whether a feed gives no answers at all.", [.. Each(s => s.OutSince is null ? 0 : 1)]);
        yield return Gauge("finstage.feed.failing", null, "Subjects that a feed gives no answers for.", [.. Each(s => s.Failing.Count)]);
        yield return Gauge("finstage.feed.last.answer.timestamp", "s", "When a feed last answered, in Unix seconds; 0 before.", [.. Each(s => s.LastAnswer?.ToUnixTimeMilliseconds() / 1_000.0 ?? 0)]);

        IEnumerable<MetricSeries> Each(Func<FeedStanding, double> value) =>
            standings.Select(s => MetricSeries.Of(value(s), new KeyValuePair<string, string>("feed", s.Feed)));
    }

    private IEnumerable<MetricFamily> Process()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        yield return new MetricFamily("finstage.process.cpu", MetricKind.Counter, "s", "Processor time since the start.", [MetricSeries.Of(process.TotalProcessorTime.TotalSeconds)]);
        yield return Gauge("finstage.process.memory", "By", "The working set.", MetricSeries.Of(process.WorkingSet64));
        yield return Gauge("finstage.process.heap", "By", "The managed heap.", MetricSeries.Of(GC.GetTotalMemory(forceFullCollection: false)));
        yield return Gauge("finstage.process.threads", null, "Threads of the thread pool.", MetricSeries.Of(ThreadPool.ThreadCount));
        yield return Gauge("finstage.process.uptime", "s", "Time since the start.", MetricSeries.Of((clock.GetUtcNow() - state.StartedAt).TotalSeconds));
        yield return new MetricFamily(
            "finstage.process.collections", MetricKind.Counter, null, "Garbage collections, by generation.",
            [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(g => MetricSeries.Of(GC.CollectionCount(g), new KeyValuePair<string, string>("generation", $"{g}")))]);
    }

    private static MetricFamily Gauge(string name, string? unit, string help, params MetricSeries[] series) =>
        new(name, MetricKind.Gauge, unit, help, series);
}
