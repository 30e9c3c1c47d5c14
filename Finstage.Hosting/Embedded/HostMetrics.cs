using System.Diagnostics.Metrics;

namespace Finstage.Hosting.Embedded;

/// <summary>The meter <c>Finstage.Hosting</c>: turns, how long they take, how many wait, how many grains live.</summary>
internal sealed class HostMetrics
{
    public const string MeterName = "Finstage.Hosting";

    private readonly Meter meter;
    private readonly Counter<long> turns;
    private readonly Histogram<double> durations;

    public HostMetrics(IMeterFactory meters)
    {
        meter = meters.Create(MeterName);
        turns = meter.CreateCounter<long>("finstage.hosting.turns", "{turn}", "Turns that ended.");
        durations = meter.CreateHistogram<double>("finstage.hosting.turn.duration", "s", "How long turns took.");
    }

    public void Turn(string kind, bool well, TimeSpan duration)
    {
        var kindTag = KeyValuePair.Create<string, object?>("kind", kind);
        turns.Add(1, kindTag, KeyValuePair.Create<string, object?>("outcome", well ? "ok" : "failed"));
        durations.Record(duration.TotalSeconds, kindTag);
    }

    public void Observe(Func<int> grains, Func<int> waiting)
    {
        meter.CreateObservableGauge("finstage.hosting.grains", grains, "{grain}", "Grains that live.");
        meter.CreateObservableGauge("finstage.hosting.queue", waiting, "{turn}", "Turns that wait, over all grains.");
    }
}
