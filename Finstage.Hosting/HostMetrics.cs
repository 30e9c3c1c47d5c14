using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Finstage.Hosting;

/// <summary>
/// The meter <c>Finstage.Hosting</c>, by kind of grain: turns, how long they take, the grains that live here and, where the host keeps
/// the mailboxes itself, the turns that wait. Thread-safe.
/// </summary>
internal sealed class HostMetrics
{
    public const string MeterName = "Finstage.Hosting";

    private readonly Meter meter;
    private readonly Counter<long> turns;
    private readonly Histogram<double> durations;
    private readonly ConcurrentDictionary<string, int> living = new(StringComparer.Ordinal);

    public HostMetrics(IMeterFactory meters)
    {
        meter = meters.Create(MeterName);
        turns = meter.CreateCounter<long>("finstage.hosting.turns", "{turn}", "Turns that ended.");
        durations = meter.CreateHistogram<double>("finstage.hosting.turn.duration", "s", "How long turns took.");
        meter.CreateObservableGauge(
            "finstage.hosting.grains", () => living.Select(kind => new Measurement<int>(kind.Value, Tag(kind.Key))), "{grain}", "Grains that live.");
    }

    public void Turn(string kind, bool well, TimeSpan duration)
    {
        var kindTag = Tag(kind);
        turns.Add(1, kindTag, KeyValuePair.Create<string, object?>("outcome", well ? "ok" : "failed"));
        durations.Record(duration.TotalSeconds, kindTag);
    }

    public void Began(string kind) => living.AddOrUpdate(kind, 1, static (_, n) => n + 1);

    public void Ended(string kind) => living.AddOrUpdate(kind, 0, static (_, n) => n - 1);

    /// <summary>Makes the mailboxes be measured.</summary>
    /// <param name="mailboxes">Each mailbox's kind and how many turns wait in it.</param>
    public void Observe(Func<IEnumerable<(string Kind, int Length)>> mailboxes)
    {
        meter.CreateObservableGauge("finstage.hosting.queue", () => ByKind(Enumerable.Sum), "{turn}", "Turns that wait.");
        meter.CreateObservableGauge("finstage.hosting.queue.longest", () => ByKind(Enumerable.Max), "{turn}", "Turns that wait in the longest mailbox.");

        IEnumerable<Measurement<int>> ByKind(Func<IEnumerable<int>, int> join) =>
            mailboxes().GroupBy(m => m.Kind).Select(g => new Measurement<int>(join(g.Select(m => m.Length)), Tag(g.Key)));
    }

    private static KeyValuePair<string, object?> Tag(string kind) => KeyValuePair.Create<string, object?>("kind", kind);
}
